"""The SQLite engine: one writer that commits in groups, readers that never wait for it."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from functools import partial
from typing import ParamSpec, TypeVar

from storage.database import Committed, Engine, Script, untold
from storage.sqlite_connection import MEMORY, PRESS_SECONDS, connect, empty_log, in_words, run_script
from storage.sqlite_writer import Writer
from storage.store import UnavailableError

P = ParamSpec("P")
T = TypeVar("T")

_READERS = 4
_SCRUB_SECONDS = 0.5
_SCRUB_EVERY = 5.0


class SqliteDatabase:
    """`Database` on one file, or on memory that lives as long as this object."""

    engine: Engine = "sqlite"

    def __init__(self, path: str, connection: sqlite3.Connection, committed: Committed = untold) -> None:
        """Take over `connection`, which must not be used elsewhere any more."""
        self.written = asyncio.Event()
        self._path = path
        self._writer = Writer(path, connection, committed)
        self._readers = ThreadPoolExecutor(_READERS, thread_name_prefix="sqlite-reader")
        self._of_thread = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._scrubbing: asyncio.Task[None] | None = None
        self._closed = False

    async def read(self, script: Callable[P, Script[T]], *args: P.args, **kwargs: P.kwargs) -> T:
        start = partial(script, *args, **kwargs)
        if self._path == MEMORY:
            return await self._writer.run(start)
        if self._closed:
            raise UnavailableError("The database has been closed.")
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._read, start)

    async def write(self, script: Callable[P, Script[T]], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self.write_many(1, script, *args, **kwargs)

    async def write_many(
        self, writes: int, script: Callable[P, Script[T]], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        result = await self._writer.run(partial(script, *args, **kwargs), writes)
        self.written.set()
        return result

    async def scrub(self, *, everything: bool = False) -> None:
        """Empty the write-ahead log, which holds pages as they were before: of all tables at any time."""
        if self._path == MEMORY:
            return
        if not await asyncio.to_thread(_empty_log, self._path) and self._scrubbing is None:
            self._scrubbing = asyncio.create_task(self._scrub_later())

    async def _scrub_later(self) -> None:
        """Try again until no reader, such as a backup, needs the log any more."""
        emptied = False
        while not emptied:
            await asyncio.sleep(_SCRUB_EVERY)
            emptied = await asyncio.to_thread(_empty_log, self._path)
        self._scrubbing = None

    async def close(self) -> None:
        self._closed = True
        if self._scrubbing:
            self._scrubbing.cancel()
        await self._writer.close()
        await asyncio.to_thread(self._readers.shutdown)
        while self._connections:
            self._connections.pop().close()

    def _read(self, start: Callable[[], Script[T]]) -> T:
        with in_words(self._path):
            connection = self._reader()
            connection.execute("BEGIN")
            try:
                return run_script(connection, start())
            finally:
                connection.execute("ROLLBACK")

    def _reader(self) -> sqlite3.Connection:
        """The thread's connection to the file that the writer has open."""
        opening = self._writer.opening
        connection: sqlite3.Connection | None = getattr(self._of_thread, "connection", None)
        if connection and self._of_thread.opening != opening:
            self._of_thread.connection = None
            self._connections.remove(connection)
            connection.close()
            connection = None
        if connection is None:
            connection = connect(self._path, query_only=True, patience=PRESS_SECONDS)
            self._of_thread.connection, self._of_thread.opening = connection, opening
            self._connections.append(connection)
        return connection


def _empty_log(path: str) -> bool:
    with suppress(UnavailableError), in_words(path), closing(connect(path, create=False)) as connection:
        # Somebody waits for the answer, and Slack gives them three seconds.
        connection.execute(f"PRAGMA busy_timeout = {int(_SCRUB_SECONDS * 1000)}")
        return empty_log(connection)
    return False
