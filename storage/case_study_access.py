"""What a person is to a case study, in one query."""

from storage.database import Script
from storage.records.case_study_access import Access
from storage.records.people import Person

_ACCESS = """
SELECT s.status, s.owner_team, s.owner_user, s.reviewer_team, s.reviewer_user, q.section_id,
    EXISTS (
        SELECT 1 FROM case_study_answers a
        WHERE a.workspace_id = s.workspace_id AND a.case_study_id = s.id
            AND a.author_team = :team_id AND a.author_user = :user_id
    ) AS has_text,
    EXISTS (
        SELECT 1 FROM case_study_events e
        WHERE e.workspace_id = s.workspace_id AND e.case_study_id = s.id
            AND e.kind IN ('approved', 'changes_wanted')
            AND e.actor_team = :team_id AND e.actor_user = :user_id
    ) AS has_decided
FROM case_studies s
LEFT JOIN case_study_sections q ON q.workspace_id = s.workspace_id AND q.case_study_id = s.id
    AND q.team_id = :team_id AND q.user_id = :user_id AND q.state <> 'withdrawn'
WHERE s.workspace_id = :workspace_id AND s.id = :case_study_id
"""


def get_access(workspace_id: str, study_id: str, person: Person) -> Script[Access | None]:
    """What the person may do with a case study; None when there is none."""
    rows = yield (
        _ACCESS,
        {
            "workspace_id": workspace_id,
            "case_study_id": study_id,
            "team_id": person.team_id,
            "user_id": person.user_id,
        },
    )
    if not rows:
        return None
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
