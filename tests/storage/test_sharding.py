"""One workspace's rows can be kept together on one machine of a distributed PostgreSQL.

Citus and its like ask that every key, reference and unique index holds the column by which
rows are spread: the workspace. Here it comes first, so that it also finds them.
"""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import psycopg
import pytest

import storage
from tests.databases import postgres_database

KEYS = """
SELECT t.relname, i.relname, x.indisprimary,
    (SELECT a.attname FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attnum = x.indkey[0])
FROM pg_index x
JOIN pg_class t ON t.oid = x.indrelid
JOIN pg_class i ON i.oid = x.indexrelid
WHERE x.indisunique AND t.relnamespace = 'public'::regnamespace
"""
REFERENCES = """
SELECT c.conrelid::regclass::text, c.conname,
    (SELECT a.attname FROM pg_attribute a WHERE a.attrelid = c.conrelid AND a.attnum = c.conkey[1]),
    (SELECT a.attname FROM pg_attribute a WHERE a.attrelid = c.confrelid AND a.attnum = c.confkey[1])
FROM pg_constraint c WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace
"""
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
OF_ALL_WORKSPACES = {"schema_migrations"}
"""Which steps have been applied: a small table that each machine keeps a copy of."""


@pytest.fixture(scope="module")
def connection() -> Iterator[psycopg.Connection]:
    with postgres_database() as url, psycopg.connect(url) as connection:
        yield connection


def test_every_table_has_a_key_and_all_keys_begin_with_the_workspace(
    connection: psycopg.Connection,
) -> None:
    keys = connection.execute(KEYS).fetchall()
    tables = {name for (name,) in connection.execute(TABLES)}
    assert tables - {table for table, _, is_primary, _ in keys if is_primary} == set()
    others = {(table, key) for table, key, _, first in keys if first != "workspace_id"}
    assert {table for table, _ in others} == OF_ALL_WORKSPACES, others


def test_every_reference_stays_within_its_workspace(connection: psycopg.Connection) -> None:
    references = connection.execute(REFERENCES).fetchall()
    assert references
    assert {(own, other) for _, _, own, other in references} == {("workspace_id", "workspace_id")}


ASK_ALL = {
    "audit": {"_WORKSPACES"},
    "case_study_lists": {"_UNTOUCHED", "_WITHOUT_FACETS"},
    "installations": {"_CHANGED", "_EXPIRING", "_FORGET_STATES", "_JOINED", "_PAGE"},
    "messages": {"_BACKLOG", "_DIRTY", "_WAITING"},
    "work": {"_CLAIM", "_OLDEST_DUE"},
    "workspace_settings": {"_LIST", "_REMOVED_FROM"},
}
"""Statements of the loops and the upkeep, none for a press; docs/scaling.md says what they cost."""
PARTS = {"holdings": {"_OTHERS_WROTE"}}
"""What stands inside other statements, which name the workspace."""
STATEMENT = re.compile(r"\s*(WITH|SELECT|UPDATE|DELETE)\b")


def test_only_loops_and_upkeep_ask_all_workspaces_at_once() -> None:
    found: dict[str, set[str]] = {}
    for file in Path(storage.__path__[0]).glob("*.py"):
        for name, value in vars(import_module(f"storage.{file.stem}")).items():
            is_sql = isinstance(value, str) and STATEMENT.match(value)
            if is_sql and "workspace_id = :workspace_id" not in value:
                found.setdefault(file.stem, set()).add(name)
    assert found == ASK_ALL | PARTS, "name the workspace, or say in docs/scaling.md what it costs"


def test_all_that_asks_for_rows_of_all_workspaces_to_be_held_is_the_claim_of_work() -> None:
    """A distributed engine holds rows of one workspace only."""
    held = {
        (stem, name)
        for stem, names in ASK_ALL.items()
        for name in names
        if " FOR " in str(vars(import_module(f"storage.{stem}"))[name]).replace("\n", " ")
    }
    assert held == {("work", "_CLAIM")}
