"""Statements of one transaction, sent to PostgreSQL as few times as can be.

Each time something is sent and waited for costs more than most statements do. So what a script
asks for without wanting rows waits for the next statement whose rows it wants, or for the commit,
and goes out with it. Written on psycopg's own interface to libpq, which turns values into columns
and back; its cursors send each statement by itself.
"""

import asyncio
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeAlias, cast
from weakref import WeakKeyDictionary

from psycopg import AsyncConnection, OperationalError, errors
from psycopg.adapt import PyFormat, Transformer
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus
from psycopg.pq.abc import PGconn, PGresult

from storage.columns import bind
from storage.database import Row, Statement, Values

_NAMED = re.compile(r":([a-z_][a-z0-9_]*)")
_WITHOUT_ROWS = re.compile(r"\s*(INSERT|UPDATE|DELETE)\b(?!.*\bRETURNING\b)", re.DOTALL)
_FAILED = (ExecStatus.FATAL_ERROR, ExecStatus.PIPELINE_ABORTED)
_KNOWN_AFTER = 3
_KNOWN_AT_MOST = 300

_Key: TypeAlias = tuple[bytes, tuple[int, ...]]
"""A statement with the types of its values."""

_of_connection: WeakKeyDictionary[AsyncConnection[Any], "_Known"] = WeakKeyDictionary()


class _Known:
    """Which statements the server has prepared on a connection, and how often others were asked for."""

    def __init__(self) -> None:
        self.names: dict[_Key, bytes] = {}
        self.times: dict[_Key, int] = {}
        self.named = 0


class Pipeline:
    """One transaction on a connection that is in none; `mode` stands behind its BEGIN."""

    def __init__(self, connection: AsyncConnection[Any], mode: str) -> None:
        self._pgconn: PGconn = connection.pgconn
        self._transformer = Transformer(connection)
        self._known = _of_connection.setdefault(connection, _Known())
        self._waiting: list[Statement] = [(f"BEGIN {mode}", {})]
        self._loop = asyncio.get_running_loop()

    async def execute(self, statement: Statement) -> list[Row]:
        """The rows; none of a statement that has none, which may be sent later.

        :raises psycopg.Error: this one failed, or one before it that waited
        """
        self._waiting.append(statement)
        if wants_rows(statement[0]):
            return (await self._send())[-1]
        return []

    async def commit(self) -> None:
        """Send what waits, and commit with it."""
        self._waiting.append(("COMMIT", {}))
        await self._send()

    async def undo(self) -> None:
        """Leave the connection in no transaction, or closed."""
        self._waiting.clear()
        if self._pgconn.transaction_status in (TransactionStatus.INTRANS, TransactionStatus.INERROR):
            self._waiting.append(("ROLLBACK", {}))
            await self._send()
        elif self._pgconn.transaction_status == TransactionStatus.ACTIVE:
            self._pgconn.finish()

    async def _send(self) -> list[list[Row]]:
        """Send all that waits at once, and return the rows of each."""
        waiting, self._waiting = self._waiting, []
        self._pgconn.enter_pipeline_mode()
        try:
            prepared = [each for statement in waiting for each in self._queue(statement)]
            self._pgconn.pipeline_sync()
            await self._flush()
            found = await self._receive(prepared)
        except BaseException:
            if self._pgconn.transaction_status == TransactionStatus.ACTIVE:
                self._pgconn.finish()
            raise
        self._pgconn.exit_pipeline_mode()
        return found

    def _queue(self, statement: Statement) -> list[_Key | None]:
        """Give libpq the statement; for each result that will come, what it prepares, None if it has rows."""
        sql, values = statement
        sets = cast("Sequence[Values]", values) if isinstance(values, (list, tuple)) else [values]
        prepared: list[_Key | None] = []
        for each in sets:
            text, names = _numbered(sql)
            columns = bind(cast("Mapping[str, object]", each))
            given = [columns[name] for name in names]
            params = self._transformer.dump_sequence(given, [PyFormat.AUTO] * len(given))
            types, formats = self._transformer.types or (), self._transformer.formats
            name, is_new = self._prepared(text, types)
            if name is None:
                self._pgconn.send_query_params(text, params, types, formats)
            else:
                if is_new:
                    self._pgconn.send_prepare(name, text, types)
                    prepared.append((text, types))
                self._pgconn.send_query_prepared(name, params, formats)
            prepared.append(None)
        return prepared

    def _prepared(self, text: bytes, types: tuple[int, ...]) -> tuple[bytes | None, bool]:
        """The name of a statement that is asked for often, and whether it is still to be prepared."""
        known, key = self._known, (text, types)
        if (name := known.names.get(key)) is not None:
            return name, False
        times = known.times[key] = known.times.get(key, 0) + 1
        if times < _KNOWN_AFTER or len(known.names) >= _KNOWN_AT_MOST:
            return None, False
        known.named += 1
        name = known.names[key] = b"cg%d" % known.named
        return name, True

    async def _flush(self) -> None:
        while self._pgconn.flush():
            # The server may wait for us to read before it takes more.
            await self._until_ready(to_write=True)
            self._pgconn.consume_input()

    async def _receive(self, prepared: Sequence[_Key | None]) -> list[list[Row]]:
        """The rows of each statement, once all are done; :raises psycopg.Error: the first that failed."""
        rows: list[list[Row]] = []
        error: PGresult | None = None
        try:
            for key in prepared:
                result = await self._result()
                if result.status in _FAILED:
                    error = error or result
                    if key is not None:
                        del self._known.names[key]
                elif key is None:
                    rows.append(self._rows(result))
            await self._result()
        except OperationalError:
            # A server that stops says why before it hangs up.
            if error is None:
                raise
        if error is not None:
            if self._pgconn.status == ConnStatus.OK:
                self._pgconn.exit_pipeline_mode()
            raise errors.error_from_result(error)
        return rows

    async def _result(self) -> PGresult:
        """The next result; an empty one stands behind each, except behind the end of the pipeline."""
        while True:
            while self._pgconn.is_busy():
                await self._until_ready()
                self._pgconn.consume_input()
            if (result := self._pgconn.get_result()) is not None:
                return result
            if self._pgconn.status == ConnStatus.BAD:
                raise OperationalError("the connection was lost")

    async def _until_ready(self, *, to_write: bool = False) -> None:
        loop, number = self._loop, self._pgconn.socket
        ready = loop.create_future()
        loop.add_reader(number, _set, ready)
        if to_write:
            loop.add_writer(number, _set, ready)
        try:
            await ready
        finally:
            loop.remove_reader(number)
            if to_write:
                loop.remove_writer(number)

    def _rows(self, result: PGresult) -> list[Row]:
        if result.status != ExecStatus.TUPLES_OK:
            return []
        names = [(result.fname(at) or b"").decode() for at in range(result.nfields)]
        self._transformer.set_pgresult(result)
        return self._transformer.load_rows(
            0, result.ntuples, lambda values: dict(zip(names, values, strict=True))
        )


def _set(ready: asyncio.Future[None]) -> None:
    if not ready.done():
        ready.set_result(None)


@lru_cache(maxsize=1024)
def wants_rows(sql: str) -> bool:
    """Whether a statement has rows to return."""
    return _WITHOUT_ROWS.match(sql) is None


@lru_cache(maxsize=1024)
def _numbered(sql: str) -> tuple[bytes, tuple[str, ...]]:
    """The statement with `$1` for `:name`, and the names in the order of their numbers."""
    names: dict[str, int] = {}

    def number(found: re.Match[str]) -> str:
        return f"${names.setdefault(found[1], len(names) + 1)}"

    text = _NAMED.sub(number, sql)
    return text.encode(), tuple(names)
