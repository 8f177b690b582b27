"""All that is kept, and what of it strangers have changed."""

import contextlib
import sqlite3
from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager
from typing import Any, TypeAlias

import psycopg

from bench.fuzz.workspace import IDS, PUBLISHED, STRANGERS

Row: TypeAlias = tuple[tuple[str, object], ...]
Rows: TypeAlias = Mapping[str, Collection[Row]]
"""The rows of each table, without what sending a message leaves in its row."""

_UNWATCHED = {
    "handled_requests",  # what came once already
    "used_install_states",
    "schema_migrations",
    "message_leases",  # which process sends now
    "write_checks",  # that the store can be written
    "misses",  # words that were looked for, of nobody
}
_DELIVERY = {"ts", "version", "sent_version", "dirty_at", "refusal"}
_NAMES_A_THING = {"id", "ranking_id", "case_study_id", "subject"}
_THINGS = tuple(one for one in IDS if one.startswith(("r-", "study-")))


_OF_SQLITE = "SELECT name FROM sqlite_master WHERE type = 'table'"
_OF_POSTGRESQL = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"


def read_rows(url: str) -> Rows:
    """Every row of a database, but for the search index and what is nobody's."""
    is_sqlite = url.startswith("sqlite")
    path = url.removeprefix("sqlite:///")
    opened: AbstractContextManager[Any] = (
        contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True))
        if is_sqlite
        else psycopg.connect(url)
    )
    with opened as connection:
        names = [name for (name,) in connection.execute(_OF_SQLITE if is_sqlite else _OF_POSTGRESQL)]
        ours = [name for name in names if "_fts" not in name and not name.startswith(("sqlite", "_"))]
        return {name: _rows_of(connection, name) for name in ours if name not in _UNWATCHED}


def _rows_of(connection: Any, table: str) -> set[Row]:
    cursor = connection.execute(f'SELECT * FROM "{table}"')
    names = [column[0] for column in cursor.description]
    unseen = _DELIVERY if table == "messages" else set()
    return {
        tuple((name, value) for name, value in zip(names, row, strict=True) if name not in unseen)
        for row in cursor
    }


def damage(before: Rows, after: Rows) -> list[str]:
    """What strangers have changed of what is not theirs, one sentence a row."""
    found = []
    for table, rows in before.items():
        lost = set(rows) - set(after[table])
        found += [f"{table} lost {row}" for row in lost if not _is_strangers(row)]
        come = set(after[table]) - set(rows)
        found += [f"{table} got {row}" for row in come if not _may_come(table, row)]
    return sorted(found)


def _is_strangers(row: Row) -> bool:
    return any(stranger in str(value) for _name, value in row for stranger in STRANGERS)


def _may_come(table: str, row: Row) -> bool:
    """Whether a stranger may bring about this new row: about what is new, or their own reading."""
    named = [str(value) for name, value in row if name in _NAMES_A_THING]
    about = {thing for thing in _THINGS for text in named if thing in text}
    if not about or (table in {"audit", "messages", "work"} and about == {PUBLISHED}):
        return True  # anybody of the workspace may share and export what is published
    return table == "work" and _is_strangers(row)
