"""Drafts that nobody has touched for long are asked about, and never deleted by themselves."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from freezegun import freeze_time
from freezegun.api import FrozenDateTimeFactory

from bot.delivery.publisher import Publisher
from storage.records.audit import NOBODY
from storage.records.messages import Message
from storage.records.workspace_settings import WorkspaceSettings
from storage.store import Store
from tests.bot.at_work import at_work
from tests.bot.case_studies.clockwork import Clockwork
from tests.bot.case_studies.examples import AT, WHO, make_study, person
from tests.bot.case_studies.steps import last_view
from tests.slack import ANNA, BEN, TEAM, Bot, Json, Slack, labels_of, shown_message, words_of

DAY = timedelta(days=1)


@pytest.fixture
def now() -> Iterator[FrozenDateTimeFactory]:
    with freeze_time(AT, real_asyncio=True) as clock:
        assert isinstance(clock, FrozenDateTimeFactory)
        yield clock


async def questions(store: Store) -> list[Message]:
    return [one for one in await store.messages.dirty_messages() if one.kind == "case_study.old_draft"]


async def sent(publisher: Publisher, slack: Slack, method: str = "chat.postMessage") -> Json:
    """The last message that followed the rows."""
    async with at_work(publisher), asyncio.timeout(20):
        while not slack.called(method):  # noqa: ASYNC110 - the stand-in for Slack tells nobody
            await asyncio.sleep(0.02)
    return slack.last(method)


async def asked(store: Store, clockwork: Clockwork, now: FrozenDateTimeFactory) -> None:
    """A draft of Anna's that has been untouched for 30 days, and the question about it."""
    await store.case_studies.create_case_study(make_study(WHO, status="draft"))
    now.tick(30 * DAY)
    await clockwork.start()
    await clockwork.look()


async def test_a_draft_is_asked_about_after_30_days_and_not_before(
    store: Store, clockwork: Clockwork, now: FrozenDateTimeFactory
) -> None:
    await store.case_studies.create_case_study(make_study(WHO, status="draft"))
    await store.case_studies.create_case_study(make_study(study_id="s2", status="published"))
    await clockwork.start()
    for days, count in ((29, 0), (1, 1), (29, 1), (1, 2)):
        now.tick(days * DAY)
        await clockwork.look()
        assert len(await questions(store)) == count
    assert {one.channel_id for one in await questions(store)} == {ANNA.id}


async def test_what_was_due_while_nothing_ran_is_asked_once(
    store: Store, clockwork: Clockwork, now: FrozenDateTimeFactory
) -> None:
    await asked(store, clockwork, now)
    await clockwork.start()  # as every start does
    await clockwork.look()
    assert len(await questions(store)) == 1


async def test_each_workspace_has_its_own_number_of_days(
    store: Store, clockwork: Clockwork, now: FrozenDateTimeFactory
) -> None:
    await store.settings.change(
        "T0OTHER", lambda _: WorkspaceSettings(ask_about_drafts_after_days=7), by=NOBODY, at=datetime.now(UTC)
    )
    draft = make_study(WHO, status="draft")
    await store.case_studies.create_case_study(draft)
    await store.case_studies.create_case_study(replace(draft, workspace_id="T0OTHER"))
    now.tick(7 * DAY)
    await clockwork.start()
    await clockwork.look()
    assert [one.workspace_id for one in await questions(store)] == ["T0OTHER"]


async def test_the_question_says_what_there_is_and_keep_counts_the_days_anew(
    bot: Bot,
    slack: Slack,
    store: Store,
    clockwork: Clockwork,
    publisher: Publisher,
    now: FrozenDateTimeFactory,
) -> None:
    await asked(store, clockwork, now)
    question = await sent(publisher, slack)
    assert "Nobody has written on your draft Saturday breakfast club since" in question["text"]
    assert "1 of 4 sections, 3 of 15 fields. Still missing: Aims of the activity" in question["text"]
    assert labels_of(question["blocks"]) == ["Go on with it", "Keep it", "Delete it"]

    now.tick(3 * DAY)
    await bot.press(shown_message(question), "Keep it")
    kept = slack.last("response_url")
    assert kept["replace_original"] is True
    assert "You keep this draft. If nobody writes on it, you are asked again in 30 days." in kept["text"]
    now.tick(29 * DAY)
    await clockwork.look()
    assert await questions(store) == []
    now.tick(DAY)
    await clockwork.look()
    assert len(await questions(store)) == 1


async def test_go_on_opens_the_draft_and_the_question_says_so_once_it_is_written_on(
    bot: Bot,
    slack: Slack,
    store: Store,
    clockwork: Clockwork,
    publisher: Publisher,
    now: FrozenDateTimeFactory,
) -> None:
    await asked(store, clockwork, now)
    question = await sent(publisher, slack)
    await bot.press(shown_message(question), "Go on with it")
    assert "3 of 3 answered" in words_of(last_view(slack).blocks)
    now.tick(DAY)
    await store.case_studies.save_fields(TEAM, "s1", {"aims": "New"}, author=person(ANNA), at=AT + 31 * DAY)
    followed = await sent(publisher, slack, "chat.update")
    assert "There is nothing to decide." in followed["text"]
    assert labels_of(followed["blocks"]) == []


async def test_delete_asks_for_confirmation_and_the_question_follows(
    bot: Bot,
    slack: Slack,
    store: Store,
    clockwork: Clockwork,
    publisher: Publisher,
    now: FrozenDateTimeFactory,
) -> None:
    await asked(store, clockwork, now)
    question = await sent(publisher, slack)
    delete = question["blocks"][1]["elements"][2]
    assert "It cannot be brought back." in delete["confirm"]["text"]["text"]
    await bot.press(shown_message(question), "Delete it")
    now.tick(DAY)
    assert await store.case_studies.get_case_study(TEAM, "s1") is None
    followed = await sent(publisher, slack, "chat.update")
    assert followed["text"] == "This draft has been deleted."


@pytest.mark.parametrize("label", ["Keep it", "Delete it"])
async def test_nobody_else_decides(
    bot: Bot,
    slack: Slack,
    store: Store,
    clockwork: Clockwork,
    publisher: Publisher,
    now: FrozenDateTimeFactory,
    label: str,
) -> None:
    await asked(store, clockwork, now)
    question = await sent(publisher, slack)
    before = await store.case_studies.drafts_untouched_since(AT + 60 * DAY, 10)
    await bot.press(shown_message(question), label, user=BEN)
    assert "There is no such case study for you to open." in slack.last("response_url")["text"]
    assert await store.case_studies.drafts_untouched_since(AT + 60 * DAY, 10) == before


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("Keep it", "There is nothing to decide."),
        ("Delete it", "published, so it cannot be deleted"),
    ],
)
async def test_a_button_that_is_too_late_says_so(
    bot: Bot,
    slack: Slack,
    store: Store,
    clockwork: Clockwork,
    publisher: Publisher,
    now: FrozenDateTimeFactory,
    label: str,
    words: str,
) -> None:
    await asked(store, clockwork, now)
    question = await sent(publisher, slack)
    await store.case_studies.publish_case_study(TEAM, "s1", AT + 30 * DAY)
    await bot.press(shown_message(question), label)
    assert words in slack.last("response_url")["text"]
