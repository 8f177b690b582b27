"""Care for an SQLite file: opened, brought up to date, copied, looked over."""

import asyncio
import os
import sqlite3
import tempfile
import time
from contextlib import closing, suppress
from pathlib import Path

from storage import migrations, sqlite_schema
from storage.database import Committed
from storage.sqlite import SqliteDatabase
from storage.sqlite_connection import MEMORY, PRESS_SECONDS, connect, empty_log, in_words
from storage.store import UnavailableError

# Looking over a large file must not keep `check` waiting.
_LOOK_SECONDS = 0.5


async def open_database(url: str, *, migrate: bool, committed: Committed) -> SqliteDatabase:
    """Open a file, or make it, with a schema that is up to date."""
    return await asyncio.to_thread(_open, _path(url), migrate, committed)


def migrate(url: str) -> list[str]:
    """Bring the schema up to date and return the names of the steps that were applied."""
    path = _path(url)
    _make_folder(Path(path))
    with closing(connect(path)) as connection:
        return sqlite_schema.apply(path, connection)


def pending(url: str) -> list[str]:
    """The steps still to be applied; :raises UnavailableError: a newer version made the file."""
    path = _path(url)
    if not Path(path).exists():
        return list(migrations.NAMES)
    with closing(connect(path, query_only=True)) as connection:
        return sqlite_schema.pending(path, connection)


def backup(url: str, target: Path) -> None:
    """Copy the database to a new file while it is in use, and check the copy.

    :raises UnavailableError: there is no database, `target` exists, or the copy cannot be made
    """
    path = _path(url)
    if not Path(path).exists():
        raise UnavailableError(f"There is no database at {path} to copy.")
    _make_folder(target)
    part = target.with_name(f"{target.name}.part")
    try:
        part.unlink(missing_ok=True)
        with closing(connect(path, create=False)) as connection, in_words(str(target)):
            connection.execute("VACUUM INTO ?", [str(part)])
        found = _integrity(part)
        if found != "ok":
            raise UnavailableError(f"The copy of {path} is damaged, so it was not kept: {found}.")
        part.rename(target)
    except OSError as error:
        raise UnavailableError(f"The copy {target} cannot be made: {error.strerror}.") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def describe_faults(url: str) -> list[str]:
    """What is wrong with the file or its folder, in words; changes nothing."""
    try:
        path = _path(url)
        if path == MEMORY:
            return []
        if not Path(path).exists():
            return _folder_faults(Path(path).absolute().parent)
        with closing(connect(path, query_only=True)) as connection:
            sqlite_schema.pending(path, connection)
            with in_words(path):
                # Asking for the right to write is enough to know; nothing is written.
                connection.execute("PRAGMA query_only = OFF")
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("ROLLBACK")
                return _damage(path, connection)
    except UnavailableError as error:
        return [str(error)]


def _path(url: str) -> str:
    path = url.removeprefix("sqlite:///")
    if path == url or not path or "?" in path:
        raise UnavailableError(
            "An SQLite address in DATABASE_URL is sqlite:///path/to/file.db, or sqlite:////path/to/file.db "
            "for a path from the root, with nothing after the name."
        )
    return path


def _open(path: str, migrate: bool, committed: Committed) -> SqliteDatabase:
    if migrate and path != MEMORY:
        _make_folder(Path(path))
    connection = connect(path, create=migrate)
    try:
        if migrate:
            sqlite_schema.apply(path, connection)
            # A process that was killed may have left pages in the log that were to be forgotten.
            with suppress(sqlite3.Error):
                connection.execute("PRAGMA busy_timeout = 0")
                empty_log(connection)
            connection.execute(f"PRAGMA busy_timeout = {int(PRESS_SECONDS * 1000)}")
        else:
            migrations.refuse_pending(sqlite_schema.pending(path, connection))
    except BaseException:
        connection.close()
        raise
    return SqliteDatabase(path, connection, committed)


def _make_folder(path: Path) -> None:
    """Make the folder that `path` will be in."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnavailableError(f"The folder of {path} cannot be made: {error.strerror}.") from error


def _folder_faults(folder: Path) -> list[str]:
    """What keeps a file from being made in `folder`, or in what there is of it."""
    while not folder.exists():
        folder = folder.parent
    try:
        with tempfile.TemporaryFile(dir=folder):
            return []
    except OSError as error:
        return [f"No database can be made in the folder {folder}: {error.strerror}."]


def _integrity(copy: Path) -> str:
    """Look over a whole copy, and see to it that it is on the disk."""
    with in_words(str(copy)), closing(sqlite3.connect(copy)) as connection:
        found = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
    with copy.open("rb") as file:
        os.fsync(file.fileno())
    return found


def _damage(path: str, connection: sqlite3.Connection) -> list[str]:
    """What a look of at most `_LOOK_SECONDS` finds."""
    deadline = time.monotonic() + _LOOK_SECONDS
    connection.set_progress_handler(lambda: time.monotonic() > deadline, 10_000)
    try:
        found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname != "SQLITE_INTERRUPT":
            raise
        return []
    return [] if found == "ok" else [f"The database {path} is damaged; put a backup in its place ({found})."]
