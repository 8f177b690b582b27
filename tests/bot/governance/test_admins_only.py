"""Nobody but an admin of the workspace sees or changes any of it, a partner's admin neither."""

import pytest

from bot.governance import ids
from storage.records.workspace_settings import WorkspaceSettings
from storage.store import Store
from tests.bot.governance.desk import PRESSES, Desk, press_of
from tests.slack import BEN, PIA, TEAM, Bot, Slack, User, labels_of, shown_message, words_of

OTHERS = pytest.mark.parametrize("user", [BEN, PIA], ids=["member", "partner"])


@OTHERS
@pytest.mark.parametrize("action_id", PRESSES)
async def test_a_press_of_anybody_else_is_refused(
    bot: Bot, slack: Slack, store: Store, user: User, action_id: str
) -> None:
    slack.users[PIA.id] = {"is_admin": True, "team_id": PIA.team_id}
    place = shown_message({"blocks": []}, private=True)
    await bot.act(place, press_of(action_id), user=user)
    assert "Only an admin of this workspace can see or change this" in slack.last("response_url")["text"]
    assert slack.called("views.open", "views.push", "views.update") == []
    assert await store.audit.list_entries(TEAM, limit=10) == []


@OTHERS
async def test_a_form_sent_by_anybody_else_changes_nothing(
    desk: Desk, store: Store, slack: Slack, user: User
) -> None:
    slack.users[PIA.id] = {"is_admin": True, "team_id": PIA.team_id}
    starters = await desk.open("Who may start")
    retention = await desk.open("How long")
    for form, values in ((starters, {ids.WHO_FIELD: ids.NAMED}), (retention, {"drafts": "1"})):
        answer = await desk.bot.submit(form, values, user=user)
        assert "Only an admin of this workspace" in words_of(answer["view"]["blocks"])
    assert await store.settings.get(TEAM) == WorkspaceSettings()


async def test_only_admins_are_offered_it(bot: Bot) -> None:
    answer = await bot.command("/commonground", user=BEN)
    assert "Agencies, roles and data" not in labels_of(answer["blocks"])
    assert "My data" in labels_of(answer["blocks"])
