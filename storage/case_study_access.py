"""What people are to case studies, in one query."""

from collections.abc import Sequence
from typing import TypeAlias

from storage.database import Row, Script, padded, values_list
from storage.records.case_study_access import Access
from storage.records.people import Person

_ACCESS = """
WITH wanted (case_study_id, team_id, user_id) AS (VALUES {wanted})
SELECT w.case_study_id, w.team_id, w.user_id,
    s.status, s.owner_team, s.owner_user, s.reviewer_team, s.reviewer_user, q.section_id,
    EXISTS (
        SELECT 1 FROM case_study_answers a
        WHERE a.workspace_id = s.workspace_id AND a.case_study_id = s.id
            AND a.author_team = w.team_id AND a.author_user = w.user_id
    ) AS has_text,
    EXISTS (
        SELECT 1 FROM case_study_events e
        WHERE e.workspace_id = s.workspace_id AND e.case_study_id = s.id
            AND e.kind IN ('approved', 'changes_wanted')
            AND e.actor_team = w.team_id AND e.actor_user = w.user_id
    ) AS has_decided
FROM wanted w
JOIN case_studies s ON s.workspace_id = :workspace_id AND s.id = w.case_study_id
LEFT JOIN case_study_sections q ON q.workspace_id = s.workspace_id AND q.case_study_id = s.id
    AND q.team_id = w.team_id AND q.user_id = w.user_id AND q.state <> 'withdrawn'
"""

_Key: TypeAlias = tuple[str, Person]
"""A case study's id, and who asks."""


def get_access(workspace_id: str, study_id: str, person: Person) -> Script[Access | None]:
    """What the person may do with a case study; None when there is none."""
    key = study_id, person
    return (yield from list_access(workspace_id, [key])).get(key)


def list_access(workspace_id: str, keys: Sequence[_Key]) -> Script[dict[_Key, Access]]:
    """What each of these may do with the case study, where there is one."""
    wanted = [(study_id, person.team_id, person.user_id) for study_id, person in keys]
    texts, values = values_list("wanted", padded(wanted))
    rows_by_key: dict[_Key, list[Row]] = {}
    for row in (yield _ACCESS.format(wanted=texts), {"workspace_id": workspace_id} | values):
        key = row["case_study_id"], Person(row["team_id"], row["user_id"])
        rows_by_key.setdefault(key, []).append(row)
    return {key: _access(key[1], rows) for key, rows in rows_by_key.items()}


def _access(person: Person, rows: list[Row]) -> Access:
    first = rows[0]
    is_reviewed = first["reviewer_user"] is not None
    return Access(
        person=person,
        status=first["status"],
        owner=Person(first["owner_team"], first["owner_user"]),
        reviewer=Person(first["reviewer_team"], first["reviewer_user"]) if is_reviewed else None,
        sections=frozenset(row["section_id"] for row in rows if row["section_id"] is not None),
        has_text=bool(first["has_text"]),
        has_decided=bool(first["has_decided"]),
    )
