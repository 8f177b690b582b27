"""All that an SQLite file keeps, to be held against what it kept before."""

import sqlite3
from contextlib import closing
from pathlib import Path

ONLY_NOTED = 'INSERT INTO "handled_requests"'
"""That a request has come says nothing of what became of it."""


def all_rows(file: Path) -> list[str]:
    """Everything as SQL, in one order, but for which requests have come."""
    with closing(sqlite3.connect(file)) as connection:
        return sorted(line for line in connection.iterdump() if not line.startswith(ONLY_NOTED))
