"""From draft to published and on: reviews, publication, withdrawal, a new owner."""

from collections.abc import Sequence
from datetime import datetime

from storage import case_study_rows as rows_of
from storage.audit import record_audit
from storage.case_study_history import list_events, record_event
from storage.case_study_touch import touch_study
from storage.columns import clean
from storage.database import Script
from storage.digests import DIGESTS_SUBJECT
from storage.facets import drop_facets, put_facets
from storage.messages import insert_messages, touch
from storage.records.case_studies import CaseStudy
from storage.records.case_study_history import Decision
from storage.records.messages import Message
from storage.records.people import Person
from storage.records.published import GivenFacets
from storage.store import ConflictError, NotApprovedError, NotReviewerError, OwnWorkError
from storage.workspace_settings import get_settings

_OF_STUDY = "WHERE workspace_id = :workspace_id AND id = :id"
_SET_REVIEW = f"""
UPDATE case_studies SET status = :status, reviewer_team = :team_id, reviewer_user = :user_id {_OF_STUDY}
"""
_PUBLISH = f"""
UPDATE case_studies
SET status = 'published', published_at = :at, reviewer_team = NULL, reviewer_user = NULL {_OF_STUDY}
"""
_WITHDRAW = f"""
UPDATE case_studies SET status = 'withdrawn', withdrawn_at = :at, withdrawn_reason = :reason {_OF_STUDY}
"""
_SET_OWNER = f"UPDATE case_studies SET owner_team = :team_id, owner_user = :user_id {_OF_STUDY}"


def request_review(
    workspace_id: str, study_id: str, reviewer: Person, by: Person, at: datetime, messages: Sequence[Message]
) -> Script[CaseStudy]:
    before = yield from rows_of.lock(workspace_id, study_id)
    if before.status not in {"draft", "in_review"}:
        raise ConflictError(f"case study {study_id} is {before.status}")
    _refuse_own_work(before, reviewer)
    if before.reviewer == reviewer:
        raise ConflictError(f"they are asked to review case study {study_id} already")
    yield _SET_REVIEW, _key(before) | _ids(reviewer) | {"status": "in_review"}
    yield from record_event(before, "review_requested", by, at, person=reviewer)
    return (yield from _after(before, by, messages))


def decide_review(
    workspace_id: str,
    study_id: str,
    decision: Decision,
    by: Person,
    note: str,
    at: datetime,
    messages: Sequence[Message],
) -> Script[CaseStudy]:
    before = yield from rows_of.lock(workspace_id, study_id)
    _refuse_own_work(before, by)
    if before.status != "in_review" or before.reviewer is None:
        raise ConflictError(f"case study {study_id} waits for no review")
    if before.reviewer != by:
        raise NotReviewerError(f"the review of case study {study_id} is asked of somebody else")
    status = "in_review" if decision == "approved" else "draft"
    yield _SET_REVIEW, _key(before) | {"team_id": None, "user_id": None, "status": status}
    yield from record_event(before, decision, by, at, note=note)
    return (yield from _after(before, by, messages))


def publish(
    workspace_id: str,
    study_id: str,
    by: Person | None,
    at: datetime,
    facets: GivenFacets,
    messages: Sequence[Message],
) -> Script[CaseStudy]:
    before = yield from rows_of.lock(workspace_id, study_id)
    if before.status == "published":
        return before
    if before.status == "withdrawn":
        raise ConflictError(f"case study {study_id} has been withdrawn")
    settings = yield from get_settings(workspace_id)
    if settings.approval_required and not (yield from is_approved(before)):
        raise NotApprovedError(f"nobody has approved case study {study_id} as it is now")
    actor = by or before.owner
    yield _PUBLISH, _key(before) | {"at": at}
    now = yield from rows_of.existing(workspace_id, study_id)
    yield from rows_of.put_words(now)
    yield from put_facets(now, facets)
    yield from record_event(now, "published", actor, at)
    return (yield from _after(before, actor, messages))


def withdraw(
    workspace_id: str, study_id: str, reason: str, by: Person, at: datetime, messages: Sequence[Message]
) -> Script[CaseStudy]:
    before = yield from rows_of.lock(workspace_id, study_id)
    if before.status != "published":
        raise ConflictError(f"case study {study_id} is {before.status}")
    yield _WITHDRAW, _key(before) | {"at": at, "reason": clean(reason)}
    yield from rows_of.drop_words(before)
    yield from drop_facets(before)
    yield from record_event(before, "withdrawn", by, at, note=reason)
    yield from record_audit(workspace_id, "withdrawn", by, at, study_id)
    yield from touch(workspace_id, DIGESTS_SUBJECT)
    return (yield from _after(before, by, messages))


def set_owner(
    workspace_id: str,
    study_id: str,
    owner: Person,
    before: Person,
    by: Person,
    at: datetime,
    messages: Sequence[Message],
) -> Script[CaseStudy]:
    study = yield from rows_of.lock(workspace_id, study_id)
    if study.owner == owner:
        raise ConflictError(f"they own case study {study_id} already")
    if study.owner != before:
        raise ConflictError(f"case study {study_id} has been handed on to somebody else")
    yield _SET_OWNER, _key(study) | _ids(owner)
    if study.reviewer == owner:
        # Nobody reviews what they own; the draft waits for another reviewer.
        yield _SET_REVIEW, _key(study) | {"team_id": None, "user_id": None, "status": "draft"}
    yield from record_event(study, "owner", by, at, person=owner)
    detail = {"before": [before.team_id, before.user_id], "after": [owner.team_id, owner.user_id]}
    yield from record_audit(workspace_id, "handed_on", by, at, study_id, detail)
    return (yield from _after(study, by, messages))


def set_facets(workspace_id: str, study_id: str, facets: GivenFacets) -> Script[None]:
    study = yield from rows_of.lock(workspace_id, study_id)
    if study.status != "published":
        raise ConflictError(f"case study {study_id} is {study.status}")
    yield from put_facets(study, facets)


def is_approved(study: CaseStudy) -> Script[bool]:
    """Whether somebody who may has approved it as it is now."""
    events = yield from list_events(study.workspace_id, study.id)
    reviews = [each for each in events if each.kind in {"review_requested", "approved", "changes_wanted"}]
    if not reviews or reviews[-1].kind != "approved":
        return False
    return reviews[-1].last_change == study.last_change and reviews[-1].actor not in study.authors


def _refuse_own_work(study: CaseStudy, person: Person) -> None:
    if person in study.authors:
        raise OwnWorkError(f"they wrote case study {study.id} or own it")


def _after(before: CaseStudy, actor: Person, messages: Sequence[Message]) -> Script[CaseStudy]:
    """Mark what follows the case study as dirty, keep the messages, and return it as it now is."""
    now = yield from rows_of.existing(before.workspace_id, before.id)
    # Whom it waited for, or who owned it, has less to do in App Home now, and must be shown that.
    earlier = [before.owner, *([before.reviewer] if before.reviewer else [])]
    yield from touch_study(now, actor, *earlier)
    yield from insert_messages(messages)
    return now


def _key(study: CaseStudy) -> dict[str, object]:
    return {"workspace_id": study.workspace_id, "id": study.id}


def _ids(person: Person) -> dict[str, object]:
    return {"team_id": person.team_id, "user_id": person.user_id}
