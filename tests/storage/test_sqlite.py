"""What only the SQLite engine does: readers beside the writer, a file that outlives a kill."""

import asyncio
import contextlib
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from storage.open import open_store
from storage.records.rankings import Answer, Stage
from storage.sqlite_connection import connect
from storage.store import ConflictError, Store, UnavailableError
from tests.storage.examples import (
    BEN,
    WORKSPACE,
    a_message,
    a_ranking,
    a_stage,
    a_study,
    an_answer,
)
from tests.storage.sqlite_file import path, store

__all__ = ["path", "store"]


def held(gate: threading.Event, reached: threading.Event) -> Callable[[Stage, Answer | None], Answer]:
    """An edit that keeps the writer inside its transaction until the gate opens."""

    def edit(_stage: Stage, _: Answer | None) -> Answer:
        reached.set()
        assert gate.wait(20)
        return an_answer(BEN, "one")

    return edit


async def hold_writer(store: Store) -> tuple[threading.Event, asyncio.Task[Answer]]:
    await store.rankings.create_ranking(a_ranking(), a_stage(), [])
    gate, reached = threading.Event(), threading.Event()
    edit = held(gate, reached)
    task = asyncio.create_task(store.rankings.edit_answer(WORKSPACE, "R1", 1, BEN, edit))
    assert await asyncio.to_thread(reached.wait, 20)
    return gate, task


async def test_readers_do_not_wait_for_the_writer(store: Store) -> None:
    gate, task = await hold_writer(store)
    assert await store.rankings.get_ranking(WORKSPACE, "R1") == a_ranking()
    assert await store.rankings.get_answer(WORKSPACE, "R1", 1, BEN) is None
    gate.set()
    await task
    assert await store.rankings.get_answer(WORKSPACE, "R1", 1, BEN) == an_answer(BEN, "one")


async def test_of_writes_committed_together_one_that_fails_fails_alone(store: Store) -> None:
    gate, task = await hold_writer(store)
    studies = [store.case_studies.create_case_study(a_study(study_id)) for study_id in ("A", "B", "A", "C")]
    waiting = asyncio.gather(*studies, return_exceptions=True)
    await asyncio.sleep(0)
    gate.set()
    results = await waiting
    await task
    assert [type(result) for result in results] == [type(None), type(None), ConflictError, type(None)]
    assert {study.id async for study in store.case_studies.all_case_studies(WORKSPACE)} == {"A", "B", "C"}


async def test_a_cancelled_caller_stops_nothing(store: Store) -> None:
    gate, task = await hold_writer(store)
    second = asyncio.create_task(store.messages.add_message(a_message()))
    await asyncio.sleep(0)
    for each in (task, second):
        each.cancel()
        with pytest.raises(asyncio.CancelledError):
            await each
    gate.set()
    await store.check_writable()
    assert await store.rankings.list_answers(WORKSPACE, "R1", 1) == [an_answer(BEN, "one")]
    assert await store.messages.get_message(WORKSPACE, a_message().id) == a_message()


async def test_closing_finishes_what_waits(path: str) -> None:
    store = await open_store(f"sqlite:///{path}")
    gate, task = await hold_writer(store)
    later = asyncio.create_task(store.messages.add_message(a_message()))
    await asyncio.sleep(0)
    closing = asyncio.create_task(store.close())
    await asyncio.sleep(0)
    gate.set()
    await closing
    assert await later
    assert await task == an_answer(BEN, "one")
    again = await open_store(f"sqlite:///{path}")
    assert await again.messages.get_message(WORKSPACE, a_message().id) == a_message()
    await again.close()


async def test_a_closed_store_says_so(path: str) -> None:
    store = await open_store(f"sqlite:///{path}")
    await store.close()
    with pytest.raises(UnavailableError, match="has been closed"):
        await store.check_writable()
    with pytest.raises(UnavailableError, match="has been closed"):
        await store.messages.dirty_messages()
    await store.close()


async def test_memory_holds_a_store() -> None:
    store = await open_store("sqlite:///:memory:")
    await store.case_studies.create_case_study(a_study())
    assert await store.case_studies.get_case_study(WORKSPACE, "S1") == a_study()
    await store.close()


async def test_a_commit_waits_for_the_disk(path: str) -> None:
    with contextlib.closing(connect(path)) as connection:
        found = {
            name: connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


async def test_two_processes_may_use_one_file(path: str, store: Store) -> None:
    second = await open_store(f"sqlite:///{path}")
    await asyncio.gather(
        *(
            each.case_studies.create_case_study(a_study(f"{name}{number}"))
            for number in range(20)
            for name, each in (("a", store), ("b", second))
        )
    )
    assert len([study async for study in store.case_studies.all_case_studies(WORKSPACE)]) == 40
    await second.close()


_VOTER = """
import asyncio, sys
from storage.open import open_store
from storage.records.people import Person
from tests.storage.examples import WORKSPACE, a_ranking, a_stage, an_answer, answering, seats
from tests.storage.sqlite_file import path, store

__all__ = ["path", "store"]

async def main(path):
    store = await open_store(f"sqlite:///{path}")
    people = [Person("T1", f"U{number}") for number in range(40)]
    await store.rankings.create_ranking(a_ranking(participants=seats(*people)), a_stage(), [])
    async def vote(person):
        number = 0
        while True:
            number += 1
            answer = an_answer(person, str(number), complete=number % 2 == 1)
            await store.rankings.edit_answer(WORKSPACE, "R1", 1, person, answering(answer))
            print(person.user_id, number, flush=True)
    await asyncio.gather(*(vote(person) for person in people))

asyncio.run(main(sys.argv[1]))
"""


async def test_what_was_acknowledged_survives_a_kill(path: str) -> None:
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _VOTER, path, stdout=asyncio.subprocess.PIPE, cwd=Path(__file__).parents[2]
    )
    assert child.stdout
    lines = [await child.stdout.readline() for _ in range(400)]
    child.send_signal(signal.SIGKILL)
    lines += (await child.stdout.read()).splitlines(keepends=True)
    await child.wait()
    acknowledged: dict[str, int] = {}
    for line in lines:
        # The kill may have cut the last line short.
        if line.endswith(b"\n"):
            user_id, number = line.decode().split()
            acknowledged[user_id] = int(number)
    store = await open_store(f"sqlite:///{path}")
    answers = await store.rankings.list_answers(WORKSPACE, "R1", 1)
    (stage,) = await store.rankings.list_stages(WORKSPACE, "R1")
    await store.close()
    kept = {answer.person.user_id: int(answer.choice[0]) for answer in answers}
    # Each voter waits for an acknowledgement before the next vote, so at most one more was on its way.
    assert len(acknowledged) == 40
    assert all(kept[user_id] - number in {0, 1} for user_id, number in acknowledged.items())
    assert stage.answered == sum(answer.complete for answer in answers)
