"""All that is kept, and what was said to others, without what two equal requests may differ in."""

import re
import sqlite3
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TypeAlias

from tests.slack.web_api import Call

Kept: TypeAlias = dict[str, Counter[str]]
"""The rows of each table, as text."""

_TIMES_AND_VERSIONS = re.compile(r"at|since|.*_at|.*_until|version|sent_version")
_BY_CHANCE = re.compile(r"\b1[78]\d{8}\b|\b[0-9a-f]{16}\b|\b\d{12}\b|\d{4}-\d\d-\d\dT[\d:.+]+")
_OF_NOBODY = {"handled_requests", "message_leases", "write_checks"}
_MADE_UP = {("audit", "id")}
_SAID = {"chat.postMessage", "chat.update", "files.completeUploadExternal", "canvases.create", "pins.add"}


def kept_in(file: Path, *, timed: bool = False) -> Kept:
    """Every row; but for times and versions, unless `timed`."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%\\_fts%' ESCAPE '\\'"
            " AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_%' ESCAPE '\\'"
        ).fetchall()
        return {name: _rows(connection, name, timed) for (name,) in tables if name not in _OF_NOBODY}


def _rows(connection: sqlite3.Connection, table: str, timed: bool) -> Counter[str]:
    cursor = connection.execute(f'SELECT * FROM "{table}"')
    names = [column[0] for column in cursor.description]
    kept = [
        at
        for at, name in enumerate(names)
        if timed or not (_TIMES_AND_VERSIONS.fullmatch(name) or (table, name) in _MADE_UP)
    ]
    rows = (str([row[at] for at in kept]) for row in cursor)
    return Counter(rows if timed else (_BY_CHANCE.sub("(by chance)", row) for row in rows))


def more_in(one: Kept, other: Kept) -> list[str]:
    """What is in one of them only, a line a row."""
    return sorted(
        f"{mark} {table} {row}"
        for mark, left, right in (("-", one, other), ("+", other, one))
        for table in left
        for row in (left[table] - right[table]).elements()
    )


def said(calls: Sequence[Call]) -> Counter[str]:
    """What others than the sender see or hear, by method and place."""
    return Counter(
        f"{call.method} {call.arguments.get('channel')}"
        for call in calls
        if call.method in _SAID
        or call.method.startswith("functions.")
        or call.arguments.get("response_type") == "in_channel"
    )
