"""The schema: from nothing, again, at once, and never backwards, on both engines."""

import hashlib
import re
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from storage import case_study_lists, case_study_sections, messages, migrations, published
from storage.database import Engine
from storage.open import describe_faults, migrate, open_store, pending_migrations
from storage.store import UnavailableError
from tests.databases import postgres_database
from tests.storage.old_schemas import ALL, IN_USE, execute

# What databases in use were made by. A step that has been released is not edited: write another one.
RELEASED = {"sqlite": "f6655222e4823f01", "postgresql": "a429fe763354ad0e"}


@pytest.fixture
def url(engine: str, tmp_path: Path) -> Iterator[str]:
    """The address of a database without a schema."""
    if engine == "sqlite":
        yield f"sqlite:///{tmp_path}/store.db"
    else:
        with postgres_database(empty=True) as address:
            yield address


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


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_released_steps_stay_as_they_were(engine: Engine) -> None:
    sql = "\n".join(sql for name in IN_USE for sql in migrations.statements(name, engine))
    assert hashlib.sha256(sql.encode()).hexdigest()[:16] == RELEASED[engine]


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
        "audit",
        "messages",
        "message_leases",
        "write_checks",
        "rankings",
        "participants",
        "stages",
        "answers",
        "case_studies",
        "case_study_answers",
        "case_study_words",
        "saved_strategies",
        "misses",
        "deputies",
        "ranking_keys",
        "ranking_events",
        "ranking_setups",
        "people",
        "work",
        "case_study_changes",
        "case_study_events",
        "case_study_sections",
        "case_study_facets",
        "case_study_facet_counts",
        "digests",
        "workspace_settings",
        "installations",
        "organisation_workspaces",
        "used_install_states",
        "handled_requests",
    }
    assert {first for _, _, first in keys} == {"workspace_id"}


def test_what_app_home_lists_is_read_off_its_index(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/store.db"
    migrate(url)
    for sql, index in (
        (case_study_lists._OWN.format(statuses="'draft', 'in_review'"), "case_studies_of_owner"),
        (case_study_lists._OWNERS, "case_studies_of_owner"),
        (case_study_lists._TO_REVIEW, "case_studies_in_review"),
        (case_study_lists._UNTOUCHED.format(after=""), "case_study_drafts"),
        (case_study_sections._ASKED_OF, "case_study_sections_of"),
        (published._ALL.format(filters=""), "case_studies_published"),
        (published._SINCE, "case_studies_published"),
    ):
        steps = [str(step) for step in execute(url, f"EXPLAIN QUERY PLAN {re.sub(r':[a-z_]+', '5', sql)}")]
        assert index in steps[0]
        assert not any("TEMP B-TREE" in step for step in steps)


def test_dirty_messages_are_read_off_their_index(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/store.db"
    migrate(url)
    (step,) = execute(url, f"EXPLAIN QUERY PLAN {messages._DIRTY.replace(':limit', '5')}")
    assert "USING INDEX messages_dirty" in str(step)
