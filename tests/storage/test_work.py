"""Work by the clock: each piece claimed by one, and again when its lease has run out."""

import asyncio
from dataclasses import replace

from storage.open import open_store
from storage.records.work import Work
from storage.store import Store
from tests.storage.examples import WORKSPACE, minutes


async def plan(store: Store, work_id: str, minute: int, workspace_id: str = WORKSPACE) -> None:
    await store.work.plan(workspace_id, work_id, "ranking.deadline", "R1:1", minutes(minute))


async def claimed(store: Store, minute: int, lease_seconds: float = 60, limit: int = 10) -> list[str]:
    return [work.id for work in await store.work.claim(minutes(minute), lease_seconds, limit)]


async def test_work_is_claimed_once_it_is_due_oldest_first(store: Store) -> None:
    for work_id, minute in [("late", 9), ("second", 2), ("first", 1)]:
        await plan(store, work_id, minute)
    await plan(store, "elsewhere", 3, "T0ELSE")
    assert await store.work.claim(minutes(0), 60, 10) == []
    assert await store.work.claim(minutes(4), 60, 1) == [
        Work(WORKSPACE, "first", "ranking.deadline", "R1:1", minutes(1), minutes(5), 1)
    ]
    assert await claimed(store, 4) == ["second", "elsewhere"]
    assert await claimed(store, 4) == []


async def test_a_lease_that_ran_out_is_claimed_again(store: Store) -> None:
    await plan(store, "one", 1)
    (first,) = await store.work.claim(minutes(2), 60, 10)
    (second,) = await store.work.claim(minutes(3), 60, 10)
    assert second == replace(first, claimed_until=minutes(4), attempts=2)
    await store.work.finish(first)
    assert await claimed(store, 5) == ["one"]


async def test_a_claim_from_a_clock_that_was_wrong_is_not_waited_for(store: Store) -> None:
    await plan(store, "one", 1)
    assert await claimed(store, 600) == ["one"]
    assert await claimed(store, 2) == ["one"]
    assert await claimed(store, 2) == []


async def test_what_is_finished_or_cancelled_is_gone(store: Store) -> None:
    await plan(store, "one", 1)
    await plan(store, "two", 1)
    await store.work.cancel(WORKSPACE, "one")
    await store.work.cancel(WORKSPACE, "unknown")
    (work,) = await store.work.claim(minutes(2), 60, 10)
    await store.work.finish(work)
    assert await claimed(store, 60) == []


async def test_what_is_planned_anew_outlives_the_claim_before(store: Store) -> None:
    await plan(store, "one", 1)
    (work,) = await store.work.claim(minutes(2), 60, 10)
    await plan(store, "one", 5)
    await store.work.finish(work)
    await store.work.postpone(work, minutes(50))
    assert await claimed(store, 4) == []
    (again,) = await store.work.claim(minutes(6), 60, 10)
    assert (again.due_at, again.attempts) == (minutes(5), 1)


async def test_postponed_work_keeps_its_count_of_attempts(store: Store) -> None:
    await plan(store, "one", 1)
    (work,) = await store.work.claim(minutes(2), 60, 10)
    await store.work.postpone(work, minutes(8))
    assert await claimed(store, 7) == []
    (again,) = await store.work.claim(minutes(8), 60, 10)
    assert again.attempts == 2


async def test_several_processes_never_claim_the_same(store: Store, url: str) -> None:
    others = [await open_store(url) for _ in range(3)]
    for number in range(40):
        await plan(store, f"work-{number:02}", 1)
    rounds = await asyncio.gather(*(claimed(each, 2, limit=3) for each in [store, *others] * 4))
    found = [work_id for part in rounds for work_id in part]
    assert len(found) == len(set(found))
    assert all(len(part) <= 3 for part in rounds)
    found += await claimed(store, 2, limit=50)
    assert sorted(found) == [f"work-{number:02}" for number in range(40)]
    for other in others:
        await other.close()
