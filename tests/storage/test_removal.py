"""What each kind of retention takes from which table, tried with rows in every table there is."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from storage.data_sheet.removal import GOES
from storage.data_sheet.sheet import schema
from storage.open import open_store
from storage.records.workspace_settings import RETENTION_KINDS, RetentionKind
from tests.storage.examples import START, WORKSPACE
from tests.storage.test_retention import fill

LATER = "9999-12-31T00:00:00.000000+00:00"
"""In every text column of a bystander: a time that never comes, and no status that there is."""
LAST = START + timedelta(days=2)


def rows(file: Path) -> dict[str, set[tuple[object, ...]]]:
    with closing(sqlite3.connect(file)) as connection:
        return {table: set(connection.execute(f"SELECT * FROM {table}").fetchall()) for table in schema()}


def add_bystanders(file: Path) -> None:
    """A row in each table."""
    with closing(sqlite3.connect(file)) as connection, connection:
        for table in schema():
            columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
            values = [
                WORKSPACE if name == "workspace_id" else 77 if kind == "INTEGER" else LATER
                for _, name, kind, *_ in columns
            ]
            marks = ", ".join("?" * len(values))
            connection.execute(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", values)


@pytest.mark.parametrize("kind", RETENTION_KINDS)
async def test_each_kind_takes_from_its_tables_and_from_no_other(tmp_path: Path, kind: RetentionKind) -> None:
    file = tmp_path / "commonground.db"
    store = await open_store(f"sqlite:///{file}")
    await fill(store)
    add_bystanders(file)
    before = rows(file)
    assert not [table for table, found in before.items() if not found], "every table has something to lose"
    assert await store.retention.remove_old(WORKSPACE, kind, 1, LAST + timedelta(days=1)) > 0
    after = rows(file)
    await store.close()
    gone = {table for table, found in before.items() if found - after[table]}
    assert gone <= set(GOES[kind])
    assert gone & set(GOES[kind])
    for table, found in before.items():
        bystanders = {row for row in found if LATER in row}
        assert bystanders <= after[table], table
    new = {table for table, found in after.items() if found - before[table]}
    # A line that counts it, ballots without their people, and cards that say so.
    assert new <= {"audit", "answers", "messages"}
