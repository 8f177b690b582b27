"""Reminders: to whom, when, how often, and what they say once the answer is there."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from freezegun import freeze_time

from bot.ranking import ids, renderers
from bot.ranking.stages import Move
from storage.records.rankings import Rules
from tests.bot.ranking.running import CARA, Run, said
from tests.slack import ANNA, BEN, PIA, TEAM, labels_of, shown_view

# A Monday at 09:30 in London, 04:30 in New York.
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
DAILY = Rules(stage_hours=120, remind_hours=24)


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with freeze_time(NOW, real_asyncio=True) as frozen:
        yield frozen


def put_in(run: Run, **zones: str) -> None:
    for name, zone in zones.items():
        run.slack.users.setdefault(f"U0{name.upper()}", {})["tz"] = zone


async def reminded(run: Run) -> list[str]:
    """Who has a reminder that was not sent yet."""
    return sorted(await run.direct_messages(ids.REMINDER_KIND))


async def test_who_has_not_answered_is_reminded_after_each_interval(run: Run, clock: Any) -> None:
    put_in(run, anna="Europe/London", ben="Europe/London", pia="Europe/London")
    await run.begin_discard(rules=DAILY)
    await run.answer(BEN)
    clock.tick(timedelta(hours=24) - timedelta(seconds=1))
    await run.due()
    assert await reminded(run) == []
    clock.tick(timedelta(seconds=1))
    await run.due()
    assert await reminded(run) == [ANNA.id, PIA.id]
    text = await run.text((await run.direct_messages(ids.REMINDER_KIND))[PIA.id])
    assert "What matters here" in text
    assert "The step ends <!date^" in text
    await run.due()
    assert len([event for event in await run.events() if event.kind == "reminded"]) == 1
    assert await run.notes() == []


async def test_the_last_call_is_a_day_before_the_end_and_not_beside_another_reminder(
    run: Run, clock: Any
) -> None:
    await run.begin_discard(rules=DAILY)
    assert (await run.planned())["last_call:r1:2"] == NOW + timedelta(hours=96)
    done: list[str] = []
    for _day in range(4):
        clock.tick(timedelta(hours=24))
        done = await run.due()
    assert {"last_call:r1:2", "reminder:r1:2"} <= set(done)
    assert len([event for event in await run.events() if event.kind == "reminded"]) == 4
    assert "last_call:r1:2" not in await run.planned()


async def test_the_last_call_of_a_short_step_is_a_quarter_of_its_time_before_the_end(run: Run) -> None:
    await run.begin_discard(rules=Rules(stage_hours=4, remind_hours=24))
    assert (await run.planned())["last_call:r1:2"] == NOW + timedelta(hours=3)


async def test_each_is_reminded_in_their_own_daytime(run: Run, clock: Any) -> None:
    put_in(run, anna="Europe/London", ben="America/New_York", pia="Asia/Tokyo")
    await run.begin_discard(rules=DAILY)
    clock.tick(timedelta(hours=24))
    await run.due()
    assert await reminded(run) == [ANNA.id]
    clock.move_to(datetime(2026, 3, 3, 12, 59, tzinfo=UTC))
    await run.due()
    assert await reminded(run) == [ANNA.id]
    clock.move_to(datetime(2026, 3, 3, 13, 0, tzinfo=UTC))
    await run.due()
    assert await reminded(run) == [ANNA.id, BEN.id]
    clock.move_to(datetime(2026, 3, 3, 23, 0, tzinfo=UTC))
    await run.due()
    assert await reminded(run) == [ANNA.id, BEN.id, PIA.id]


@pytest.mark.parametrize(
    ("zone", "friday", "monday"),
    [
        ("Europe/London", "2026-03-27T17:30", "2026-03-30T07:00"),
        ("Europe/London", "2026-10-23T16:30", "2026-10-26T08:00"),
        ("America/New_York", "2026-03-06T22:30", "2026-03-09T12:00"),
        ("America/New_York", "2026-10-30T21:30", "2026-11-02T13:00"),
    ],
)
async def test_a_reminder_keeps_to_the_morning_when_clocks_change_over_the_weekend(
    run: Run, clock: Any, zone: str, friday: str, monday: str
) -> None:
    put_in(run, anna=zone, ben=zone, pia=zone)
    begun = datetime.fromisoformat(friday).replace(tzinfo=UTC)
    clock.move_to(begun)
    await run.begin_discard(rules=Rules(remind_hours=4))
    morning = datetime.fromisoformat(monday).replace(tzinfo=UTC)
    clock.move_to(begun + timedelta(hours=4))
    await run.due()
    clock.move_to(morning - timedelta(minutes=1))
    await run.due()
    assert await reminded(run) == []
    clock.move_to(morning)
    await run.due()
    assert await reminded(run) == [ANNA.id, BEN.id, PIA.id]


async def test_without_a_time_zone_the_facilitators_counts(run: Run, clock: Any) -> None:
    put_in(run, anna="Asia/Tokyo", ben="Europe/London", pia="")
    await run.begin_discard(rules=DAILY)
    clock.tick(timedelta(hours=24))
    await run.due()
    assert await reminded(run) == [BEN.id]
    clock.move_to(datetime(2026, 3, 3, 23, 0, tzinfo=UTC))
    await run.due()
    assert await reminded(run) == [ANNA.id, BEN.id, PIA.id]


async def test_a_time_zone_is_asked_for_once_a_day(run: Run, clock: Any) -> None:
    put_in(run, anna="Europe/London", ben="Europe/London", pia="Europe/London")
    await run.begin_discard(rules=Rules(remind_hours=4))
    for _round in range(3):
        clock.tick(timedelta(hours=4))
        await run.due()
    assert len([call for call in run.slack.called("users.info") if call["user"] == BEN.id]) == 1


async def test_who_answers_before_their_morning_gets_none(run: Run, clock: Any) -> None:
    put_in(run, anna="Europe/London", ben="America/New_York", pia="Europe/London")
    await run.begin_discard(rules=DAILY)
    clock.tick(timedelta(hours=24))
    await run.due()
    await run.answer(BEN)
    clock.tick(timedelta(hours=6))
    await run.due()
    assert BEN.id not in await reminded(run)


async def test_a_reminder_opens_the_ballot_and_afterwards_says_what_has_happened(
    run: Run, clock: Any
) -> None:
    await run.begin_discard(rules=DAILY)
    clock.tick(timedelta(hours=24))
    await run.due()
    reminder_id = (await run.direct_messages(ids.REMINDER_KIND))[PIA.id]
    reminder = await run.place(reminder_id, "D0PIA")
    await run.bot.press(reminder, "Name one to drop", PIA)
    assert "Drop this" in labels_of(shown_view(run.slack.last("views.open")["view"]).blocks)
    await run.menu(ANNA, "More", "Pause")
    assert "is paused" in await run.text(reminder_id)
    await run.menu(ANNA, "Resume")
    await run.answer(PIA)
    answered = await run.place(reminder_id)
    assert "You have answered" in said(answered.blocks)
    assert labels_of(answered.blocks) == []
    await run.move(Move.CLOSE)
    assert "This step has ended" in await run.text(reminder_id)


async def test_a_reminder_follows_its_person(run: Run, clock: Any) -> None:
    await run.begin_discard(rules=DAILY)
    clock.tick(timedelta(hours=24))
    await run.due()
    reminder_id = (await run.direct_messages(ids.REMINDER_KIND))[PIA.id]
    for message in await run.store.messages.dirty_messages():
        await run.store.messages.record_sent(TEAM, message.id, message.version, "1.0")
    await run.answer(BEN)
    assert PIA.id not in await run.direct_messages(ids.REMINDER_KIND)
    await run.answer(PIA)
    assert (await run.direct_messages(ids.REMINDER_KIND))[PIA.id] == reminder_id
    await run.bot.submit(await run.form("Somebody has left"), {ids.PERSON_FIELD: PIA.id})
    assert "You no longer take part" in await run.text(reminder_id)


async def test_nobody_is_reminded_of_a_ranking_that_waits_or_has_ended(run: Run, clock: Any) -> None:
    await run.begin_discard(rules=DAILY)
    works = await run.store.work.claim(NOW + timedelta(days=2), 60, 10)
    await run.menu(ANNA, "More", "Pause")
    for work in works:
        if work.kind == "ranking.reminder":
            await run.handlers[work.kind](work)
    await run.menu(ANNA, "Resume")
    await run.move(Move.CANCEL)
    for work in works:
        if work.kind == "ranking.reminder":
            await run.handlers[work.kind](work)
    assert await run.planned() == {}
    assert await reminded(run) == []


async def test_a_round_that_was_cut_off_reminds_nobody_twice(run: Run, clock: Any) -> None:
    await run.begin_discard(rules=DAILY)
    clock.tick(timedelta(hours=24))
    (work,) = await run.store.work.claim(datetime.now(UTC), 60, 1)
    await run.handlers[work.kind](work)
    await run.handlers[work.kind](work)
    await run.due()
    rows = [one.id for one in await run.store.messages.dirty_messages() if one.kind == ids.REMINDER_KIND]
    assert len(rows) == len(set(rows)) == 3
    assert len(await run.events()) == 1


async def test_in_an_anonymous_ranking_the_others_learn_nothing(run: Run, clock: Any) -> None:
    await run.begin_discard([ANNA, BEN, PIA, CARA], Rules(remind_hours=24, anonymous=True))
    await run.answer(BEN)
    clock.tick(timedelta(hours=24))
    await run.due()
    assert await reminded(run) == [ANNA.id, CARA.id, PIA.id]
    assert await run.notes() == []
    assert [dict(event.detail) for event in await run.events()] == [{"seq": 2, "count": 3}]


async def test_a_reminder_that_comes_too_late_to_ask_is_never_sent(run: Run, clock: Any) -> None:
    await run.begin_discard(rules=DAILY)
    clock.tick(timedelta(hours=24))
    await run.due()
    reminder_id = (await run.direct_messages(ids.REMINDER_KIND))[PIA.id]
    message = await run.store.messages.get_message(TEAM, reminder_id)
    assert message is not None
    render = renderers(run.store)[ids.REMINDER_KIND]
    assert await render(message) is not None
    await run.answer(PIA)
    assert await render(message) is None
