"""Nobody but an admin of the workspace sees or changes any of it: no curator, and no admin of a partner's."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.governance import ids
from storage.records.audit import NOBODY
from storage.records.people import Person
from storage.store import Store
from tests.bot.governance.desk import PRESSES, Desk, press_of
from tests.slack import BEN, PIA, TEAM, Bot, Slack, User, labels_of, shown_message, words_of

CORA = User("U0CORA")
OTHERS = pytest.mark.parametrize("user", [BEN, CORA, PIA], ids=["member", "curator", "partner's admin"])


@pytest.fixture(autouse=True)
async def roles(slack: Slack, store: Store) -> None:
    slack.users[PIA.id] = {"is_admin": True, "team_id": PIA.team_id}
    await store.settings.change(
        TEAM,
        lambda before: replace(before, curators=(Person(TEAM, CORA.id),)),
        by=NOBODY,
        at=datetime.now(UTC),
    )


@OTHERS
@pytest.mark.parametrize("action_id", PRESSES)
async def test_a_press_of_anybody_else_is_refused(
    bot: Bot, slack: Slack, store: Store, user: User, action_id: str
) -> None:
    before = await store.audit.list_entries(TEAM, limit=10)
    place = shown_message({"blocks": []}, private=True)
    await bot.act(place, press_of(action_id), user=user)
    assert "Only an admin of this workspace can see or change this" in slack.last("response_url")["text"]
    assert slack.called("views.open", "views.push", "views.update") == []
    assert await store.audit.list_entries(TEAM, limit=10) == before


@OTHERS
async def test_the_form_sent_by_anybody_else_changes_nothing(desk: Desk, store: Store, user: User) -> None:
    before = await store.settings.get(TEAM)
    answer = await desk.save(
        {ids.WHO_FIELD: ids.NAMED, "drafts": "1", ids.APPROVAL_FIELD: [ids.REQUIRED]}, user=user
    )
    assert "Only an admin of this workspace" in words_of(answer["view"]["blocks"])
    assert await store.settings.get(TEAM) == before


async def test_only_admins_are_offered_it_and_others_are_told_whom_to_ask(bot: Bot) -> None:
    answer = await bot.command("/commonground", user=BEN)
    assert "Settings" not in labels_of(answer["blocks"])
    assert "My data" in labels_of(answer["blocks"])
    assert "are for admins of this workspace: ask one of them" in words_of(answer["blocks"])
