"""From an address to a store.

An address is `sqlite:///relative/path.db`, `sqlite:////absolute/path.db`,
`sqlite:///:memory:`, or `postgresql://…` (`postgres://…` too).
"""

import asyncio
from datetime import UTC, datetime

from storage import sqlite_admin
from storage.case_studies import SqlCaseStudies
from storage.database import Database, Script
from storage.messages import SqlMessages
from storage.rankings import SqlRankings
from storage.sqlite import SqliteDatabase
from storage.sqlite_connection import connect
from storage.store import CaseStudyStore, MessageStore, RankingStore, Store, UnavailableError

_CHECK_WRITE = """
INSERT INTO write_checks (workspace_id, checked_at) VALUES ('', :now)
ON CONFLICT (workspace_id) DO UPDATE SET checked_at = excluded.checked_at
"""


class SqlStore:
    """`Store` on an open database of either engine."""

    def __init__(self, database: Database) -> None:
        self.messages: MessageStore = SqlMessages(database)
        self.rankings: RankingStore = SqlRankings(database)
        self.case_studies: CaseStudyStore = SqlCaseStudies(database)
        self._database = database

    async def check_writable(self) -> None:
        await self._database.write(_check_write)

    async def close(self) -> None:
        await self._database.close()


async def open_store(url: str, *, migrate: bool = True) -> Store:
    """Open the database at `url` and bring its schema up to date.

    With `migrate=False` a schema that is not up to date is refused instead.
    :raises UnavailableError: it cannot be opened; the message says why and never shows the password
    """
    return SqlStore(await asyncio.to_thread(_open_sqlite, sqlite_path(url), migrate))


def sqlite_path(url: str) -> str:
    path = url.removeprefix("sqlite:///")
    if path == url or not path:
        raise UnavailableError(
            "DATABASE_URL must be sqlite:///path/to/file.db (sqlite:////path for an absolute path) "
            "or postgresql://user:password@host/database."
        )
    return path


def _open_sqlite(path: str, migrate: bool) -> SqliteDatabase:
    sqlite_admin.prepare_folder(path)
    connection = connect(path, create=migrate)
    try:
        if migrate:
            sqlite_admin.migrate(path, connection)
        else:
            _refuse_pending(sqlite_admin.pending(path, connection))
    except BaseException:
        connection.close()
        raise
    return SqliteDatabase(path, connection)


def _refuse_pending(names: list[str]) -> None:
    if names:
        raise UnavailableError(
            f"The database is not up to date ({', '.join(names)} to do). Run python -m bot migrate first."
        )


def _check_write() -> Script[None]:
    yield _CHECK_WRITE, {"now": datetime.now(UTC)}
