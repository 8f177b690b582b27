"""Case studies of an owner who was erased, in which others wrote: one of them takes each on, or it goes."""

from datetime import datetime

from storage import case_study_rows as rows_of
from storage.audit import record_audit
from storage.case_study_history import record_event
from storage.case_study_status import withdraw
from storage.case_study_touch import touch_study
from storage.database import Script
from storage.erasure.texts import OFFERED_FOR, has_texts, offer_texts, remove_texts
from storage.messages import insert_messages
from storage.records.audit import NOBODY
from storage.records.case_studies import CaseStudy
from storage.records.messages import Message
from storage.records.people import Person
from storage.records.privacy import is_erased
from storage.retention import delete_studies
from storage.store import ConflictError
from storage.work import cancel_work, plan_work

TAKE_ON_KIND = "privacy.take_on"
"""The message to each who wrote in it, and the work that ends the wait."""

_OWNED = """
SELECT id FROM case_studies
WHERE workspace_id = :workspace_id AND owner_team = :team_id AND owner_user = :user_id
    AND status <> 'withdrawn'
ORDER BY id FOR UPDATE
"""
_SET_OWNER = """
UPDATE case_studies SET owner_team = :team_id, owner_user = :user_id,
    status = CASE WHEN status = 'in_review' THEN 'draft' ELSE status END,
    reviewer_team = NULL, reviewer_user = NULL
WHERE workspace_id = :workspace_id AND id = :case_study_id
"""


def writers_beside(study: CaseStudy, owner: Person) -> list[Person]:
    """Who else wrote what stands in it, but those who were erased, in the order of their ids."""
    others = {author for author in study.authors if author != owner and not is_erased(author)}
    return sorted(others, key=lambda each: (each.team_id, each.user_id))


def may_take_on(study: CaseStudy, left_by: Person) -> list[Person]:
    """Who can own what somebody erased has left: nobody once another owns it, or it is withdrawn."""
    if study.owner != left_by or study.status == "withdrawn":
        return []
    return writers_beside(study, left_by)


def leave_studies(workspace_id: str, person: Person, other: Person, at: datetime) -> Script[None]:
    """Offer what a person owns to those who wrote in it; a draft that nobody else wrote in goes."""
    alone = []
    key = {"workspace_id": workspace_id, "team_id": person.team_id, "user_id": person.user_id}
    rows = yield _OWNED, key
    for study in (yield from rows_of.get_many(workspace_id, [row["id"] for row in rows])):
        writers = writers_beside(study, person)
        if not writers:
            alone += [study.id] if study.status != "published" else []
            continue
        yield from touch_study(study, *writers)
        yield _SET_OWNER, _key(study) | {"team_id": other.team_id, "user_id": other.user_id}
        subject = f"{study.id}:{other.user_id}"
        yield from plan_work(workspace_id, _work_id(study.id), TAKE_ON_KIND, subject, at + OFFERED_FOR)
        for writer in writers:
            name = f"{TAKE_ON_KIND}:{study.id}:{other.user_id}:{writer.user_id}"
            asked = Message(workspace_id, name, TAKE_ON_KIND, f"case_study:{study.id}", writer.user_id)
            yield from insert_messages([asked])
    yield from delete_studies(workspace_id, alone)


def take_on(workspace_id: str, study_id: str, left_by: Person, by: Person, at: datetime) -> Script[None]:
    """Whoever wrote in it owns it from now on, and decides about the texts that were left in it.

    :raises ConflictError: somebody else owns it by now, or nobody may take it on any more
    """
    study = yield from rows_of.lock(workspace_id, study_id)
    writers = may_take_on(study, left_by)
    if by not in writers:
        raise ConflictError(f"case study {study_id} is not offered to them")
    yield _SET_OWNER, _key(study) | {"team_id": by.team_id, "user_id": by.user_id}
    yield from cancel_work(workspace_id, _work_id(study_id))
    yield from record_event(study, "owner", by, at, person=by)
    detail = {"before": [left_by.team_id, left_by.user_id], "after": [by.team_id, by.user_id]}
    yield from record_audit(workspace_id, "handed_on", by, at, study_id, detail)
    if (yield from has_texts(workspace_id, study_id, left_by)):
        yield from offer_texts(workspace_id, study_id, left_by, by, at)
    yield from touch_study(study, *writers)


def end_wait(workspace_id: str, study_id: str, left_by: Person, at: datetime) -> Script[None]:
    """Nobody took it on: a draft goes, a published one is withdrawn, and the texts left in it go.

    Handed on by an admin meanwhile, it is its new owner who decides about the texts.
    """
    study = yield from rows_of.lock(workspace_id, study_id)
    if study.owner != left_by:
        if (yield from has_texts(workspace_id, study_id, left_by)):
            yield from offer_texts(workspace_id, study_id, left_by, study.owner, at)
        return
    yield from touch_study(study, *writers_beside(study, left_by))
    if study.status == "published":
        yield from withdraw(workspace_id, study_id, "", left_by, at, [])
        yield from remove_texts(workspace_id, study_id, left_by)
    else:
        yield from record_audit(workspace_id, "draft_left", NOBODY, at, study_id)
        yield from delete_studies(workspace_id, [study_id])


def _work_id(study_id: str) -> str:
    return f"{TAKE_ON_KIND}:{study_id}"


def _key(study: CaseStudy) -> dict[str, object]:
    return {"workspace_id": study.workspace_id, "case_study_id": study.id}
