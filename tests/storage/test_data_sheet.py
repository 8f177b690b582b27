"""The data sheet: no table and no column without a line, on either engine."""

from contextlib import closing
from dataclasses import fields
from pathlib import Path

import psycopg

from storage.data_sheet import data_sheet
from storage.data_sheet.columns import EVERYWHERE, OF_TABLE, holds
from storage.data_sheet.removal import GOES, LABELS, STAYS
from storage.data_sheet.sheet import schema
from storage.data_sheet.tables import OF_THE_ENGINE, TABLES
from storage.records.workspace_settings import RETENTION_KINDS, WorkspaceSettings
from tests.databases import postgres_database
from tests.storage.examples import AMINA, BEN

PRINTED = Path(__file__).parents[2] / "docs" / "data-sheet.md"
ONLY_POSTGRESQL = ("case_study_words", "words")


def test_each_table_and_column_has_a_line_and_nothing_else_has() -> None:
    found = schema()
    assert set(found) == set(TABLES)
    columns = {(table, column) for table, names in found.items() for column in names}
    assert set(OF_TABLE) <= columns | {ONLY_POSTGRESQL}
    assert set(EVERYWHERE) <= {column for _, column in columns}
    sheet = data_sheet()
    for table, names in found.items():
        part = sheet.split(f"## {table}\n")[1].split("\n## ")[0]
        assert [line for line in part.splitlines() if line.startswith("| ")][2:] == [
            f"| {column} | {holds(table, column)} |" for column in names
        ]


def test_each_table_says_whether_time_takes_from_it() -> None:
    taken = {table for tables in GOES.values() for table in tables}
    assert set(GOES) == set(LABELS) == set(RETENTION_KINDS)
    assert taken | STAYS == set(schema())
    assert not taken & STAYS


def test_a_workspace_sees_what_it_decided_and_nobodys_name() -> None:
    decided = WorkspaceSettings(True, 45, (BEN,), (BEN, AMINA), {"misses": 9})
    sheet = data_sheet(decided)
    for line in (
        "- Case studies are approved by a second person: yes.",
        "- The owner of an untouched draft is asked about it after 45 days.",
        "- Who may start rankings: admins, and people whom they named: 1.",
        "- Curators, beside the admins: 2.",
        "- Removed after a time, words looked for in vain: after 9 days.",
        "- Removed in this workspace: words looked for in vain: after 9 days.",
        "- Removed in this workspace: lines of the audit log: never.",
    ):
        assert line in sheet
    assert len(fields(WorkspaceSettings)) == 5, "a new setting needs its line above"
    assert not [person for person in (BEN, AMINA) if person.user_id in sheet]


def test_postgresql_keeps_nothing_that_the_sheet_does_not_name() -> None:
    with postgres_database() as url, closing(psycopg.connect(url)) as connection:
        columns = connection.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
        ).fetchall()
    ours = {(table, column) for table, column in columns if not table.startswith(OF_THE_ENGINE)}
    assert {table for table, _ in ours} == set(TABLES)
    assert all(holds(table, column) for table, column in ours)


def test_the_printed_sheet_is_the_newest() -> None:
    """`python -m bot datasheet > docs/data-sheet.md` writes it anew."""
    assert PRINTED.read_text() == data_sheet()
