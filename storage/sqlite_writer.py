"""One thread that commits the writes of many callers together.

A commit costs a wait for the disk, whatever it holds. So the writer takes every
write that waits into one transaction, and answers the callers once the commit is
on disk. When one fails half-way, the others are run again, each in a savepoint of
its own, so that it fails alone.
"""

import asyncio
import sqlite3
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from storage.database import Committed, Script, untold
from storage.sqlite_connection import refusal_in_words, run_script
from storage.sqlite_file import FileInUse
from storage.store import UnavailableError

T = TypeVar("T")

# Bounds how long the first caller of a batch waits for the last.
_BATCH = 256


@dataclass(slots=True, eq=False)
class _Job:
    start: Callable[[], Script[Any]]
    future: asyncio.Future[Any]
    writes: int
    result: object = None
    error: BaseException | None = None


class Writer:
    """Runs scripts on its own connection, which it closes at the end."""

    def __init__(self, path: str, connection: sqlite3.Connection, committed: Committed = untold) -> None:
        self._path = path
        self._connection = connection
        self._committed = committed
        self._file = FileInUse(path)
        # Grows when the file had to be opened anew, which whoever reads has to follow.
        self.opening = 1
        self._jobs: SimpleQueue[list[_Job] | None] = SimpleQueue()
        self._gathered: dict[asyncio.AbstractEventLoop, list[_Job]] = {}
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="sqlite-writer", daemon=True)
        self._thread.start()

    async def run(self, start: Callable[[], Script[T]], writes: int = 1) -> T:
        """Run a script to its end and commit it; `writes` says how many asked for what it does.

        A caller that is cancelled stops waiting; what it asked for is still done.
        :raises UnavailableError: the database cannot be written, or has been closed
        """
        if self._closed:
            raise UnavailableError("The database has been closed.")
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        if loop not in self._gathered:
            self._gathered[loop] = []
            loop.call_soon(self._hand_over, loop)
        self._gathered[loop].append(_Job(start, future, writes))
        return await future

    def _hand_over(self, loop: asyncio.AbstractEventLoop) -> None:
        """Give the thread at once all that came in one turn of the loop; sooner it would stand in its way."""
        self._jobs.put(self._gathered.pop(loop, []))

    async def close(self) -> None:
        """Finish what waits, then let go of the connection."""
        if not self._closed:
            self._closed = True
            for loop in list(self._gathered):
                self._hand_over(loop)
            self._jobs.put(None)
        await asyncio.to_thread(self._thread.join)

    def _work(self) -> None:
        while batch := self._next_batch():
            self._commit(batch)
            if not self._file.is_in_place():
                self._follow_file(batch)
            _answer(batch)
        self._connection.close()

    def _next_batch(self) -> list[_Job]:
        """Wait for jobs and take those behind them; empty once the queue has been closed."""
        batch: list[_Job] = []
        with suppress(Empty):
            while len(batch) < _BATCH:
                jobs = self._jobs.get(block=not batch)
                if jobs is None:
                    if batch:
                        self._jobs.put(None)
                    break
                batch += jobs
        return batch

    def _commit(self, batch: list[_Job]) -> None:
        began = time.perf_counter()
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            if not all(self._attempt(job) for job in batch):
                self._connection.rollback()
                self._connection.execute("BEGIN IMMEDIATE")
                for job in batch:
                    self._attempt_alone(job)
            self._connection.execute("COMMIT")
        except BaseException as error:
            # Whatever it was, the callers must hear of it and the next batch must begin clean.
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")
            self._refuse(batch, error)
        else:
            self._committed(sum(job.writes for job in batch), time.perf_counter() - began)

    def _follow_file(self, batch: list[_Job]) -> None:
        """Go on with the file that is at the path now, and acknowledge only what that holds."""
        try:
            opened, holds_batch = self._file.reopen(self._connection)
        except Exception as error:
            self._refuse(batch, error)
            return
        self._connection.close()
        self._connection = opened
        self.opening += 1
        if not holds_batch:
            words = f"The database {self._path} was replaced by another file while in use; try again."
            self._refuse(batch, UnavailableError(words))

    def _refuse(self, batch: list[_Job], error: BaseException) -> None:
        for job in batch:
            job.error = refusal_in_words(self._path, error) or error

    def _attempt(self, job: _Job) -> bool:
        """Run a job as one of many; False when it failed after it had changed something."""
        before = self._connection.total_changes
        try:
            job.result = run_script(self._connection, job.start())
        except BaseException as error:
            if self._connection.total_changes != before or not self._connection.in_transaction:
                return False
            job.error = refusal_in_words(self._path, error) or error
        return True

    def _attempt_alone(self, job: _Job) -> None:
        """Run a job again, so that only its own work is undone if it fails."""
        job.result, job.error = None, None
        self._connection.execute("SAVEPOINT job")
        try:
            job.result = run_script(self._connection, job.start())
        except BaseException as error:
            if not self._connection.in_transaction:
                # SQLite undid everybody's work, as it does when the disk is full.
                raise
            self._connection.execute("ROLLBACK TO job")
            job.error = refusal_in_words(self._path, error) or error
        self._connection.execute("RELEASE job")


def _answer(batch: list[_Job]) -> None:
    by_loop = defaultdict(list)
    for job in batch:
        by_loop[job.future.get_loop()].append(job)
    for loop, jobs in by_loop.items():
        # A loop that has been closed has nobody left to tell.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(_resolve, jobs)


def _resolve(jobs: list[_Job]) -> None:
    for job in jobs:
        if job.future.done():
            continue
        if job.error is None:
            job.future.set_result(job.result)
        else:
            job.future.set_exception(job.error)
