"""Writes of one SQLite file, committed in groups: one that fails fails alone, a full disk is told."""

import asyncio
import contextlib
import sqlite3
import threading
from collections.abc import AsyncIterator
from functools import partial

import pytest

from storage.database import Committed, Script, untold
from storage.sqlite_connection import connect
from storage.sqlite_writer import Writer
from storage.store import ConflictError, UnavailableError
from tests.storage.sqlite_file import path

__all__ = ["path"]


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
