"""What an erasure offers to whom: read before it begins, so that it can be said, and while it waits."""

from datetime import datetime

from storage import case_study_rows as rows_of
from storage.database import Script
from storage.erasure.left_studies import TAKE_ON_KIND, may_take_on, writers_beside
from storage.erasure.texts import OFFER_KIND
from storage.records.people import Person
from storage.records.privacy import (
    OfferedStudy,
    OfferedTexts,
    OfferKind,
    Offers,
    WaitingOffer,
    erased_under,
)

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


_WAITING = """
SELECT kind, subject, due_at FROM work
WHERE workspace_id = :workspace_id AND kind IN (:texts, :study)
ORDER BY due_at, id
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


def list_waiting(workspace_id: str, person: Person) -> Script[list[WaitingOffer]]:
    """What waits for the person's answer, the first to run out first."""
    key = {"workspace_id": workspace_id, "texts": OFFER_KIND, "study": TAKE_ON_KIND}
    rows = yield _WAITING, key
    subjects = [row["subject"].split(":") for row in rows]
    wanted = sorted({study_id for study_id, _ in subjects})
    studies = {study.id: study for study in (yield from rows_of.get_many(workspace_id, wanted))}
    waiting = []
    for row, (study_id, alias) in zip(rows, subjects, strict=True):
        study, left_by = studies.get(study_id), erased_under(alias)
        if study is None:
            continue
        kind: OfferKind = "texts" if row["kind"] == OFFER_KIND else "study"
        if person in ([study.owner] if kind == "texts" else may_take_on(study, left_by)):
            until = datetime.fromisoformat(row["due_at"])
            waiting.append(WaitingOffer(kind, study_id, study.title, left_by, until))
    return waiting
