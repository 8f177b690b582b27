"""Databases as older versions of the app made and filled them."""

import contextlib
import sqlite3
from dataclasses import asdict, replace

import psycopg

from storage.columns import bind
from storage.ranking_rows import ranking_columns
from storage.store import Store
from tests.storage.examples import (
    BEN,
    WORKSPACE,
    a_home,
    a_message,
    a_ranking,
    a_stage,
    a_study,
    an_answer,
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
    "013_handled_requests",
]


def execute(url: str, sql: str) -> list[tuple[object, ...]]:
    if url.startswith("sqlite"):
        with contextlib.closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection, connection:
            return connection.execute(sql).fetchall()
    with psycopg.connect(url, autocommit=True) as server:
        cursor = server.execute(sql)
        return cursor.fetchall() if cursor.description else []


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


def fill_new_tables(url: str) -> None:
    """Put a row into each table that has none, as far as their columns say what may stand there."""
    known = {"workspace_id": WORKSPACE, "ranking_id": "R1", "case_study_id": "S1", "seq": 1, "secret": "ab"}
    for table, columns in tables(url).items():
        if not execute(url, f"SELECT 1 FROM {table} LIMIT 1"):
            values = {name: 1 if "int" in kind.lower() else f"some {name}" for name, kind in columns.items()}
            insert(url, table, **{name: known.get(name, value) for name, value in values.items()})


def tables(url: str) -> dict[str, dict[str, str]]:
    """Our tables, each with its columns and their types."""
    if url.startswith("sqlite"):
        names = [str(name) for (name,) in execute(url, "SELECT name FROM sqlite_master WHERE type = 'table'")]
        ours = [name for name in names if "_fts" not in name and not name.startswith(("_", "sqlite_"))]
        infos = {name: execute(url, f"PRAGMA table_info({name})") for name in ours}
        return {name: {str(row[1]): str(row[2]) for row in rows} for name, rows in infos.items()}
    found: dict[str, dict[str, str]] = {}
    columns = execute(
        url,
        "SELECT table_name, column_name, data_type FROM information_schema.columns "
        "WHERE table_schema = 'public' AND table_name <> 'schema_migrations' ORDER BY ordinal_position",
    )
    for table, column, kind in columns:
        found.setdefault(str(table), {})[str(column)] = str(kind)
    return found


def rows(url: str, table: str, columns: list[str]) -> set[tuple[object, ...]]:
    """What a table holds in these columns."""
    return set(execute(url, f"SELECT {', '.join(columns)} FROM {table}"))
