"""Care for an SQLite file: its schema, a copy of it, what is wrong with it."""

import os
import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path

from storage import migrations
from storage.sqlite_connection import MEMORY, connect, in_words, refusal_in_words
from storage.store import UnavailableError

# `check` must answer quickly however large the file is.
_CHECK_SECONDS = 0.5
_WEIGH_TITLES = """
INSERT INTO case_study_words_fts (case_study_words_fts, rank) VALUES ('rank', 'bm25(5.0, 1.0)')
"""


def prepare_folder(path: str) -> None:
    """Create the folder of the file; :raises UnavailableError: it cannot be created."""
    if path == MEMORY:
        return
    try:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnavailableError(f"The folder of {path} cannot be created: {error.strerror}.") from error


def migrate(path: str, connection: sqlite3.Connection) -> list[str]:
    """Bring the schema up to date and return the names of the steps that were applied.

    :raises UnavailableError: a newer version made the file, or it cannot be written
    """
    with in_words(path):
        # Another process may be doing the same: the second finds nothing left to do.
        connection.execute("BEGIN IMMEDIATE")
        try:
            todo = pending(path, connection)
            if todo:
                _apply(connection)
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
    return todo


def pending(path: str, connection: sqlite3.Connection) -> list[str]:
    """The steps still to be applied; :raises UnavailableError: a newer version made the file."""
    with in_words(path):
        known = connection.execute(
            "SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations' AND type = 'table'"
        ).fetchone()
        rows = (
            connection.execute(
                "SELECT name FROM _sqlite_migrations WHERE migration_set = ?", [migrations.SET_NAME]
            ).fetchall()
            if known
            else []
        )
    applied = [row[0] for row in rows]
    if migrations.unknown(applied):
        raise UnavailableError(
            f"The database {path} was made by a newer version of Common Ground. "
            "Update the app, or put a backup from this version in its place."
        )
    return migrations.pending(applied)


def backup(path: str, target: Path) -> None:
    """Copy the database to a new file while it is in use, and check the copy.

    :raises UnavailableError: there is no database, `target` exists, or the copy cannot be made
    """
    if path == MEMORY or not Path(path).exists():
        raise UnavailableError(f"There is no database at {path} to copy.")
    if target.exists():
        raise UnavailableError(f"{target} exists already; name a file that does not.")
    prepare_folder(str(target))
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    try:
        with in_words(path), closing(connect(path, create=False)) as connection:
            connection.execute("VACUUM INTO ?", [str(part)])
        with in_words(str(part)), closing(sqlite3.connect(part)) as copy:
            faults = [row[0] for row in copy.execute("PRAGMA integrity_check")]
        if faults != ["ok"]:
            raise UnavailableError(f"The copy of {path} is damaged, so it was not kept: {faults[0]}.")
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)


def describe_faults(path: str) -> list[str]:
    """What is wrong with the file or its folder, in words; changes nothing."""
    if path == MEMORY:
        return []
    try:
        if not Path(path).exists():
            return _folder_faults(Path(path).absolute().parent)
        with closing(connect(path, create=False)) as connection:
            pending(path, connection)
            with in_words(path):
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("ROLLBACK")
            return _damage(path, connection)
    except UnavailableError as error:
        return [str(error)]


def _apply(connection: sqlite3.Connection) -> None:
    # Slow to import, and seldom needed: most starts find the schema as it should be.
    from sqlite_utils import Database  # noqa: PLC0415
    from sqlite_utils.migrations import Migrations  # noqa: PLC0415

    steps = Migrations(migrations.SET_NAME)

    def run(db: Database, name: str) -> None:
        for sql in migrations.statements(name, "sqlite"):
            db.execute(sql)
        if name == "004_search":
            db.table("case_study_words").enable_fts(
                ["title", "body"], create_triggers=True, tokenize="porter unicode61 remove_diacritics 2"
            )
            db.execute(_WEIGH_TITLES)

    for name in migrations.NAMES:
        steps(name=name)(lambda db, name=name: run(db, name))
    steps.apply(Database(connection, recursive_triggers=False))


def _folder_faults(folder: Path) -> list[str]:
    while not folder.exists():
        folder = folder.parent
    try:
        with tempfile.TemporaryFile(dir=folder):
            return []
    except OSError as error:
        return [f"The folder {folder} cannot be written, so no database can be made in it: {error.strerror}."]


def _damage(path: str, connection: sqlite3.Connection) -> list[str]:
    deadline = time.monotonic() + _CHECK_SECONDS
    connection.set_progress_handler(lambda: time.monotonic() > deadline, 10_000)
    try:
        rows = connection.execute("PRAGMA quick_check(1)").fetchall()
    except sqlite3.Error as error:
        if error.sqlite_errorname == "SQLITE_INTERRUPT":
            return []
        refusal = refusal_in_words(path, error)
        if refusal is None:
            raise
        return [str(refusal)]
    if rows[0][0] == "ok":
        return []
    return [f"The database {path} is damaged; put a backup in its place. SQLite says: {rows[0][0]}."]
