"""Fields of a case study saved by several people: nobody's text replaces one that they have not seen."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from storage import case_study_rows as rows_of
from storage.case_study_access import get_access
from storage.case_study_history import answer_of, insert_changes, list_changes, record_event
from storage.case_study_touch import touch_study
from storage.database import Script
from storage.records.case_studies import CaseStudy, FieldAnswer, FieldValue
from storage.records.case_study_access import Access
from storage.records.case_study_history import Change, Conflict, FieldEdit, Saved
from storage.records.people import Person
from storage.store import ConflictError, NotFoundError

_UPDATE = """
UPDATE case_studies SET title = :title, updated_at = :updated_at, last_change = :last_change
WHERE workspace_id = :workspace_id AND id = :id
"""


@dataclass(slots=True)
class _Ledger:
    """The changes of one case study so far, and those to be added to them."""

    changes: list[Change]
    last_number: int
    added: list[Change]

    def latest(self, field_id: str, upto: int | None = None) -> Change | None:
        """The field's newest saved change, or the newest of those numbered up to `upto`."""
        for change in reversed(self.changes):
            is_seen = upto is None or change.number <= upto
            if change.kind == "saved" and change.field_id == field_id and is_seen:
                return change
        return None

    def waiting(self) -> list[Change]:
        """What was set aside and has not been settled."""
        settled = {change.settles for change in self.changes}
        return [each for each in self.changes if each.kind == "set_aside" and each.number not in settled]

    def add(self, change: Change) -> Change:
        """Give a change the next number."""
        self.last_number += 1
        numbered = replace(change, number=self.last_number)
        self.changes.append(numbered)
        self.added.append(numbered)
        return numbered

    def conflict(self, change: Change) -> Conflict:
        """A waiting change beside what stands."""
        stands = self.latest(change.field_id)
        if stands is None:
            raise AssertionError("a text is only set aside for another")
        return Conflict(
            number=change.number,
            field_id=change.field_id,
            theirs=answer_of(stands),
            theirs_number=stands.number,
            mine=change.value,
            author=change.author,
            at=change.at,
        )


def save_fields(
    workspace_id: str,
    study_id: str,
    values: Mapping[str, FieldValue],
    author: Person,
    title_field: str,
    seen: Mapping[str, int],
    at: datetime,
) -> Script[Saved]:
    before = yield from rows_of.lock(workspace_id, study_id)
    return (yield from _save(before, values, author, title_field, seen, at))


def edit_fields(
    workspace_id: str,
    study_id: str,
    edit: Callable[[CaseStudy, Access], FieldEdit],
    editor: Person,
    seen: int,
    at: datetime,
) -> Script[Saved]:
    before = yield from rows_of.lock(workspace_id, study_id)
    access = yield from get_access(workspace_id, study_id, editor)
    if access is None:
        raise NotFoundError(f"no case study {study_id}")
    edited = edit(before, access)
    known = dict.fromkeys(edited.values, seen)
    return (yield from _save(before, edited.values, editor, edited.title_field, known, at))


def _save(
    before: CaseStudy,
    values: Mapping[str, FieldValue],
    author: Person,
    title_field: str,
    seen: Mapping[str, int],
    at: datetime,
) -> Script[Saved]:
    if before.status == "withdrawn":
        raise ConflictError(f"case study {before.id} has been withdrawn")
    ledger = yield from _ledger(before, [*values, title_field])
    aside: list[Change] = []
    for field_id, given in values.items():
        mine = Change(0, field_id, rows_of.clean_value(given), author, at)
        stands = ledger.latest(field_id)
        if _same(mine.value, stands.value if stands else ""):
            continue
        if stands and field_id in seen and stands.number > seen[field_id] and stands.author != author:
            base = ledger.latest(field_id, upto=seen[field_id])
            if not _same(mine.value, base.value if base else ""):
                aside.append(_set_aside(ledger, mine))
            continue
        ledger.add(mine)
    study = yield from _keep(before, ledger, title_field, author, at)
    return Saved(study, tuple(ledger.conflict(each) for each in aside))


def resolve_conflict(
    workspace_id: str,
    study_id: str,
    number: int,
    keep: Literal["theirs", "mine"],
    seen: int,
    title_field: str,
    by: Person,
    at: datetime,
) -> Script[CaseStudy]:
    before = yield from rows_of.lock(workspace_id, study_id)
    if before.status == "withdrawn":
        raise ConflictError(f"case study {study_id} has been withdrawn")
    ledger = yield from _ledger(before)
    waiting = {change.number: change for change in ledger.waiting()}
    if number not in waiting:
        raise ConflictError(f"text {number} of case study {study_id} does not wait for a choice")
    mine = waiting[number]
    stands = ledger.latest(mine.field_id)
    if stands is not None and stands.number > seen:
        raise ConflictError(f"field {mine.field_id} of case study {study_id} has changed since {seen}")
    if keep == "mine":
        ledger.add(replace(mine, kind="saved", at=at, settles=number))
    else:
        value = stands.value if stands else ""
        ledger.add(Change(0, mine.field_id, value, by, at, kind="kept", settles=number))
    return (yield from _keep(before, ledger, title_field, by, at))


def list_conflicts(workspace_id: str, study_id: str) -> Script[list[Conflict]]:
    changes = yield from list_changes(workspace_id, study_id)
    ledger = _Ledger(changes, 0, [])
    return [ledger.conflict(each) for each in ledger.waiting()]


def _ledger(study: CaseStudy, field_ids: Sequence[str] | None = None) -> Script[_Ledger]:
    changes = yield from list_changes(study.workspace_id, study.id, field_ids)
    return _Ledger(changes, study.last_change, [])


def _set_aside(ledger: _Ledger, mine: Change) -> Change:
    """Keep a text for a choice; a newer one of the same person takes the place of the one before."""
    for before in ledger.waiting():
        if (before.field_id, before.author) == (mine.field_id, mine.author):
            if _same(before.value, mine.value):
                return before
            return ledger.add(replace(mine, kind="set_aside", settles=before.number))
    return ledger.add(replace(mine, kind="set_aside"))


def _keep(
    before: CaseStudy, ledger: _Ledger, title_field: str, actor: Person, at: datetime
) -> Script[CaseStudy]:
    """Write what was added and what follows from it; nothing when nothing changed."""
    named = ledger.latest(title_field)
    title = named.value if named and isinstance(named.value, str) else before.title
    if not ledger.added and title == before.title:
        return before
    yield from insert_changes(before.workspace_id, before.id, ledger.added)
    saved = [answer_of(change) for change in ledger.added if change.kind == "saved"]
    yield from rows_of.put_answers(before.workspace_id, before.id, saved)
    says_more = bool(saved) or title != before.title
    now = replace(
        before,
        title=title,
        updated_at=at.astimezone(UTC) if says_more else before.updated_at,
        last_change=ledger.last_number,
        answers=_answers_after(before, saved),
    )
    yield (
        _UPDATE,
        {
            "workspace_id": now.workspace_id,
            "id": now.id,
            "title": now.title,
            "updated_at": now.updated_at,
            "last_change": now.last_change,
        },
    )
    if now.status == "published" and says_more:
        yield from rows_of.put_words(now)
        yield from record_event(now, "edited", actor, at)
    yield from touch_study(now, actor)
    return now


def _answers_after(before: CaseStudy, saved: Iterable[FieldAnswer]) -> dict[str, FieldAnswer]:
    """The answers as they will be read back."""
    answers = dict(before.answers) | {each.field_id: each for each in saved}
    return {field_id: answer for field_id, answer in sorted(answers.items()) if answer.value}


def _same(one: FieldValue, other: FieldValue) -> bool:
    """An empty text and no text are the same."""
    return (one or "") == (other or "")
