"""What the clock has to do about a stage: its end, a pause, its pictures."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from storage.records.rankings import Rules
from storage.store import ConflictError, StageClosedError, Store
from tests.storage.changing import BY, KEY, begin, current_deadline, planned, stored
from tests.storage.examples import (
    AMINA,
    BEN,
    CHIOMA,
    WORKSPACE,
    a_ranking,
    a_stage,
    an_answer,
    answering,
    minutes,
)


@pytest.fixture
async def ranking(store: Store) -> None:
    await begin(store)


@pytest.mark.usefixtures("ranking")
async def test_a_stage_plans_its_work_and_its_end_cancels_it(store: Store) -> None:
    day = timedelta(hours=24)
    first = {
        "deadline:R1:1": minutes(60),
        "last_call:R1:1": minutes(60) - timedelta(minutes=59) / 4,
        "reminder:R1:1": a_stage().opened_at + day,
    }
    assert await planned(store) == first
    await store.rankings.open_stage(*KEY, 1, a_stage(2), [])
    assert await planned(store) == {"reminder:R1:2": minutes(2) + day}
    await store.rankings.close_stage(*KEY, 2, minutes(3))
    assert await planned(store) == {}
    await store.rankings.open_stage(*KEY, 2, a_stage(3, kind="compare", deadline=minutes(90)), [])
    assert await planned(store) == {"deadline:R1:3": minutes(90)}
    *_pictures, work = await store.work.claim(minutes(90), 60, 10)
    assert (work.workspace_id, work.kind, work.subject) == (WORKSPACE, "ranking.deadline", "R1:3")
    await store.rankings.end_ranking(*KEY, 3, "cancelled", (), minutes(91), [])
    assert await planned(store) == {}


async def pictures(store: Store) -> list[Any]:
    """What pictures are planned, and for when."""
    works = await store.work.claim(minutes(10**6), 0, 100)
    return [(work.id, work.subject, work.due_at) for work in works if work.kind == "ranking.pictures"]


@pytest.mark.usefixtures("ranking")
async def test_an_order_that_is_closed_has_its_pictures_planned_once(store: Store) -> None:
    assert await pictures(store) == []
    await store.rankings.close_stage(*KEY, 1, minutes(3))
    assert await pictures(store) == [("pictures:R1:1", "R1:1", minutes(3))]
    for work in await store.work.claim(minutes(10**6), 60, 100):
        await store.work.finish(work)
    with pytest.raises(ConflictError):
        await store.rankings.close_stage(*KEY, 1, minutes(4))
    await store.rankings.open_stage(*KEY, 1, a_stage(2, kind="compare"), [])
    await store.rankings.open_stage(*KEY, 2, a_stage(3, kind="choose"), [])
    await store.rankings.close_stage(*KEY, 3, minutes(5))
    assert await pictures(store) == []


async def test_a_stage_that_takes_answers_has_the_deadline_of_the_rules(store: Store) -> None:
    ranking = a_ranking(rules=Rules(stage_hours=48))
    await store.rankings.create_ranking(ranking, a_stage(kind="read"), [])
    assert await current_deadline(store) is None
    await store.rankings.open_stage(*KEY, 1, a_stage(2), [])
    assert await current_deadline(store) == minutes(2) + timedelta(hours=48)
    assert await planned(store) == {"deadline:R1:2": minutes(2) + timedelta(hours=48)}
    await store.rankings.open_stage(*KEY, 2, a_stage(3, deadline=minutes(90)), [])
    assert await planned(store) == {"deadline:R1:3": minutes(90)}
    await store.rankings.open_stage(*KEY, 3, a_stage(4, kind="compare"), [])
    assert await planned(store) == {}


@pytest.mark.usefixtures("ranking")
async def test_a_deadline_is_moved_and_taken_away(store: Store) -> None:
    event = await store.rankings.set_deadline(*KEY, 1, minutes(90), **BY)
    assert event.detail == {
        "seq": 1,
        "deadline": minutes(90).isoformat(),
        "before": minutes(60).isoformat(),
    }
    assert await current_deadline(store) == minutes(90)
    assert (await planned(store))["deadline:R1:1"] == minutes(90)
    days = timedelta(days=10)
    await store.rankings.set_deadline(*KEY, 1, minutes(90) + days, **BY)
    assert (await planned(store))["last_call:R1:1"] == minutes(90) + days - timedelta(days=1)
    await store.rankings.set_deadline(*KEY, 1, None, **BY)
    assert await current_deadline(store) is None
    assert list(await planned(store)) == ["reminder:R1:1"]


@pytest.mark.usefixtures("ranking")
async def test_each_complete_answer_puts_off_the_look_whether_all_have_answered(store: Store) -> None:
    await store.rankings.edit_answer(*KEY, 1, BEN, answering(an_answer(BEN, complete=False)))
    assert "answered:R1:1" not in await planned(store)
    for minute in (3, 7):
        await store.rankings.edit_answer(
            *KEY, 1, BEN, answering(an_answer(BEN, "one", answered_at=minutes(minute)))
        )
        assert (await planned(store))["answered:R1:1"] == minutes(minute + 1)
    await store.rankings.mark_left(*KEY, CHIOMA, actor=AMINA, at=minutes(9))
    assert (await planned(store))["answered:R1:1"] == minutes(10)
    await store.rankings.set_paused(*KEY, actor=AMINA, at=minutes(20))
    await store.rankings.set_resumed(*KEY, actor=AMINA, at=minutes(30))
    assert (await planned(store))["answered:R1:1"] == minutes(31)
    await store.rankings.close_stage(*KEY, 1, minutes(40))
    assert "answered:R1:1" not in await planned(store)


@pytest.mark.usefixtures("ranking")
async def test_only_the_open_stage_has_a_deadline_to_move(store: Store) -> None:
    await store.rankings.open_stage(*KEY, 1, a_stage(2), [])
    await store.rankings.close_stage(*KEY, 2, minutes(3))
    for seq in (1, 2, 3):
        with pytest.raises(StageClosedError):
            await store.rankings.set_deadline(*KEY, seq, minutes(90), **BY)
    assert await planned(store) == {}
    assert await store.rankings.list_events(*KEY) == []


@pytest.mark.usefixtures("ranking")
async def test_a_pause_keeps_what_was_left_of_the_deadline(store: Store) -> None:
    await store.rankings.set_paused(*KEY, actor=AMINA, at=minutes(20))
    assert (await stored(store)).paused_at == minutes(20)
    ballot = await store.rankings.get_ballot(*KEY, BEN)
    assert ballot is not None
    assert ballot.paused_at == minutes(20)
    assert await planned(store) == {}
    assert await current_deadline(store) == minutes(60)
    event = await store.rankings.set_resumed(*KEY, actor=AMINA, at=minutes(500))
    assert (await stored(store)).paused_at is None
    assert await current_deadline(store) == minutes(540)
    assert event.detail["deadline"] == minutes(540).isoformat()
    assert await planned(store) == {
        "deadline:R1:1": minutes(540),
        "last_call:R1:1": minutes(530),
        "reminder:R1:1": minutes(500) + timedelta(hours=24),
    }


@pytest.mark.usefixtures("ranking")
async def test_a_paused_ranking_waits_but_can_end(store: Store) -> None:
    with pytest.raises(ConflictError):
        await store.rankings.set_resumed(*KEY, **BY)
    await store.rankings.set_paused(*KEY, **BY)
    for refused in (
        store.rankings.set_paused(*KEY, **BY),
        store.rankings.set_deadline(*KEY, 1, minutes(90), **BY),
        store.rankings.open_stage(*KEY, 1, a_stage(2), []),
    ):
        with pytest.raises(ConflictError):
            await refused
    await store.rankings.close_stage(*KEY, 1, minutes(7))
    await store.rankings.set_resumed(*KEY, actor=AMINA, at=minutes(8))
    assert await planned(store) == {}
    assert await current_deadline(store) == minutes(60)
    await store.rankings.set_paused(*KEY, **BY)
    await store.rankings.end_ranking(*KEY, 1, "cancelled", (), minutes(9), [])
    assert (await stored(store)).status == "cancelled"


@pytest.mark.usefixtures("ranking")
async def test_of_two_who_set_the_same_end_at_once_one_is_told(store: Store) -> None:
    setting = [store.rankings.set_deadline(*KEY, 1, minutes(90), **BY) for _ in range(2)]
    found = await asyncio.gather(*setting, return_exceptions=True)
    assert sorted(type(one).__name__ for one in found) == ["ConflictError", "RankingEvent"]
