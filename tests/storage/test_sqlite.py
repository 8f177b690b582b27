"""What only the SQLite engine does: commits in groups, readers beside the writer, refusals in words."""

import asyncio
import contextlib
import signal
import sqlite3
import sys
import threading
from collections.abc import AsyncIterator, Callable
from functools import partial
from pathlib import Path

import pytest

from storage import sqlite_connection
from storage.database import Committed, Script, untold
from storage.open import open_store
from storage.records.rankings import Answer, Stage
from storage.sqlite_connection import connect
from storage.sqlite_writer import Writer
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


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "store.db")


@pytest.fixture
async def store(path: str) -> AsyncIterator[Store]:
    opened = await open_store(f"sqlite:///{path}")
    yield opened
    await opened.close()


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


def insert(number: int) -> Script[int]:
    yield "INSERT INTO numbers (number) VALUES (:number)", {"number": number}
    return number


@contextlib.asynccontextmanager
async def writer_of(
    path: str, connection: sqlite3.Connection, committed: Committed = untold
) -> AsyncIterator[Writer]:
    writer = Writer(path, connection, committed)
    yield writer
    await writer.close()


async def test_writes_that_wait_share_one_commit(path: str) -> None:
    said: list[str] = []
    told: list[int] = []
    connection = connect(path)
    connection.execute("CREATE TABLE numbers (number INTEGER NOT NULL)")
    connection.set_trace_callback(said.append)
    gate, reached = threading.Event(), threading.Event()

    def first() -> Script[None]:
        reached.set()
        assert gate.wait(20)
        yield "SELECT 1", {}

    async with writer_of(path, connection, lambda writes, _seconds: told.append(writes)) as writer:
        holding = asyncio.create_task(writer.run(first))
        assert await asyncio.to_thread(reached.wait, 20)
        waiting = asyncio.gather(*(writer.run(partial(insert, number)) for number in range(40)))
        await asyncio.sleep(0)
        gate.set()
        await holding
        assert await waiting == list(range(40))
    assert said.count("COMMIT") == 2
    assert told == [1, 40]


async def test_one_that_fails_half_way_is_undone_and_the_others_are_kept(path: str) -> None:
    connection = connect(path)
    connection.execute("CREATE TABLE numbers (number INTEGER NOT NULL)")
    told: list[int] = []

    def fail_after(number: int) -> Script[int]:
        yield from insert(number)
        raise ConflictError("too late")

    async with writer_of(path, connection, lambda writes, _seconds: told.append(writes)) as writer:
        one, failed, other = await asyncio.gather(
            writer.run(partial(insert, 1)),
            writer.run(partial(fail_after, 2)),
            writer.run(partial(insert, 3)),
            return_exceptions=True,
        )
        assert (one, other) == (1, 3)
        assert isinstance(failed, ConflictError)
        with contextlib.closing(connect(path, query_only=True)) as reader:
            assert [number for (number,) in reader.execute("SELECT number FROM numbers")] == [1, 3]
    assert told == [3]


async def test_a_full_disk_is_told_and_got_over(path: str) -> None:
    connection = connect(path)
    connection.execute("CREATE TABLE numbers (number INTEGER NOT NULL, ballast TEXT)")
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")

    def fill() -> Script[None]:
        yield "INSERT INTO numbers (number, ballast) VALUES (1, :ballast)", {"ballast": "x" * 100_000}

    def make_room() -> Script[None]:
        yield "PRAGMA max_page_count = 1000000", {}

    async with writer_of(path, connection) as writer:
        with pytest.raises(UnavailableError, match=r"store\.db cannot be used: the disk is full") as raised:
            await writer.run(fill)
        assert isinstance(raised.value.__cause__, sqlite3.OperationalError)
        await writer.run(make_room)
        await writer.run(fill)


async def test_a_file_that_cannot_be_written_is_told(path: str) -> None:
    connect(path).close()
    async with writer_of(path, connect(path, query_only=True)) as writer:
        with pytest.raises(UnavailableError, match="can be read but not written"):
            await writer.run(lambda: insert(1))


async def test_a_mistake_in_sql_is_not_dressed_up(path: str) -> None:
    async with writer_of(path, connect(path)) as writer:
        with pytest.raises(sqlite3.OperationalError, match="no such table"):
            await writer.run(lambda: insert(1))


async def test_a_file_locked_by_another_program_is_told(
    path: str, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await store.check_writable()
    monkeypatch.setattr(sqlite_connection, "BUSY_SECONDS", 0.01)
    second = await open_store(f"sqlite:///{path}")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(UnavailableError, match="another program keeps it locked"):
        await second.check_writable()
    other.close()
    await second.check_writable()
    await second.close()


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


def garbage(path: Path) -> None:
    path.write_text("This is a letter, not a database. " * 50)


def folder(path: Path) -> None:
    path.mkdir()


def file_for_folder(path: Path) -> None:
    path.parent.write_text("a file where the folder should be")


def damaged(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE t (x)")
        connection.executemany("INSERT INTO t VALUES (?)", [("x" * 500,)] * 100)
        connection.commit()
    content = bytearray(path.read_bytes())
    content[100:4096] = b"\xff" * 3996
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("spoil", "name", "words"),
    [
        (garbage, "store.db", "it is not a database"),
        (folder, "store.db", "cannot be opened"),
        (file_for_folder, "folder/store.db", "cannot be made"),
        (damaged, "store.db", "it is damaged"),
    ],
)
async def test_a_spoilt_place_is_told(
    tmp_path: Path, spoil: Callable[[Path], None], name: str, words: str
) -> None:
    spoil(tmp_path / name)
    with pytest.raises(UnavailableError, match=words):
        await open_store(f"sqlite:///{tmp_path}/{name}")


async def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    store = await open_store(f"sqlite:///{tmp_path}/some/where/store.db")
    await store.check_writable()
    await store.close()
    assert (tmp_path / "some/where/store.db").is_file()


_VOTER = """
import asyncio, sys
from storage.open import open_store
from storage.records.people import Person
from tests.storage.examples import WORKSPACE, a_ranking, a_stage, an_answer, answering, seats

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
