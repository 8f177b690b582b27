"""All that is kept, and what of it strangers have changed."""

import contextlib
import sqlite3
from collections.abc import Collection, Mapping
from typing import TypeAlias

from bench.fuzz.workspace import IDS, PUBLISHED, STRANGERS

Row: TypeAlias = tuple[tuple[str, object], ...]
Rows: TypeAlias = Mapping[str, Collection[Row]]
"""The rows of each table, without what sending a message leaves in its row."""

_UNWATCHED = {
    "message_leases",  # which process sends now
    "write_checks",  # that the store can be written
    "misses",  # words that were looked for, of nobody
}
_DELIVERY = {"ts", "version", "sent_version", "dirty_at", "refusal"}
_NAMES_A_THING = {"id", "ranking_id", "case_study_id", "subject"}
_THINGS = tuple(one for one in IDS if one.startswith(("r-", "study-")))


def read_rows(path: str) -> Rows:
    """Every row of an SQLite file, but for the search index and what is nobody's."""
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        tables = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%\\_fts%' ESCAPE '\\'"
                " AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_%' ESCAPE '\\'"
            )
        ]
        return {name: _rows_of(connection, name) for name in tables if name not in _UNWATCHED}


def _rows_of(connection: sqlite3.Connection, table: str) -> set[Row]:
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
    if not about or (table in {"messages", "work"} and about == {PUBLISHED}):
        return True  # anybody of the workspace may share and export what is published
    return table == "work" and _is_strangers(row)
