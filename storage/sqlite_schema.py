"""The schema of an SQLite file, brought up to date by sqlite-utils."""

import sqlite3
from typing import TYPE_CHECKING

from storage import migrations
from storage.sqlite_connection import in_words

if TYPE_CHECKING:
    from sqlite_utils import Database

_SET = "commonground"
_WEIGH_TITLES = """
INSERT INTO case_study_words_fts (case_study_words_fts, rank) VALUES ('rank', 'bm25(5.0, 1.0)')
"""


def pending(path: str, connection: sqlite3.Connection) -> list[str]:
    """The steps still to be applied; :raises UnavailableError: a newer version made the file."""
    with in_words(path):
        known = connection.execute(
            "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '_sqlite_migrations'"
        ).fetchone()
        if not known:
            return list(migrations.NAMES)
        applied = connection.execute(
            "SELECT name FROM _sqlite_migrations WHERE migration_set = ?", [_SET]
        ).fetchall()
    return migrations.pending([row["name"] for row in applied], path)


def apply(path: str, connection: sqlite3.Connection) -> list[str]:
    """Apply what is pending, all of it or nothing, and return the names."""
    if not pending(path, connection):
        return []
    with in_words(path):
        # Another process may be doing the same: the second waits and finds nothing left to do.
        connection.execute("BEGIN IMMEDIATE")
        try:
            todo = pending(path, connection)
            _run(connection)
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
    return todo


def _run(connection: sqlite3.Connection) -> None:
    # Slow to import, and seldom needed: most starts find the schema as it should be.
    from sqlite_utils import Database  # noqa: PLC0415
    from sqlite_utils.migrations import Migrations  # noqa: PLC0415

    steps = Migrations(_SET)
    for name in migrations.NAMES:

        @steps(name=name)
        def step(db: Database, name: str = name) -> None:
            _apply_step(db, name)

    steps.apply(Database(connection, recursive_triggers=False))


def _apply_step(db: "Database", name: str) -> None:
    for sql in migrations.statements(name, "sqlite"):
        db.execute(sql)
    if name == "004_search":
        db.table("case_study_words").enable_fts(
            ["title", "body"], create_triggers=True, tokenize="porter unicode61 remove_diacritics 2"
        )
        db.execute(_WEIGH_TITLES)
