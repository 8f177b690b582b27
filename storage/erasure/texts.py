"""Texts in the case studies of others: taken out, or offered to the owner to be kept without a name."""

import json
from datetime import datetime, timedelta

from storage import case_study_rows as rows_of
from storage.audit import record_audit
from storage.case_study_touch import touch_study
from storage.database import Row, Script
from storage.facets import put_facets
from storage.messages import home_subject, insert_messages, touch
from storage.records.messages import Message
from storage.records.people import Person
from storage.records.privacy import OfferState
from storage.records.published import GivenFacet
from storage.store import ConflictError
from storage.work import plan_work

OFFER_KIND = "privacy.offer"
"""The message to the owner, and the work that takes the texts out when nobody has decided."""
OFFERED_FOR = timedelta(days=30)

_OF_STUDY = "workspace_id = :workspace_id AND case_study_id = :case_study_id"
_BY = "author_team = :team_id AND author_user = :user_id"
_EMPTY = '[""]'
_WRITTEN = f"""
SELECT value FROM case_study_changes WHERE {_OF_STUDY} AND {_BY} AND value <> '{_EMPTY}'
"""
# Whoever chose between two texts has the one that stood under their own name.
_CHOSEN = f"SELECT number, value FROM case_study_changes WHERE {_OF_STUDY} AND kind = 'kept'"
_EMPTY_CHANGE = f"UPDATE case_study_changes SET value = '{_EMPTY}' WHERE {_OF_STUDY} AND number = :number"
_OTHER_TEXTS = f"SELECT value FROM case_study_changes WHERE {_OF_STUDY} AND value <> '{_EMPTY}'"
_EMPTY_CHANGES = f"UPDATE case_study_changes SET value = '{_EMPTY}' WHERE {_OF_STUDY} AND {_BY}"
_DROP_ANSWERS = f"DELETE FROM case_study_answers WHERE {_OF_STUDY} AND {_BY}"
_DROP_TITLE = "UPDATE case_studies SET title = '' WHERE workspace_id = :workspace_id AND id = :case_study_id"
_EVENT_TITLES = f"SELECT number, title FROM case_study_events WHERE {_OF_STUDY} ORDER BY number"
_DROP_EVENT_TITLE = f"UPDATE case_study_events SET title = '' WHERE {_OF_STUDY} AND number = :number"
_FACETS = f"SELECT facet, value FROM case_study_facets WHERE {_OF_STUDY} ORDER BY facet, value"
_UNUSED_FACETS = "DELETE FROM case_study_facet_counts WHERE workspace_id = :workspace_id AND number <= 0"
_DECIDE = "DELETE FROM work WHERE workspace_id = :workspace_id AND id = :id RETURNING id"
_WAITS = "SELECT id FROM work WHERE workspace_id = :workspace_id AND id = :id"


def remove_texts(workspace_id: str, study_id: str, author: Person) -> Script[None]:
    """Empty what somebody wrote in a case study, its earlier versions too; the case study must be locked."""
    key = {"workspace_id": workspace_id, "case_study_id": study_id}
    by = key | {"team_id": author.team_id, "user_id": author.user_id}
    written = {json.loads(row["value"])[0] for row in (yield _WRITTEN, by) if _is_text(row)}
    yield _EMPTY_CHANGES, by
    for row in (yield _CHOSEN, key):
        if _is_text(row) and json.loads(row["value"])[0] in written:
            yield _EMPTY_CHANGE, key | {"number": row["number"]}
    yield _DROP_ANSWERS, by
    study = yield from rows_of.existing(workspace_id, study_id)
    left = {json.loads(row["value"])[0] for row in (yield _OTHER_TEXTS, key) if _is_text(row)}
    is_own = study.owner == author

    def goes(title: str) -> bool:
        return title in written or (is_own and title not in left)

    if goes(study.title):
        yield _DROP_TITLE, key
    for row in (yield _EVENT_TITLES, key):
        if goes(row["title"]):
            yield _DROP_EVENT_TITLE, key | {"number": row["number"]}
    if study.status == "published":
        now = yield from rows_of.existing(workspace_id, study_id)
        yield from rows_of.put_words(now)
        said = {_tidy(text) for answer in now.answers.values() for text in rows_of.texts_of(answer.value)}
        given: dict[GivenFacet, list[str]] = {}
        for row in (yield _FACETS, key):
            if row["facet"] not in {"template", "year"} and _is_said(row["value"], said):
                given.setdefault(row["facet"], []).append(row["value"])
        yield from put_facets(now, given)
        yield _UNUSED_FACETS, key
    yield from touch_study(study)


def offer_texts(
    workspace_id: str, study_id: str, author: Person, owner: Person, at: datetime
) -> Script[None]:
    """Ask the owner whether texts without a name stay; without an answer they go."""
    name = offer_id(study_id, author)
    yield from plan_work(workspace_id, name, OFFER_KIND, f"{study_id}:{author.user_id}", at + OFFERED_FOR)
    message = Message(workspace_id, name, OFFER_KIND, f"case_study:{study_id}", owner.user_id)
    yield from insert_messages([message])
    yield from touch(workspace_id, home_subject(owner))


def settle_offer(
    workspace_id: str, study_id: str, author: Person, keep: bool, by: Person, at: datetime
) -> Script[None]:
    """What was decided; :raises ConflictError: somebody has decided before."""
    study = yield from rows_of.lock(workspace_id, study_id)
    if not (yield _DECIDE, {"workspace_id": workspace_id, "id": offer_id(study_id, author)}):
        raise ConflictError("it has been decided")
    if keep:
        yield from touch_study(study)
    else:
        yield from remove_texts(workspace_id, study_id, author)
    yield from record_audit(workspace_id, "texts_kept" if keep else "texts_removed", by, at, study_id)


def has_texts(workspace_id: str, study_id: str, author: Person) -> Script[bool]:
    """Whether anything that they wrote is left, in earlier versions too."""
    by = {"workspace_id": workspace_id, "case_study_id": study_id}
    return bool((yield _WRITTEN, by | {"team_id": author.team_id, "user_id": author.user_id}))


def offer_state(workspace_id: str, study_id: str, author: Person) -> Script[OfferState]:
    if (yield _WAITS, {"workspace_id": workspace_id, "id": offer_id(study_id, author)}):
        return "waiting"
    return "kept" if (yield from has_texts(workspace_id, study_id, author)) else "removed"


def offer_id(study_id: str, author: Person) -> str:
    """The id of the message, and of the work."""
    return f"{OFFER_KIND}:{study_id}:{author.user_id}"


def _is_text(row: Row) -> bool:
    return isinstance(json.loads(row["value"])[0], str)


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _is_said(value: str, left: set[str]) -> bool:
    """Whether a filter's value, which may be cut with an ellipsis, still stands in an answer."""
    return value in left or any(value.endswith("…") and text.startswith(value[:-1]) for text in left)
