"""The data sheet: no table and no column without a line, on either engine."""

from contextlib import closing
from pathlib import Path

import psycopg

from storage.data_sheet import data_sheet
from storage.data_sheet.columns import EVERYWHERE, OF_TABLE, holds
from storage.data_sheet.sheet import schema
from storage.data_sheet.tables import OF_THE_ENGINE, TABLES
from tests.databases import postgres_database

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
