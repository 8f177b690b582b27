"""Connections to an SQLite file, and what SQLite's refusals mean in plain words."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TypeVar, cast

from storage.columns import bind
from storage.database import Row, Script, Statement, Values
from storage.store import UnavailableError

T = TypeVar("T")

MEMORY = ":memory:"
BUSY_SECONDS = 5
"""How long to wait for another program that has the file locked, when nobody waits for an answer."""
PRESS_SECONDS = 1.0
"""The same while somebody does: Slack gives them three, and they may have queued behind another's wait."""
_ROW_LOCK = re.compile(r"\s+FOR (NO KEY UPDATE|UPDATE|SHARE)( OF \w+)?( SKIP LOCKED)?\s*(?=\)|$)")
_REFUSALS = {
    "SQLITE_AUTH": "it may not be used by this program",
    "SQLITE_BUSY": "another program keeps it locked; stop that program, then try again",
    "SQLITE_CANTOPEN": "it cannot be opened; check that it is a file and that its folder may be used",
    "SQLITE_CORRUPT": "it is damaged; put a backup in its place",
    "SQLITE_FULL": "the disk is full; make room, then try again",
    "SQLITE_IOERR": "the disk gave an error; check the disk",
    "SQLITE_LOCKED": "another program keeps it locked; stop that program, then try again",
    "SQLITE_NOTADB": "it is not a database; name another file, or move this one away",
    "SQLITE_PERM": "this program has no right to use it",
    "SQLITE_PROTOCOL": "another program keeps it locked; stop that program, then try again",
    "SQLITE_READONLY": "it can be read but not written; check the rights of the file and its folder",
}


def connect(
    path: str, *, query_only: bool = False, create: bool = True, patience: float | None = None
) -> sqlite3.Connection:
    """Open a connection that any one thread at a time may use, transactions left to the caller.

    :raises UnavailableError: the file cannot be used
    """
    mode = "rwc" if create and not query_only else "rw"
    name = path if path == MEMORY else f"{Path(path).absolute().as_uri()}?mode={mode}"
    with in_words(path):
        connection = sqlite3.connect(
            name,
            uri=True,
            timeout=BUSY_SECONDS if patience is None else patience,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")
            # What has been deleted, the key of an anonymous ranking above all, is written over.
            connection.execute("PRAGMA secure_delete = ON")
            if query_only:
                connection.execute("PRAGMA query_only = ON")
            else:
                connection.execute("PRAGMA journal_mode = WAL")
        except BaseException:
            connection.close()
            raise
    return connection


def empty_log(connection: sqlite3.Connection) -> bool:
    """Move the write-ahead log into the database and empty it; False when others read it still."""
    return not connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]


def run_script(connection: sqlite3.Connection, script: Script[T]) -> T:
    """Run a script inside whatever transaction is open and return its result."""
    try:
        statement = next(script)
        while True:
            statement = script.send(_execute(connection, statement))
    except StopIteration as done:
        return cast(T, done.value)
    finally:
        script.close()


@contextmanager
def in_words(path: str) -> Iterator[None]:
    """Turn SQLite's refusals into UnavailableError; mistakes in our SQL stay what they are."""
    try:
        yield
    except sqlite3.Error as error:
        refusal = refusal_in_words(path, error)
        if refusal is None:
            raise
        raise refusal from error


def refusal_in_words(path: str, error: BaseException) -> UnavailableError | None:
    """Return what to tell people, or None when the error is not the file's or the disk's."""
    name = getattr(error, "sqlite_errorname", None) or ""
    words = _REFUSALS.get("_".join(name.split("_")[:2]))
    if words is None:
        return None
    refusal = UnavailableError(f"The database {path} cannot be used: {words}.")
    refusal.__cause__ = error
    return refusal


def _execute(connection: sqlite3.Connection, statement: Statement) -> list[Row]:
    sql, values = statement
    sql = _without_row_lock(sql)
    if isinstance(values, (list, tuple)):
        connection.executemany(sql, [bind(each) for each in values])
        return []
    return cast("list[Row]", connection.execute(sql, bind(cast("Values", values))).fetchall())


@lru_cache(maxsize=512)
def _without_row_lock(sql: str) -> str:
    return _ROW_LOCK.sub("", sql)
