"""The schema: from nothing, again, at once, and never backwards, on both engines."""

import contextlib
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from storage import messages, migrations
from storage.open import describe_faults, migrate, open_store, pending_migrations
from storage.store import UnavailableError
from tests.databases import postgres_database

ALL = ["001_messages", "002_rankings", "003_case_studies", "004_search"]


@pytest.fixture
def url(engine: str, tmp_path: Path) -> Iterator[str]:
    """The address of a database without a schema."""
    if engine == "sqlite":
        yield f"sqlite:///{tmp_path}/store.db"
    else:
        with postgres_database(empty=True) as address:
            yield address


def execute(url: str, sql: str) -> list[tuple[object, ...]]:
    if url.startswith("sqlite"):
        with contextlib.closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection, connection:
            return connection.execute(sql).fetchall()
    with psycopg.connect(url, autocommit=True) as server:
        cursor = server.execute(sql)
        return cursor.fetchall() if cursor.description else []


def test_every_step_is_applied_once(url: str) -> None:
    assert pending_migrations(url) == ALL
    assert migrate(url) == ALL
    assert pending_migrations(url) == []
    assert migrate(url) == []
    assert describe_faults(url) == []


def test_looking_creates_nothing(url: str, tmp_path: Path) -> None:
    assert pending_migrations(url) == ALL
    assert describe_faults(url) == []
    assert pending_migrations(url) == ALL
    assert list(tmp_path.iterdir()) == []


def test_of_several_that_migrate_at_once_one_does_it(url: str) -> None:
    with ThreadPoolExecutor(4) as threads:
        applied = list(threads.map(migrate, [url] * 4))
    assert sorted(applied) == [[], [], [], ALL]


async def test_a_schema_that_is_not_up_to_date_can_be_refused(url: str, engine: str) -> None:
    if engine == "sqlite":
        execute(url, "CREATE TABLE unrelated (x)")
    with pytest.raises(UnavailableError, match=r"001_messages.*Run python -m bot migrate first"):
        await open_store(url, migrate=False)
    migrate(url)
    store = await open_store(url, migrate=False)
    await store.check_writable()
    await store.close()


async def test_a_newer_database_is_refused(url: str, engine: str) -> None:
    migrate(url)
    table = "_sqlite_migrations (migration_set, " if engine == "sqlite" else "schema_migrations ("
    values = "'commonground', '999_new', ''" if engine == "sqlite" else "'999_new', ''"
    execute(url, f"INSERT INTO {table} name, applied_at) VALUES ({values})")
    (fault,) = describe_faults(url)
    assert "was made by a newer version of Common Ground. Update the app" in fault
    for look in (migrate, pending_migrations):
        with pytest.raises(UnavailableError, match="newer version"):
            look(url)
    for may_migrate in (True, False):
        with pytest.raises(UnavailableError, match="newer version"):
            await open_store(url, migrate=may_migrate)


def test_a_step_that_fails_leaves_nothing_behind(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = dict(migrations._STEPS)
    broken = ("CREATE TABLE half (x TEXT)", "CREATE NONSENSE")
    steps["004_search"] = {"sqlite": broken, "postgresql": broken}
    with monkeypatch.context() as patched:
        patched.setattr(migrations, "_STEPS", steps)
        with pytest.raises((sqlite3.OperationalError, psycopg.errors.SyntaxError)):
            migrate(url)
    assert pending_migrations(url) == ALL
    assert migrate(url) == ALL


def test_every_key_and_reference_begins_with_the_workspace() -> None:
    with postgres_database() as url:
        keys = execute(
            url,
            """
            SELECT conrelid::regclass::text, contype::text,
                (SELECT attname FROM pg_attribute WHERE attrelid = conrelid AND attnum = conkey[1])
            FROM pg_constraint
            WHERE contype IN ('p', 'f') AND connamespace = 'public'::regnamespace
                AND conrelid <> 'schema_migrations'::regclass
            """,
        )
    assert {table for table, kind, _ in keys if kind == "p"} == {
        "messages",
        "write_checks",
        "rankings",
        "participants",
        "stages",
        "answers",
        "case_studies",
        "case_study_answers",
        "case_study_words",
    }
    assert {first for _, _, first in keys} == {"workspace_id"}


def test_dirty_messages_are_read_off_their_index(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/store.db"
    migrate(url)
    (step,) = execute(url, f"EXPLAIN QUERY PLAN {messages._DIRTY.replace(':limit', '5')}")
    assert "USING INDEX messages_dirty" in str(step)
