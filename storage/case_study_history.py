"""What happened to a case study: every change of a field, and every event of the whole, never edited."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from storage.columns import clean
from storage.database import Row, Script, padded, values_list, values_lists
from storage.records.case_studies import CaseStudy, FieldAnswer
from storage.records.case_study_history import (
    CaseStudyEvent,
    CaseStudyEventKind,
    CaseStudyHistory,
    Change,
    Version,
)
from storage.records.people import Person

_KEY = "workspace_id = :workspace_id AND case_study_id = :case_study_id"
_INSERT_CHANGES = """
INSERT INTO case_study_changes
    (workspace_id, case_study_id, number, field_id, value, author_team, author_user, at, kind, settles)
VALUES {rows}
"""
_CHANGES = f"""
SELECT number, field_id, value, author_team, author_user, at, kind, settles
FROM case_study_changes WHERE {_KEY} ORDER BY number
"""
_SINCE = """
WITH seen (case_study_id, number) AS (VALUES {seen})
SELECT c.case_study_id, c.number, c.field_id, c.value, c.author_team, c.author_user, c.at, c.kind, c.settles
FROM seen JOIN case_study_changes c ON c.workspace_id = :workspace_id
    AND c.case_study_id = seen.case_study_id AND c.number > seen.number
ORDER BY c.case_study_id, c.number
"""
_INSERT_EVENT = """
INSERT INTO case_study_events
    (workspace_id, case_study_id, number, kind, actor_team, actor_user, at, last_change, title, note,
    person_team, person_user)
VALUES (:workspace_id, :case_study_id, :number, :kind, :actor_team, :actor_user, :at, :last_change,
    :title, :note, :person_team, :person_user)
"""
_EVENTS = f"""
SELECT number, kind, actor_team, actor_user, at, last_change, title, note, person_team, person_user
FROM case_study_events WHERE {_KEY} ORDER BY number
"""
_LAST_EVENT = f"SELECT COALESCE(MAX(number), 0) AS number FROM case_study_events WHERE {_KEY}"


def first_history(study: CaseStudy) -> CaseStudyHistory:
    """The history of a case study that comes without one: each answer as its field's only change."""
    standing = sorted(study.answers.values(), key=lambda each: (each.updated_at, each.field_id))
    changes = tuple(
        Change(number, each.field_id, each.value, each.author, each.updated_at)
        for number, each in enumerate((each for each in standing if each.value), 1)
    )
    if study.published_at is None:
        return CaseStudyHistory(changes)
    published = CaseStudyEvent(1, "published", study.owner, study.published_at, len(changes), study.title)
    return CaseStudyHistory(changes, (published,))


def insert_changes(workspace_id: str, changes: Mapping[str, Iterable[Change]]) -> Script[None]:
    """Keep changes by case study, under the numbers they have; the case studies' rows must be locked."""
    new = [
        (
            workspace_id,
            study_id,
            change.number,
            change.field_id,
            # In a list of its own, as answers are.
            [change.value],
            change.author.team_id,
            change.author.user_id,
            change.at,
            change.kind,
            change.settles,
        )
        for study_id, of_study in changes.items()
        for change in of_study
    ]
    for rows, values in values_lists("change", new):
        yield _INSERT_CHANGES.format(rows=rows), values


def list_changes(workspace_id: str, study_id: str) -> Script[list[Change]]:
    """In order."""
    rows = yield _CHANGES, {"workspace_id": workspace_id, "case_study_id": study_id}
    return [_change(row) for row in rows]


def list_changes_since(workspace_id: str, seen: Mapping[str, int]) -> Script[dict[str, list[Change]]]:
    """In order, by case study: those with a greater number than was seen of it."""
    if not seen:
        return {}
    rows, values = values_list("seen", padded(list(seen.items())))
    found: dict[str, dict[int, Change]] = {study_id: {} for study_id in seen}
    for row in (yield _SINCE.format(seen=rows), {"workspace_id": workspace_id} | values):
        found[row["case_study_id"]][row["number"]] = _change(row)
    return {study_id: list(changes.values()) for study_id, changes in found.items()}


def insert_events(workspace_id: str, study_id: str, events: Iterable[CaseStudyEvent]) -> Script[None]:
    """Keep events under the numbers they have."""
    yield (
        _INSERT_EVENT,
        [
            {
                "workspace_id": workspace_id,
                "case_study_id": study_id,
                "number": event.number,
                "kind": event.kind,
                "actor_team": event.actor.team_id,
                "actor_user": event.actor.user_id,
                "at": event.at,
                "last_change": event.last_change,
                "title": event.title,
                "note": event.note,
                "person_team": event.person.team_id if event.person else None,
                "person_user": event.person.user_id if event.person else None,
            }
            for event in events
        ],
    )


def record_event(
    study: CaseStudy,
    kind: CaseStudyEventKind,
    actor: Person,
    at: datetime,
    *,
    note: str = "",
    person: Person | None = None,
) -> Script[None]:
    """Keep an event of a case study as it now is; its row must be locked: each number is given once."""
    key = {"workspace_id": study.workspace_id, "case_study_id": study.id}
    number = (yield _LAST_EVENT, key)[0]["number"] + 1
    event = CaseStudyEvent(number, kind, actor, at, study.last_change, study.title, clean(note), person)
    yield from insert_events(study.workspace_id, study.id, [event])


def list_events(workspace_id: str, study_id: str) -> Script[list[CaseStudyEvent]]:
    rows = yield _EVENTS, {"workspace_id": workspace_id, "case_study_id": study_id}
    return [_event(row) for row in rows]


def list_versions(workspace_id: str, study_id: str) -> Script[list[Version]]:
    events = yield from list_events(workspace_id, study_id)
    saved = [each for each in (yield from list_changes(workspace_id, study_id)) if each.kind == "saved"]
    versions: list[Version] = []
    answers: dict[str, FieldAnswer] = {}
    used = 0
    for event in events:
        if event.kind not in {"published", "edited"}:
            continue
        while used < len(saved) and saved[used].number <= event.last_change:
            change = saved[used]
            answers[change.field_id] = answer_of(change)
            used += 1
        standing = {field_id: answer for field_id, answer in sorted(answers.items()) if answer.value}
        versions.append(Version(event.number, event.kind, event.actor, event.at, event.title, standing))
    return versions


def answer_of(change: Change) -> FieldAnswer:
    """What the field said once the change was saved."""
    return FieldAnswer(change.field_id, change.value, change.author, change.at)


def _change(row: Row) -> Change:
    (value,) = json.loads(row["value"])
    return Change(
        number=row["number"],
        field_id=row["field_id"],
        value=value if isinstance(value, str) else tuple(value),
        author=Person(row["author_team"], row["author_user"]),
        at=datetime.fromisoformat(row["at"]),
        kind=row["kind"],
        settles=row["settles"],
    )


def _event(row: Row) -> CaseStudyEvent:
    person = Person(row["person_team"], row["person_user"]) if row["person_user"] is not None else None
    return CaseStudyEvent(
        number=row["number"],
        kind=row["kind"],
        actor=Person(row["actor_team"], row["actor_user"]),
        at=datetime.fromisoformat(row["at"]),
        last_change=row["last_change"],
        title=row["title"],
        note=row["note"],
        person=person,
    )
