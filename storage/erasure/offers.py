"""What an erasure would offer to whom: read before it begins, so that it can be said."""

from storage import case_study_rows as rows_of
from storage.database import Script
from storage.erasure.left_studies import writers_beside
from storage.records.people import Person
from storage.records.privacy import OfferedStudy, OfferedTexts, Offers

_OWNED = """
SELECT id FROM case_studies
WHERE workspace_id = :workspace_id AND owner_team = :team_id AND owner_user = :user_id
    AND status <> 'withdrawn'
"""
_TEXTS = """
SELECT s.title, s.owner_team, s.owner_user FROM case_studies s
WHERE s.workspace_id = :workspace_id AND NOT (s.owner_team = :team_id AND s.owner_user = :user_id)
    AND EXISTS (
        SELECT 1 FROM case_study_changes c
        WHERE c.workspace_id = s.workspace_id AND c.case_study_id = s.id
            AND c.author_team = :team_id AND c.author_user = :user_id
    )
ORDER BY s.created_at, s.id
"""


def read_offers(workspace_id: str, person: Person) -> Script[Offers]:
    key = {"workspace_id": workspace_id, "team_id": person.team_id, "user_id": person.user_id}
    owned = yield _OWNED, key
    studies = [
        OfferedStudy(study.title, tuple(writers_beside(study, person)))
        for study in (yield from rows_of.get_many(workspace_id, [row["id"] for row in owned]))
    ]
    texts = [
        OfferedTexts(row["title"], Person(row["owner_team"], row["owner_user"]))
        for row in (yield _TEXTS, key)
    ]
    return Offers(tuple(each for each in studies if each.writers), tuple(texts))
