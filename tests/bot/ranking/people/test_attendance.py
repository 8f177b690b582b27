"""What Slack does to a ranking: people gone, channels archived, the app removed, all of it back again."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from freezegun import freeze_time

from bot.app import create_client, create_publisher
from bot.delivery.publisher import Publisher
from bot.installation import Installation
from bot.ranking import ids
from bot.settings import Settings
from knowledge.model import Library
from storage.records.rankings import Rules
from tests.bot.at_work import at_work
from tests.bot.ranking.running import CARA, RANKING, Run, person
from tests.slack import ANNA, BEN, BOT_USER, CHANNEL, PIA, TEAM

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with freeze_time(NOW, real_asyncio=True) as frozen:
        yield frozen


@pytest.fixture
def publisher(run: Run, library: Library, settings: Settings) -> Publisher:
    """The real one, to be put to work."""
    return create_publisher(run.store, library, Installation(create_client(settings)))


async def until(true: Callable[[], Awaitable[bool]], clock: Any) -> None:
    """Wait, and let the time pass that the publisher leaves between two messages."""
    async with asyncio.timeout(20):
        while True:
            if await true():
                return
            clock.tick(timedelta(seconds=1))
            await asyncio.sleep(0.02)


def happens(kind: str, **more: str) -> dict[str, Any]:
    return {"type": kind, "channel": CHANNEL, "event_ts": "1.0", **more}


@pytest.mark.parametrize(
    ("gone", "back"),
    [
        (happens("channel_archive", user=ANNA.id), happens("channel_unarchive", user=ANNA.id)),
        (happens("group_archive", user=ANNA.id), happens("group_unarchive", user=ANNA.id)),
        (happens("channel_left"), happens("member_joined_channel", user=BOT_USER, team=TEAM)),
        (happens("group_left"), happens("member_joined_channel", user=BOT_USER, team=TEAM)),
        (
            happens("member_left_channel", user=BOT_USER, team=TEAM),
            happens("member_joined_channel", user=BOT_USER, team=TEAM),
        ),
    ],
)
async def test_a_ranking_waits_for_its_channel_and_its_facilitator_is_told(
    run: Run, clock: Any, gone: dict[str, Any], back: dict[str, Any]
) -> None:
    await run.begin_discard(rules=Rules(stage_hours=5))
    for _twice in range(2):
        await run.bot.event(gone)
    assert (await run.ranking()).paused_at == NOW
    notices = await run.direct_messages(ids.NOTICE_KIND)
    assert list(notices) == [ANNA.id]
    assert "/invite @Common Ground" in await run.text(notices[ANNA.id])
    clock.tick(timedelta(days=1))
    for _twice in range(2):
        await run.bot.event(back)
    assert (await run.ranking()).paused_at is None
    assert (await run.stage()).deadline == NOW + timedelta(days=1, hours=5)
    assert "the ranking goes on" in await run.text(notices[ANNA.id])
    paused, resumed = await run.notes()
    assert paused == "The ranking was paused, because Common Ground could not write in this channel."
    assert resumed.startswith("The ranking goes on. This step now ends <!date^")


async def test_a_ranking_that_somebody_paused_stays_paused_when_the_channel_is_back(run: Run) -> None:
    await run.begin_discard()
    await run.menu(ANNA, "More", "Pause")
    await run.bot.event(happens("channel_archive", user=ANNA.id))
    await run.bot.event(happens("channel_unarchive", user=ANNA.id))
    assert (await run.ranking()).paused_at is not None
    assert await run.direct_messages(ids.NOTICE_KIND) == {}


async def test_other_channels_and_other_people_change_nothing(run: Run) -> None:
    await run.begin_discard()
    await run.bot.event({**happens("channel_archive", user=ANNA.id), "channel": "C0OTHER"})
    await run.bot.event(happens("member_joined_channel", user=BEN.id, team=TEAM))
    await run.bot.event(happens("member_left_channel", user=CARA.id, team=TEAM))
    await run.bot.event({**happens("member_left_channel", user=BEN.id, team=TEAM), "channel": "C0OTHER"})
    assert await run.events() == []


async def test_who_leaves_the_channel_takes_no_more_part_and_their_answer_stands(run: Run) -> None:
    await run.begin_discard()
    await run.answer(PIA)
    for _twice in range(2):
        await run.bot.event(happens("member_left_channel", user=PIA.id, team=PIA.team_id))
    assert (await run.ranking()).active == (person(ANNA), person(BEN))
    assert (await run.stage()).answered == 1
    assert await run.notes() == [
        "<@U0PIA> has left and no longer takes part. What they answered so far stands."
    ]


@pytest.mark.parametrize(
    ("team_id", "more", "stays"),
    [
        (PIA.team_id, {"is_ext_shared": True}, False),
        (PIA.team_id, {"is_ext_shared": False}, False),
        ("E0THEIRS", {"is_ext_shared": False}, False),
        (TEAM, {"is_ext_shared": True}, False),
        ("T0THIRD", {"is_ext_shared": True}, True),
    ],
)
async def test_people_of_a_partner_take_no_more_part_once_the_channel_is_not_shared_with_them(
    run: Run, team_id: str, more: dict[str, bool], stays: bool
) -> None:
    await run.begin_discard()
    await run.answer(PIA)
    unshared = {**happens("channel_unshared", previously_connected_team_id=team_id), **more}
    for _twice in range(2):
        await run.bot.event(unshared)
    ours = (person(ANNA), person(BEN))
    assert (await run.ranking()).active == ((*ours, person(PIA)) if stays else ours)
    assert (await run.stage()).answered == 1
    assert len(await run.notes()) == (0 if stays else 1)


async def test_a_facilitator_who_leaves_the_channel_is_announced_once(run: Run) -> None:
    await run.begin_discard()
    for _twice in range(2):
        await run.bot.event(happens("member_left_channel", user=ANNA.id, team=TEAM))
    assert [event.kind for event in await run.events()] == ["left", "unattended"]
    assert "can take over" in (await run.notes())[1]


async def test_a_facilitator_who_is_back_needs_nobody_to_take_over(run: Run) -> None:
    await run.begin_discard()
    run.slack.members.remove(ANNA.id)
    run.slack.users[CARA.id] = {"is_admin": True}
    await run.bot.event(happens("member_left_channel", user=ANNA.id, team=TEAM))
    note = await run.place(f"{ids.note_id(RANKING)}:2")
    run.slack.members.append(ANNA.id)
    await run.bot.press(note, "Take over", CARA)
    assert (await run.ranking()).facilitator == person(ANNA)
    run.slack.members.remove(ANNA.id)
    await run.bot.press(note, "Take over", CARA)
    assert (await run.ranking()).facilitator == person(CARA)
    assert [event.kind for event in await run.events()] == ["left", "unattended", "facilitator"]


async def test_a_channel_that_cannot_be_seen_does_not_make_its_facilitator_gone(run: Run, clock: Any) -> None:
    await run.begin_discard(rules=Rules(stage_hours=5))
    await run.answer(BEN)
    run.slack.refuse["conversations.members"] = "channel_not_found"
    clock.tick(timedelta(hours=5))
    await run.due()
    assert (await run.stage()).closed_at is not None
    assert await run.events() == []


async def test_what_slack_refuses_in_an_archived_channel_is_sent_when_it_is_back(
    run: Run, clock: Any, publisher: Publisher
) -> None:
    run.slack.refuse["chat.postMessage"] = "is_archived"
    await run.begin()
    board_id = ids.board_id(RANKING)

    async def is_paused() -> bool:
        return (await run.ranking()).paused_at is not None

    async def is_posted() -> bool:
        message = await run.store.messages.get_message(TEAM, board_id)
        return message is not None and message.ts is not None

    async with at_work(publisher):
        await until(is_paused, clock)
        del run.slack.refuse["chat.postMessage"]
        await run.bot.event(happens("channel_unarchive", user=ANNA.id))
        await until(is_posted, clock)
    assert (await run.ranking()).paused_at is None


async def test_a_renamed_channel_changes_nothing(run: Run, clock: Any, publisher: Publisher) -> None:
    await run.begin()
    run.slack.answers["conversations.info"] = {"channel": {"id": CHANNEL, "name": "new-name"}}

    async def is_posted() -> bool:
        return bool(run.slack.called("chat.postMessage"))

    async with at_work(publisher):
        await until(is_posted, clock)
    assert run.slack.last("chat.postMessage")["channel"] == CHANNEL
    assert await run.events() == []


async def test_a_reminder_goes_to_the_direct_messages_of_its_person_and_is_updated_there(
    run: Run, clock: Any, publisher: Publisher
) -> None:
    await run.begin_discard(rules=Rules(remind_hours=24))
    clock.tick(timedelta(hours=24))
    await run.due()
    conversation = "D0PIA"

    async def is_posted() -> bool:
        return any(call["channel"] == conversation for call in run.slack.called("chat.postMessage"))

    async def is_updated() -> bool:
        return any(call["channel"] == conversation for call in run.slack.called("chat.update"))

    async with at_work(publisher):
        await until(is_posted, clock)
        await run.answer(PIA)
        await until(is_updated, clock)
    (update,) = [call for call in run.slack.called("chat.update") if call["channel"] == conversation]
    assert "You have answered" in update["text"]
    assert len([call for call in run.slack.called("conversations.open") if call["users"] == PIA.id]) == 1


@pytest.mark.parametrize("anonymous", [False, True])
async def test_who_cannot_be_written_to_is_reminded_in_the_thread(
    run: Run, clock: Any, publisher: Publisher, anonymous: bool
) -> None:
    await run.begin_discard(rules=Rules(remind_hours=24, anonymous=anonymous))
    await run.answer(ANNA, BEN)
    clock.tick(timedelta(hours=24))
    await run.due()
    run.slack.refuse["conversations.open"] = "user_disabled"

    async def is_told() -> bool:
        return bool(await run.notes())

    async with at_work(publisher):
        await until(is_told, clock)
    (note,) = await run.notes()
    assert ("<@U0PIA>" in note) is not anonymous
    assert "still missing" in note


async def test_who_is_found_gone_takes_no_more_part(run: Run, clock: Any, publisher: Publisher) -> None:
    await run.begin_discard(rules=Rules(remind_hours=24))
    await run.answer(ANNA, BEN)
    clock.tick(timedelta(hours=24))
    await run.due()
    run.slack.refuse["conversations.open"] = "user_disabled"
    run.slack.users[PIA.id] = {"deleted": True, "team_id": PIA.team_id}

    async def has_left() -> bool:
        return person(PIA) not in (await run.ranking()).active

    async with at_work(publisher):
        await until(has_left, clock)


async def test_a_facilitator_who_cannot_be_told_because_they_are_gone_is_announced(
    run: Run, clock: Any, publisher: Publisher
) -> None:
    await run.begin_discard(rules=Rules(stage_hours=5))
    clock.tick(timedelta(hours=5))
    await run.due()
    run.slack.refuse["conversations.open"] = "user_disabled"
    run.slack.users[ANNA.id] = {"deleted": True}

    async def is_announced() -> bool:
        return bool(await run.notes())

    async with at_work(publisher):
        await until(is_announced, clock)
    assert [event.kind for event in await run.events()] == ["unattended"]


async def test_the_clock_finds_a_facilitator_who_is_gone(run: Run, clock: Any) -> None:
    await run.begin_discard(rules=Rules(stage_hours=5))
    await run.answer(BEN)
    run.slack.users[ANNA.id] = {"deleted": True}
    clock.tick(timedelta(hours=5))
    await run.due()
    assert (await run.stage()).closed_at is not None
    assert [event.kind for event in await run.events()] == ["unattended"]
