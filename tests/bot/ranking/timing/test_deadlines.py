"""Steps end on time, once, whatever has happened in between; and when everybody has answered."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from freezegun import freeze_time

from bot.delivery import clock as clock_module
from bot.delivery.clock import Clock
from bot.ranking import clock_handlers, ids
from bot.ranking.stages import Move, Position
from storage.open import open_store
from storage.records.rankings import Rules
from tests.bot.ranking.running import CARA, RANKING, Run, caller, person, said
from tests.slack import ANNA, BEN, PIA, TEAM, labels_of, shown_view

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
FIVE_HOURS = Rules(stage_hours=5)


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with freeze_time(NOW, real_asyncio=True) as frozen:
        yield frozen


async def test_a_step_ends_at_its_time_and_not_before(run: Run, clock: Any) -> None:
    await run.begin_discard(rules=FIVE_HOURS)
    await run.answer(BEN)
    clock.tick(timedelta(hours=5) - timedelta(seconds=1))
    await run.due()
    assert (await run.stage()).closed_at is None
    clock.tick(timedelta(seconds=1))
    assert await run.due() == ["deadline:r1:2"]
    assert (await run.stage()).closed_at == NOW + timedelta(hours=5)
    notice_id = (await run.direct_messages(ids.NOTICE_KIND))[ANNA.id]
    assert "The time is up, so this step has ended" in await run.text(notice_id)
    await run.bot.press(await run.place(notice_id, "D0ANNA"), "Go on")
    assert labels_of(shown_view(run.slack.last("views.open")["view"]).blocks)[0] == "Propose"
    await run.move(Move.CANCEL)
    assert labels_of((await run.place(notice_id)).blocks) == []


async def test_the_time_counts_the_hours_also_when_clocks_change(run: Run, clock: Any) -> None:
    clock.move_to(datetime(2026, 3, 28, 12, tzinfo=UTC))
    await run.begin_discard(rules=Rules(stage_hours=24))
    await run.answer(BEN)
    assert (await run.stage()).deadline == datetime(2026, 3, 29, 12, tzinfo=UTC)
    clock.move_to(datetime(2026, 3, 29, 11, 59, tzinfo=UTC))
    await run.due()
    assert (await run.stage()).closed_at is None
    clock.move_to(datetime(2026, 3, 29, 12, tzinfo=UTC))
    await run.due()
    assert (await run.stage()).closed_at is not None


async def test_ranking_goes_on_to_compare_and_reading_to_the_first_question(run: Run, clock: Any) -> None:
    await run.begin()
    await run.bot.submit(
        await run.form("Set an end"), {ids.DEADLINE_FIELD: int((NOW + timedelta(hours=1)).timestamp())}
    )
    clock.tick(timedelta(hours=1))
    await run.due()
    assert (await run.stage()).kind == "discard"
    notice_id = (await run.direct_messages(ids.NOTICE_KIND))[ANNA.id]
    assert labels_of((await run.place(notice_id)).blocks) == []


async def test_a_step_that_nobody_answered_stays_open_and_the_facilitator_is_told(
    run: Run, clock: Any
) -> None:
    await run.begin_discard(rules=FIVE_HOURS)
    clock.tick(timedelta(hours=6))
    await run.due()
    assert (await run.stage()).closed_at is None
    notice_id = (await run.direct_messages(ids.NOTICE_KIND))[ANNA.id]
    notice = await run.place(notice_id, "D0ANNA")
    assert "nobody has answered" in said(notice.blocks)
    await run.bot.press(notice, "Give more time")
    form = shown_view(run.slack.last("views.open")["view"])
    later = datetime.now(UTC) + timedelta(hours=2)
    await run.bot.submit(form, {ids.DEADLINE_FIELD: int(later.timestamp())})
    await run.answer(BEN)
    assert labels_of((await run.place(notice_id)).blocks) == []
    clock.tick(timedelta(hours=2))
    await run.due()
    assert (await run.stage()).closed_at is not None


async def test_the_facilitator_can_stop_a_ranking_from_that_message(run: Run, clock: Any) -> None:
    await run.begin_discard(rules=FIVE_HOURS)
    clock.tick(timedelta(hours=5))
    await run.due()
    notice_id = (await run.direct_messages(ids.NOTICE_KIND))[ANNA.id]
    await run.bot.press(await run.place(notice_id, "D0ANNA"), "Stop the ranking")
    assert (await run.ranking()).status == "cancelled"
    assert "The ranking has ended" in await run.text(notice_id)


async def test_an_end_that_was_moved_or_a_stage_that_has_moved_on_is_left_alone(run: Run, clock: Any) -> None:
    await run.begin_discard(rules=FIVE_HOURS)
    await run.answer(BEN)
    (work,) = [
        one
        for one in await run.store.work.claim(NOW + timedelta(hours=5), 60, 10)
        if one.id == "deadline:r1:2"
    ]
    await run.move(Move.CLOSE)
    before = await run.stage()
    await run.handlers[work.kind](work)
    assert await run.stage() == before
    await run.move(Move.CANCEL)
    await run.handlers[work.kind](work)
    assert await run.direct_messages(ids.NOTICE_KIND) == {}


async def test_no_time_runs_while_a_ranking_is_paused(run: Run, clock: Any) -> None:
    await run.begin_discard(rules=FIVE_HOURS)
    await run.answer(BEN)
    await run.menu(ANNA, "More", "Pause")
    clock.tick(timedelta(days=3))
    assert await run.due() == []
    await run.menu(ANNA, "Resume")
    await run.due()
    assert (await run.stage()).closed_at is None
    clock.tick(timedelta(hours=5))
    await run.due()
    assert (await run.stage()).closed_at is not None


@pytest.mark.parametrize("rules", [Rules(), Rules(anonymous=True)])
async def test_a_minute_after_all_have_answered_the_step_ends_and_until_then_a_slip_can_be_mended(
    run: Run, clock: Any, rules: Rules
) -> None:
    await run.begin_discard(rules=rules)
    await run.answer(ANNA, BEN)
    clock.tick(timedelta(minutes=5))
    await run.due()
    assert (await run.stage()).closed_at is None
    await run.answer(PIA)
    clock.tick(timedelta(seconds=59))
    await run.due()
    await run.answer(PIA, item="s-2")
    clock.tick(timedelta(seconds=59))
    await run.due()
    assert (await run.stage()).closed_at is None
    clock.tick(timedelta(seconds=1))
    await run.due()
    assert (await run.stage()).closed_at is not None
    notice_id = (await run.direct_messages(ids.NOTICE_KIND))[ANNA.id]
    assert "Everybody has answered" in await run.text(notice_id)


async def test_an_answer_taken_back_keeps_the_step_open(run: Run, clock: Any) -> None:
    await run.begin_discard()
    await run.answer(ANNA, BEN, PIA)
    await run.answering.remove(caller(PIA), ids.Ref(RANKING, 2, "s-1"), datetime.now(UTC))
    clock.tick(timedelta(minutes=5))
    await run.due()
    assert (await run.stage()).closed_at is None


async def test_a_consent_ends_by_itself_too(run: Run, clock: Any) -> None:
    await run.begin_discard()
    await run.answer(ANNA)
    await run.move(Move.CLOSE)
    snapshot = await run.service.snapshot(TEAM, RANKING)
    await run.service.open_stage(snapshot, "discard_consent", snapshot.stage.items, NOW, ("s-1",))
    for user in (ANNA, BEN, PIA):
        ref = ids.Ref(RANKING, 3)
        await run.answering.answer_consent(caller(user), ref, Position.SUPPORT, "", datetime.now(UTC))
    clock.tick(timedelta(minutes=1))
    await run.due()
    assert (await run.stage()).closed_at is not None


async def test_when_the_last_who_was_waited_for_leaves_the_step_ends(run: Run, clock: Any) -> None:
    await run.begin_discard()
    await run.answer(ANNA, BEN)
    await run.bot.submit(await run.form("Somebody has left"), {ids.PERSON_FIELD: PIA.id})
    clock.tick(timedelta(minutes=1))
    await run.due()
    assert (await run.stage()).closed_at is not None


async def test_who_was_added_meanwhile_is_waited_for(run: Run, clock: Any) -> None:
    await run.begin_discard()
    await run.answer(ANNA, BEN, PIA)
    await run.bot.submit(await run.form("Add people"), {ids.PEOPLE_FIELD: [CARA.id]})
    clock.tick(timedelta(minutes=2))
    await run.due()
    assert (await run.stage()).closed_at is None
    assert person(CARA) in (await run.ranking()).active


async def test_a_ranking_that_is_not_there_any_more_is_no_trouble(run: Run) -> None:
    await run.store.work.plan(TEAM, "deadline:r9:1", "ranking.deadline", "r9:1", NOW)
    await run.store.work.plan(TEAM, "answered:r9:1", "ranking.answered", "r9:1", NOW)
    await run.store.work.plan(TEAM, "reminder:r9:1", "ranking.reminder", "r9:1", NOW)
    assert len(await run.due()) == 3


async def test_after_a_long_stop_two_processes_end_a_step_once(
    run: Run, clock: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock_module, "LOOK_EVERY", 0.01)
    await run.begin_discard(rules=Rules(stage_hours=5, remind_hours=1))
    await run.answer(BEN)
    clock.tick(timedelta(days=30))
    stores = [await open_store(f"sqlite:///{tmp_path}/commonground.db") for _process in range(2)]
    clocks = [Clock(store.work, clock_handlers(store, run.client_for)) for store in stores]
    tasks = [asyncio.create_task(one.run()) for one in clocks]
    async with asyncio.timeout(20):
        while True:
            if (await run.stage()).closed_at is not None:
                break
            await asyncio.sleep(0.02)
    for task in tasks:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    for store in stores:
        await store.close()
    assert [stage.closed_at is not None for stage in await run.store.rankings.list_stages(TEAM, RANKING)] == [
        True,
        True,
    ]
    assert list(await run.direct_messages(ids.NOTICE_KIND)) == [ANNA.id]
