"""The schema: from nothing, again, at once, and never backwards, on both engines."""

import contextlib
import hashlib
import re
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from pathlib import Path

import psycopg
import pytest

from storage import case_study_lists, case_study_sections, messages, migrations, published
from storage.columns import bind
from storage.database import Engine
from storage.open import describe_faults, migrate, open_store, pending_migrations
from storage.ranking_rows import ranking_columns
from storage.store import Store, UnavailableError
from tests.databases import postgres_database
from tests.storage.examples import (
    BEN,
    WORKSPACE,
    a_home,
    a_message,
    a_ranking,
    a_stage,
    a_study,
    an_answer,
    answering,
    minutes,
)

STUDY = a_study(
    published_at=minutes(5),
    answers={"why": "Lonely", "who": "Families", "outcomes": ("be_safe",)},
)
FIRST = ["001_messages", "002_rankings", "003_case_studies", "004_search"]
IN_USE = [*FIRST, "005_lookups"]
ALL = [
    *IN_USE,
    "006_ranking_rules",
    "007_case_study_work",
    "008_section_notes",
    "009_facet_statistics",
    "010_message_leases",
    "011_installations",
    "012_audit",
]
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


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_released_steps_stay_as_they_were(engine: Engine) -> None:
    sql = "\n".join(sql for name in IN_USE for sql in migrations.statements(name, engine))
    assert hashlib.sha256(sql.encode()).hexdigest()[:16] == RELEASED[engine]


def insert(url: str, table: str, **values: object) -> None:
    def literal(value: object) -> str:
        if value is None or isinstance(value, int):
            return "NULL" if value is None else str(int(value))
        return "'" + str(value).replace("'", "''") + "'"

    names = ", ".join(values)
    execute(url, f"INSERT INTO {table} ({names}) VALUES ({', '.join(map(literal, values.values()))})")


def insert_ranking(url: str) -> None:
    """The ranking of the examples with Ben's answer, as it was kept before it had rules."""
    ranking = bind(ranking_columns(a_ranking()))
    del ranking["rules"], ranking["paused_at"]
    insert(url, "rankings", **ranking, quorum=2)
    key = {"workspace_id": WORKSPACE, "ranking_id": "R1"}
    for place, person in enumerate(a_ranking().people):
        ids = {"team_id": person.team_id, "user_id": person.user_id}
        insert(url, "participants", **key, **ids, place=place)
    stage = asdict(a_stage(answered=1))
    del stage["ranking_id"], stage["deadline"]
    insert(url, "stages", **key, **bind(stage))
    given = asdict(an_answer(BEN, "one"))
    person_ids = given.pop("person")
    del given["agency"]
    insert(url, "answers", **key, seq=1, **person_ids, **bind(given))


def insert_case_study(url: str) -> None:
    """A published case study of Ben's and a draft, as they were kept before they had a history."""
    for study in (STUDY, replace(STUDY, id="S2", status="draft", published_at=None)):
        key = {"workspace_id": WORKSPACE, "case_study_id": study.id}
        kept = asdict(study)
        for name in ("owner", "answers", "last_change", "reviewer", "withdrawn_at", "withdrawn_reason"):
            del kept[name]
        insert(url, "case_studies", **bind(kept), owner_team=BEN.team_id, owner_user=BEN.user_id)
        for answer in study.answers.values():
            values = {"field_id": answer.field_id, "value": [answer.value], "updated_at": answer.updated_at}
            author = {"author_team": answer.author.team_id, "author_user": answer.author.user_id}
            insert(url, "case_study_answers", **bind(key | values | author))
    words = {"title": "breakfast together", "body": "families lonely"}
    insert(url, "case_study_words", workspace_id=WORKSPACE, case_study_id="S1", **words)


async def check_case_studies(store: Store) -> None:
    """What each said is its first version, and it is found, filtered and changed as any other."""
    assert await store.case_studies.get_case_study(WORKSPACE, "S1") == STUDY
    (hit,) = await store.published.search(WORKSPACE, "breakfast family")
    assert (hit.study.id, hit.study.title) == ("S1", STUDY.title)
    assert await store.published.facet_values(WORKSPACE) == {"template": {"short": 1}, "year": {"2026": 1}}
    (version,) = await store.case_studies.list_versions(WORKSPACE, "S1")
    assert (version.kind, version.author, version.at, version.answers) == (
        "published",
        BEN,
        minutes(5),
        STUDY.answers,
    )
    assert await store.case_studies.list_versions(WORKSPACE, "S2") == []
    for study_id in ("S1", "S2"):
        changes = await store.case_studies.list_changes(WORKSPACE, study_id)
        assert [change.number for change in changes] == [1, 2, 3]
        assert {change.field_id: change.value for change in changes} == {
            field_id: answer.value for field_id, answer in STUDY.answers.items()
        }
    saved = await store.case_studies.save_fields(
        WORKSPACE, "S1", {"why": "Bored"}, author=BEN, seen={"why": 3}, at=minutes(7)
    )
    assert (saved.study.last_change, saved.conflicts) == (4, ())


async def fill(store: Store) -> None:
    await store.messages.add_message(a_message())
    await store.messages.add_message(a_home(BEN))


async def test_a_database_of_the_first_schema_keeps_what_it_holds(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(migrations, "NAMES", tuple(FIRST))
        assert migrate(url) == FIRST
        before = await open_store(url)
        await fill(before)
        insert_ranking(url)
        insert_case_study(url)
        dirty = await before.messages.dirty_messages()
        await before.close()
    assert pending_migrations(url) == ALL[4:]
    with pytest.raises(
        UnavailableError,
        match=r"005_lookups, 006_.*, 007_.*, 008_.* to do.*Run python -m bot migrate first",
    ):
        await open_store(url, migrate=False)

    assert migrate(url) == ALL[4:]
    assert describe_faults(url) == []
    store = await open_store(url, migrate=False)
    assert await store.rankings.get_ranking(WORKSPACE, "R1") == a_ranking()
    assert await store.rankings.list_stages(WORKSPACE, "R1") == [a_stage(answered=1)]
    assert await store.rankings.list_answers(WORKSPACE, "R1", 1) == [an_answer(BEN, "one")]
    assert await store.messages.dirty_messages() == dirty
    await check_case_studies(store)
    again = await store.rankings.edit_answer(WORKSPACE, "R1", 1, BEN, answering(an_answer(BEN, "two")))
    assert await store.rankings.list_answers(WORKSPACE, "R1", 1) == [again]
    assert await store.lookups.list_saved(WORKSPACE, BEN) == []
    assert await store.lookups.save_strategy(WORKSPACE, BEN, "trust-2", minutes(6))
    await store.lookups.record_miss(WORKSPACE, "parking", "nothing", minutes(6))
    assert await store.lookups.list_saved(WORKSPACE, BEN) == ["trust-2"]
    assert [miss.words for miss in await store.lookups.list_misses(None)] == ["parking"]
    await store.close()


async def test_opening_brings_the_first_schema_up_to_date(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(migrations, "NAMES", tuple(FIRST))
        migrate(url)
    store = await open_store(url)
    assert await store.lookups.save_strategy(WORKSPACE, BEN, "trust-2", minutes(6))
    await store.close()
    assert pending_migrations(url) == []


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
