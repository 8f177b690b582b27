"""Case studies somebody owned, wrote in, reviewed or was asked to write in."""

from datetime import datetime

from storage import case_study_rows as rows_of
from storage.case_study_touch import touch_study
from storage.database import Script
from storage.erasure.left_studies import leave_studies
from storage.erasure.texts import offer_texts, remove_texts
from storage.records.people import Person
from storage.records.privacy import TextsChoice

_WITH_PERSON = """
SELECT id FROM case_studies s
WHERE workspace_id = :workspace_id AND (
    (owner_team = :team_id AND owner_user = :user_id)
    OR (reviewer_team = :team_id AND reviewer_user = :user_id)
    OR id IN (
        SELECT case_study_id FROM case_study_changes
        WHERE workspace_id = :workspace_id AND author_team = :team_id AND author_user = :user_id
    )
    OR id IN (
        SELECT case_study_id FROM case_study_events
        WHERE workspace_id = :workspace_id
            AND ((actor_team = :team_id AND actor_user = :user_id)
            OR (person_team = :team_id AND person_user = :user_id))
    )
    OR id IN (
        SELECT case_study_id FROM case_study_sections
        WHERE workspace_id = :workspace_id
            AND ((team_id = :team_id AND user_id = :user_id)
            OR (asked_by_team = :team_id AND asked_by_user = :user_id))
    )
)
ORDER BY id
FOR NO KEY UPDATE
"""
_OF_STUDY = "workspace_id = :workspace_id AND case_study_id = :case_study_id"
_NO_REVIEWER = """
UPDATE case_studies SET status = 'draft', reviewer_team = NULL, reviewer_user = NULL
WHERE workspace_id = :workspace_id AND id = :case_study_id
    AND reviewer_team = :team_id AND reviewer_user = :user_id
"""
_NO_REASON = f"""
UPDATE case_studies SET withdrawn_reason = ''
WHERE workspace_id = :workspace_id AND id = :case_study_id AND EXISTS (
    SELECT 1 FROM case_study_events WHERE {_OF_STUDY} AND kind = 'withdrawn'
        AND actor_team = :team_id AND actor_user = :user_id
)
"""
_CHANGES = (
    _NO_REVIEWER,
    _NO_REASON,
    """UPDATE case_studies SET owner_team = :other_team, owner_user = :other_user
        WHERE workspace_id = :workspace_id AND id = :case_study_id
            AND owner_team = :team_id AND owner_user = :user_id""",
    f"""UPDATE case_study_events SET note = ''
        WHERE {_OF_STUDY} AND actor_team = :team_id AND actor_user = :user_id""",
    f"""UPDATE case_study_events SET actor_team = :other_team, actor_user = :other_user
        WHERE {_OF_STUDY} AND actor_team = :team_id AND actor_user = :user_id""",
    f"""UPDATE case_study_events SET person_team = :other_team, person_user = :other_user
        WHERE {_OF_STUDY} AND person_team = :team_id AND person_user = :user_id""",
    f"DELETE FROM case_study_sections WHERE {_OF_STUDY} AND team_id = :team_id AND user_id = :user_id",
    f"""UPDATE case_study_sections SET asked_by_team = :other_team, asked_by_user = :other_user, note = ''
        WHERE {_OF_STUDY} AND asked_by_team = :team_id AND asked_by_user = :user_id""",
    f"""UPDATE case_study_answers SET author_team = :other_team, author_user = :other_user
        WHERE {_OF_STUDY} AND author_team = :team_id AND author_user = :user_id""",
    f"""UPDATE case_study_changes SET author_team = :other_team, author_user = :other_user
        WHERE {_OF_STUDY} AND author_team = :team_id AND author_user = :user_id""",
)
_HAS_TEXT = f"""
SELECT number FROM case_study_changes
WHERE {_OF_STUDY} AND author_team = :team_id AND author_user = :user_id LIMIT 1
"""


def erase_in_case_studies(
    workspace_id: str, person: Person, other: Person, texts: TextsChoice, at: datetime
) -> Script[None]:
    """Leave to others what they own, put `other` in their place, and do with their texts as chosen."""
    key = {"workspace_id": workspace_id, "team_id": person.team_id, "user_id": person.user_id}
    yield from leave_studies(workspace_id, person, other, at)
    for row in (yield _WITH_PERSON, key):
        study = yield from rows_of.existing(workspace_id, row["id"])
        yield from touch_study(study, person)
        of_study = key | {
            "case_study_id": study.id,
            "other_team": other.team_id,
            "other_user": other.user_id,
        }
        wrote = bool((yield _HAS_TEXT, of_study))
        for sql in _CHANGES:
            yield sql, of_study
        if not wrote:
            continue
        # Whoever takes on what they owned decides then; nobody looks after what was withdrawn.
        is_left = study.owner == other and study.status != "withdrawn"
        if texts == "remove" or study.owner == person:
            yield from remove_texts(workspace_id, study.id, other)
        elif not is_left:
            yield from offer_texts(workspace_id, study.id, other, study.owner, at)
