"""An admin has somebody erased who cannot or need not do it themselves."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.governance.audit_log.wording import entry_text
from bot.privacy import ids
from bot.privacy.erasing.for_others import CHOOSE, NOTHING_KEPT
from bot.privacy.erasing.views import BEGUN_FOR_THEM, WORD
from bot.privacy.erasing.work import DONE_BY_ADMIN
from storage.records.audit import NOBODY
from storage.store import Store
from tests.bot.case_studies.examples import COMPLETE, make_study, person
from tests.bot.clockwork import WholeClock
from tests.bot.governance.desk import Desk, press_of
from tests.slack import (
    ANNA,
    BEN,
    PIA,
    TEAM,
    Bot,
    Json,
    Place,
    Slack,
    User,
    shown_message,
    shown_view,
    words_of,
)
from tests.storage.traces import found_in

GONE = User("U0GONE7")
"""Her account is closed: Slack does not offer her, and takes no message for her."""
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def admin(slack: Slack) -> None:
    slack.users[ANNA.id] = {"is_admin": True}


async def choosing(bot: Bot, slack: Slack) -> Place:
    return await Desk(bot, slack).open("Erase somebody")


async def form_for(bot: Bot, slack: Slack, **whom: Json | str) -> Place:
    view = await choosing(bot, slack)
    answer = await bot.submit(view, {ids.WHO_FIELD: None, ids.MEMBER_FIELD: None, **whom})
    assert "errors" not in answer, answer
    return shown_view({**(view.view or {}), **answer["view"]})


@pytest.mark.parametrize(
    ("user", "whom"),
    [
        (PIA, {ids.WHO_FIELD: PIA.id}),
        (GONE, {ids.MEMBER_FIELD: f" {GONE.id} "}),
        (BEN, {ids.WHO_FIELD: BEN.id}),
    ],
    ids=["partner", "left", "colleague"],
)
async def test_whoever_they_are_they_are_erased_and_the_log_does_not_say_who(
    bot: Bot, slack: Slack, store: Store, clock: WholeClock, url: str, user: User, whom: Json
) -> None:
    await store.lookups.save_strategy(TEAM, person(user), "trust-2", NOW)
    await store.people.set_agency(TEAM, person(user), "Health")
    if user is GONE:
        slack.refuse["chat.postMessage"] = "user_not_found"
        slack.refuse["views.publish"] = "user_not_found"
    form = await form_for(bot, slack, **whom)
    said = words_of(form.blocks)
    assert f"<@{user.id}>" in said
    assert "Their agency" in said
    answer = await bot.submit(form, {ids.WORD_FIELD: WORD})
    assert BEGUN_FOR_THEM in words_of(answer["view"]["blocks"])
    await clock.look()
    assert found_in(url, user.id) == []
    log = await store.audit.list_entries(TEAM, limit=10)
    assert [line.kind for line in log if line.actor == person(ANNA)] == ["erasure_ordered"]
    texts = [entry_text(line, lambda who: who.user_id, str) for line in log]
    assert "U0ANNA had somebody erased." in texts
    assert any(text.endswith("was erased, because an admin had it done.") for text in texts)
    if user is not GONE:
        assert slack.last("chat.postMessage")["text"] == DONE_BY_ADMIN


async def test_somebody_who_only_has_a_role_is_found_and_loses_it(
    bot: Bot, slack: Slack, store: Store, clock: WholeClock, url: str
) -> None:
    await store.settings.change(TEAM, lambda now: replace(now, curators=(person(GONE),)), by=NOBODY, at=NOW)
    form = await form_for(bot, slack, **{ids.MEMBER_FIELD: GONE.id})
    await bot.submit(form, {ids.WORD_FIELD: WORD})
    await clock.look()
    assert (await store.settings.get(TEAM)).curators == ()
    assert found_in(url, GONE.id) == []


async def test_what_has_to_be_handed_on_is_said_to_the_admin(bot: Bot, slack: Slack, store: Store) -> None:
    await store.case_studies.import_case_study(make_study(COMPLETE, owner=person(GONE)))
    view = await choosing(bot, slack)
    answer = await bot.submit(view, {ids.WHO_FIELD: None, ids.MEMBER_FIELD: GONE.id})
    form = shown_view(answer["view"])
    assert "They own 1 published case study that nobody else wrote in." in words_of(form.blocks)
    assert form.view is not None
    assert form.view.get("submit") is None


@pytest.mark.parametrize(
    ("whom", "told"),
    [
        ({}, CHOOSE),
        ({ids.MEMBER_FIELD: "gone@example.org"}, CHOOSE),
        ({ids.MEMBER_FIELD: "U0NEVER"}, NOTHING_KEPT),
    ],
)
async def test_nobody_is_erased_by_mistake(bot: Bot, slack: Slack, whom: Json, told: str) -> None:
    view = await choosing(bot, slack)
    answer = await bot.submit(view, {ids.WHO_FIELD: None, ids.MEMBER_FIELD: None, **whom})
    assert answer["errors"] == {ids.MEMBER_FIELD: told}


async def test_the_word_is_asked_for(bot: Bot, slack: Slack, store: Store, clock: WholeClock) -> None:
    await store.lookups.save_strategy(TEAM, person(BEN), "trust-2", NOW)
    form = await form_for(bot, slack, **{ids.WHO_FIELD: BEN.id})
    answer = await bot.submit(form, {ids.WORD_FIELD: "erase"})
    assert set(answer["errors"]) == {ids.WORD_FIELD}
    assert not [work for work in await clock.look() if work.kind == ids.ERASE]


async def test_nobody_but_an_admin_does_any_of_it(
    bot: Bot, slack: Slack, store: Store, clock: WholeClock
) -> None:
    await store.lookups.save_strategy(TEAM, person(BEN), "trust-2", NOW)
    view = await choosing(bot, slack)
    form = await form_for(bot, slack, **{ids.WHO_FIELD: BEN.id})
    slack.users[PIA.id] = {"is_admin": True, "team_id": PIA.team_id}
    for user in (BEN, PIA):
        await bot.act(shown_message({"blocks": []}, private=True), press_of(ids.OPEN_CHOOSING), user=user)
        assert "Only an admin of this workspace" in slack.last("response_url")["text"]
        for place, values in (
            (view, {ids.WHO_FIELD: BEN.id, ids.MEMBER_FIELD: None}),
            (form, {ids.WORD_FIELD: WORD}),
        ):
            answer = await bot.submit(place, values, user=user)
            assert "Only an admin of this workspace" in words_of(answer["view"]["blocks"])
    assert not [work for work in await clock.look() if work.kind == ids.ERASE]
