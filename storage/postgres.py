"""The PostgreSQL engine: a pool of connections, each script in one transaction."""

import asyncio
import logging
import random
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import ParamSpec, TypeVar, cast

import psycopg
from psycopg import AsyncConnection
from psycopg.errors import DeadlockDetected, SerializationFailure
from psycopg.rows import DictRow, dict_row
from psycopg_pool import AsyncConnectionPool, PoolClosed, PoolTimeout

from storage.data_sheet.tables import TABLES
from storage.database import Committed, Engine, Script, untold
from storage.postgres_connection import dsn, refusal_in_words
from storage.postgres_pipeline import Pipeline
from storage.store import UnavailableError

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

_CONNECTIONS = 10
# Slack gives whoever presses three seconds, and a refusal in words must come within them.
_WAIT_SECONDS = 2
# More than the second after which a server looks for two that wait for each other.
_LOCK_SECONDS = 2
_ATTEMPTS = 8
# A reader sees one moment; a writer that waited for a lock sees what the other did.
_READING = "ISOLATION LEVEL REPEATABLE READ READ ONLY"
_WRITING = "ISOLATION LEVEL READ COMMITTED"
_VACUUM = "VACUUM answers, ranking_keys"
_VACUUM_ALL = f"VACUUM (ANALYZE) {', '.join(TABLES)}"


class PostgresDatabase:
    """`Database` on a server."""

    engine: Engine = "postgresql"

    def __init__(self, url: str, committed: Committed = untold) -> None:
        self._committed = committed
        self.written = asyncio.Event()
        self._pool = AsyncConnectionPool(
            dsn(url),
            connection_class=AsyncConnection[DictRow],
            kwargs={"row_factory": dict_row},
            min_size=1,
            max_size=_CONNECTIONS,
            timeout=_WAIT_SECONDS,
            # Longer attempts to connect are further and further apart; the next press begins a new one.
            reconnect_timeout=_WAIT_SECONDS,
            configure=_configure,
            open=False,
        )

    async def open(self) -> None:
        await self._pool.open()

    async def read(self, script: Callable[P, Script[T]], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._run(partial(script, *args, **kwargs), writes=0)

    async def write(self, script: Callable[P, Script[T]], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self.write_many(1, script, *args, **kwargs)

    async def write_many(
        self, writes: int, script: Callable[P, Script[T]], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        result = await self._run(partial(script, *args, **kwargs), writes=writes)
        self.written.set()
        return result

    async def scrub(self, *, everything: bool = False) -> None:
        """Drop the old versions of rows: which transaction wrote them says who answered when.

        With `everything` those of all tables, and what the planner remembers of values that were there.
        """
        try:
            async with self._connection() as connection:
                await connection.set_autocommit(True)
                try:
                    await connection.execute(_VACUUM_ALL if everything else _VACUUM)
                finally:
                    await connection.set_autocommit(False)
        except (psycopg.Error, PoolClosed, PoolTimeout) as error:
            log.warning("Deleted rows could not be cleared away: %s", type(error).__name__)

    async def close(self) -> None:
        await self._pool.close()

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[AsyncConnection[DictRow]]:
        """One of the pool's, which waits with `asyncio.wait_for`.

        Up to Python 3.11 that forgets to cancel a task whose wait ends at the same moment.
        """
        task = cast("asyncio.Task[object]", asyncio.current_task())
        cancelled_before = task.cancelling()
        async with self._pool.connection() as connection:
            if task.cancelling() > cancelled_before:
                raise asyncio.CancelledError
            yield connection

    async def _run(self, start: Callable[[], Script[T]], *, writes: int) -> T:
        """Run a script in a transaction, again if it lost against another or found its connection dead."""
        read_only = not writes
        for attempt in range(1, _ATTEMPTS + 1):
            # Once a commit has been asked for, nobody can say whether doing it all again would do it twice.
            committing = False
            connection: AsyncConnection[DictRow] | None = None
            try:
                async with self._connection() as connection:
                    began = time.perf_counter()
                    pipeline = Pipeline(connection, _READING if read_only else _WRITING)
                    try:
                        result = await _run_script(pipeline, start())
                        committing = not read_only
                        await pipeline.commit()
                    except BaseException:
                        await pipeline.undo()
                        raise
                    if not read_only:
                        self._committed(writes, time.perf_counter() - began)
                    return result
            except (SerializationFailure, DeadlockDetected) as error:
                if attempt == _ATTEMPTS:
                    raise UnavailableError("The PostgreSQL database is too busy; try again.") from error
                await asyncio.sleep(random.uniform(0, 0.01 * 2**attempt))
            except PoolClosed as error:
                raise UnavailableError("The database has been closed.") from error
            except PoolTimeout as error:
                raise UnavailableError(
                    "The PostgreSQL database cannot be used: it cannot be reached or is too busy."
                ) from error
            except psycopg.Error as error:
                if connection and connection.closed and not committing and attempt < _ATTEMPTS:
                    await self._pool.check()
                    continue
                refusal = refusal_in_words(error)
                if refusal is None:
                    raise
                raise refusal from error
        raise AssertionError("the last attempt returns or raises")


async def _configure(connection: AsyncConnection[DictRow]) -> None:
    await connection.set_autocommit(True)
    await connection.execute(f"SET lock_timeout = '{_LOCK_SECONDS}s'")
    await connection.set_autocommit(False)


async def _run_script(pipeline: Pipeline, script: Script[T]) -> T:
    try:
        statement = next(script)
        while True:
            statement = script.send(await pipeline.execute(statement))
    except StopIteration as done:
        return cast(T, done.value)
    finally:
        script.close()
