"""Fields of many case studies saved by many people in one transaction."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from storage import case_study_rows as rows_of
from storage.case_study_access import list_access
from storage.case_study_history import insert_changes, list_changes, list_changes_since, record_event
from storage.case_study_ledger import Ledger, standing
from storage.case_study_touch import touch_studies
from storage.database import Script, values_list
from storage.records.case_studies import CaseStudy
from storage.records.case_study_access import Access
from storage.records.case_study_history import Change, Conflict, FieldEdit, Saved
from storage.records.people import Person
from storage.store import ConflictError, NotFoundError

# Both engines name the columns of VALUES so: id, title, updated_at, last_change.
_UPDATE = """
UPDATE case_studies
SET title = saved.column2, updated_at = saved.column3, last_change = saved.column4
FROM (VALUES {rows}) AS saved
WHERE case_studies.workspace_id = :workspace_id AND case_studies.id = saved.column1
"""


@dataclass(frozen=True, slots=True)
class Edit:
    """What somebody makes of the fields of a case study; `change` is given it and what they may do with it.

    `seen` holds the newest change that they knew of, for all fields or by field.
    """

    study_id: str
    change: Callable[[CaseStudy, Access], FieldEdit]
    editor: Person
    seen: int | Mapping[str, int]
    at: datetime

    def seen_of(self, study: CaseStudy) -> int:
        """The newest change of all that they knew of."""
        return self.seen if isinstance(self.seen, int) else min(self.seen.values(), default=study.last_change)

    def meets_others(self, since: Sequence[Change], edited: FieldEdit) -> bool:
        """Whether somebody else has saved one of the fields since."""
        return any(
            each.kind == "saved" and each.author != self.editor and each.field_id in edited.values
            for each in since
        )

    def made(self, before: CaseStudy, changes: list[Change], edited: FieldEdit) -> tuple[Ledger, Saved]:
        """The changes with what this adds to them, and what becomes of it."""
        ledger = Ledger(changes, before.last_change)
        seen = dict.fromkeys(edited.values, self.seen) if isinstance(self.seen, int) else self.seen
        conflicts = ledger.merge(edited.values, self.editor, seen, self.at)
        return ledger, Saved(ledger.applied(before, edited.title_field, self.at), conflicts)


@dataclass(frozen=True, slots=True)
class _Changed:
    """A case study before and after, what was added to its changes, and by whom."""

    before: CaseStudy
    after: CaseStudy
    ledger: Ledger
    actor: Person
    at: datetime


def edit_studies(workspace_id: str, edits: Sequence[Edit]) -> Script[list[Saved | Exception]]:
    """Make the edits one after the other; whatever one is refused with stands in its place."""
    outcomes: list[Saved | Exception | None] = [None] * len(edits)
    for numbers in _turns(edits):
        found = yield from _edit_each(workspace_id, [edits[number] for number in numbers])
        for number, outcome in zip(numbers, found, strict=True):
            outcomes[number] = outcome
    return [outcome for outcome in outcomes if outcome is not None]


def _turns(edits: Sequence[Edit]) -> Iterator[list[int]]:
    """The edits' numbers, at most one of each case study at a time: the next sees what it made."""
    waiting: dict[str, list[int]] = defaultdict(list)
    for number, edit in enumerate(edits):
        waiting[edit.study_id].append(number)
    while waiting:
        yield [numbers.pop(0) for numbers in waiting.values()]
        waiting = {study_id: numbers for study_id, numbers in waiting.items() if numbers}


def _edit_each(workspace_id: str, edits: Sequence[Edit]) -> Script[list[Saved | Exception]]:
    """One edit a case study."""
    studies = yield from rows_of.lock_many(workspace_id, [edit.study_id for edit in edits])
    accesses = yield from list_access(workspace_id, [(edit.study_id, edit.editor) for edit in edits])
    edited: dict[str, FieldEdit] = {}
    outcomes: dict[str, Saved | Exception] = {}
    for edit in edits:
        try:
            edited[edit.study_id] = _edited(edit, studies.get(edit.study_id), accesses)
        except Exception as refusal:
            outcomes[edit.study_id] = refusal
    allowed = [edit for edit in edits if edit.study_id in edited]
    if not allowed:
        return [outcomes[edit.study_id] for edit in edits]
    seen = {edit.study_id: edit.seen_of(studies[edit.study_id]) for edit in allowed}
    behind = {study_id: number for study_id, number in seen.items() if number < studies[study_id].last_change}
    since = yield from list_changes_since(workspace_id, behind)
    changed: list[_Changed] = []
    for edit in allowed:
        before, changes = studies[edit.study_id], since.get(edit.study_id, [])
        if edit.meets_others(changes, edited[edit.study_id]):
            changes = yield from list_changes(workspace_id, edit.study_id)
        else:
            changes = [*standing(before), *changes]
        ledger, saved = edit.made(before, changes, edited[edit.study_id])
        changed.append(_Changed(before, saved.study, ledger, edit.editor, edit.at))
        outcomes[edit.study_id] = saved
    yield from _keep(workspace_id, changed)
    return [outcomes[edit.study_id] for edit in edits]


def _edited(edit: Edit, study: CaseStudy | None, accesses: Mapping[tuple[str, Person], Access]) -> FieldEdit:
    access = accesses.get((edit.study_id, edit.editor))
    if study is None or access is None:
        raise NotFoundError(f"no case study {edit.study_id}")
    edited = edit.change(study, access)
    if study.status == "withdrawn":
        raise ConflictError(f"case study {edit.study_id} has been withdrawn")
    return edited


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
    ledger = Ledger((yield from list_changes(workspace_id, study_id)), before.last_change)
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
    after = ledger.applied(before, title_field, at)
    yield from _keep(workspace_id, [_Changed(before, after, ledger, by, at)])
    return after


def list_conflicts(workspace_id: str, study_id: str) -> Script[list[Conflict]]:
    ledger = Ledger((yield from list_changes(workspace_id, study_id)), 0)
    return [ledger.conflict(each) for each in ledger.waiting()]


def _keep(workspace_id: str, made: Iterable[_Changed]) -> Script[None]:
    """Write what was added and what follows from it, where anything changed."""
    changed = [each for each in made if each.after is not each.before]
    if not changed:
        return
    yield from insert_changes(workspace_id, {each.after.id: each.ledger.added for each in changed})
    yield from rows_of.put_answers(workspace_id, {each.after.id: each.ledger.saved for each in changed})
    now = [
        (each.after.id, each.after.title, each.after.updated_at, each.after.last_change) for each in changed
    ]
    rows, values = values_list("saved", now)
    yield _UPDATE.format(rows=rows), {"workspace_id": workspace_id} | values
    for each in changed:
        says_more = each.ledger.saved or each.after.title != each.before.title
        if each.after.status == "published" and says_more:
            yield from rows_of.put_words(each.after)
            yield from record_event(each.after, "edited", each.actor, each.at)
    yield from touch_studies([(each.after, each.actor) for each in changed])
