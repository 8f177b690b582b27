"""Who sends the messages of a workspace: one process at a time, and another when it dies."""

import asyncio

from storage.open import open_store
from storage.store import Store
from tests.storage.examples import minutes

HARBOUR, MOOR = "T0HARBOUR", "T0MOOR"


async def test_a_workspace_is_held_by_one_until_the_lease_runs_out(store: Store) -> None:
    hold = store.messages.hold_workspaces
    assert await hold([HARBOUR, MOOR], "first", minutes(0), 60) == {HARBOUR, MOOR}
    assert await hold([HARBOUR, MOOR, "T0MILL"], "second", minutes(0.5), 60) == {"T0MILL"}
    assert await hold([HARBOUR], "second", minutes(1), 60) == {HARBOUR}
    assert await hold([HARBOUR], "first", minutes(1), 60) == set()


async def test_a_lease_is_renewed_by_its_holder(store: Store) -> None:
    hold = store.messages.hold_workspaces
    await hold([HARBOUR], "first", minutes(0), 60)
    assert await hold([HARBOUR], "first", minutes(0.9), 60) == {HARBOUR}
    assert await hold([HARBOUR], "second", minutes(1.5), 60) == set()


async def test_who_stops_lets_others_go_on_at_once(store: Store) -> None:
    hold = store.messages.hold_workspaces
    await hold([HARBOUR, MOOR], "first", minutes(0), 60)
    await store.messages.release_workspaces([HARBOUR], "first")
    await store.messages.release_workspaces([MOOR], "second")
    assert await hold([HARBOUR, MOOR], "second", minutes(0), 60) == {HARBOUR}


async def test_a_lease_from_a_clock_that_was_wrong_is_not_waited_for(store: Store) -> None:
    hold = store.messages.hold_workspaces
    await hold([HARBOUR], "first", minutes(600), 60)
    assert await hold([HARBOUR], "second", minutes(0), 60) == {HARBOUR}


async def test_of_several_processes_one_gets_each_workspace(store: Store, url: str) -> None:
    others = [await open_store(url) for _ in range(3)]
    every = [f"T0{number:02}" for number in range(20)]
    rounds = await asyncio.gather(
        *(
            each.messages.hold_workspaces(every, str(number), minutes(0), 60)
            for number, each in enumerate([store, *others])
        )
    )
    assert sorted(workspace_id for held in rounds for workspace_id in held) == every
    for other in others:
        await other.close()
