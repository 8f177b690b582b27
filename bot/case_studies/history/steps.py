"""The steps in which a case study was written: rules, and no more."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from bot.case_studies.history.comparing import FieldDifference, Values, differences, in_order, label_of
from knowledge.model import Template
from storage.records.case_studies import FieldValue
from storage.records.case_study_history import CaseStudyEvent, Change, ChangeKind
from storage.records.people import Person

OTHER_FIELDS = "Fields that the template has no more"


@dataclass(frozen=True, slots=True)
class Step:
    """What one person did to one section at one time: its changes from `first` to `last`.

    `section` is a title and `fields` are labels.
    """

    first: int
    last: int
    kind: ChangeKind
    author: Person
    at: datetime
    section: str
    fields: tuple[str, ...]


Entry = Step | CaseStudyEvent


def steps_of(changes: Iterable[Change], template: Template) -> list[Step]:
    """In the order of the changes."""
    sections = {field.id: section.title for section in template.sections for field in section.fields}
    together = groupby(
        changes,
        key=lambda each: (each.kind, each.author, each.at, sections.get(each.field_id, OTHER_FIELDS)),
    )
    steps = []
    for (kind, author, at, section), group in together:
        own = list(group)
        written = in_order(template, (each.field_id for each in own))
        labels = tuple(label_of(template, field_id) for field_id in written)
        steps.append(Step(own[0].number, own[-1].number, kind, author, at, section, labels))
    return steps


def entries_of(
    changes: Iterable[Change], events: Iterable[CaseStudyEvent], template: Template
) -> list[Entry]:
    """Steps and what was decided of the whole, the newest first; an edit shows as its steps."""
    placed: list[tuple[int, int, Entry]] = [(step.last, 0, step) for step in steps_of(changes, template)]
    placed += [(event.last_change, event.number, event) for event in events if event.kind != "edited"]
    return [entry for _, _, entry in sorted(placed, key=lambda each: each[:2], reverse=True)]


def differences_of_step(
    changes: Sequence[Change], step: Step, template: Template
) -> tuple[FieldDifference, ...]:
    """What the step changed.

    Of a text that was set aside, how it differs from the one that stood; of a choice for the text that
    stood, how that differs from the one that was not chosen.
    """
    before: dict[str, FieldValue] = {}
    after: dict[str, FieldValue] = {}
    for change in changes:
        if step.first <= change.number <= step.last:
            before[change.field_id] = _before(changes, change)
            after[change.field_id] = change.value
    shown: tuple[Values, Values] = (before, after)
    return differences(template, *shown)


def _before(changes: Sequence[Change], change: Change) -> FieldValue:
    if change.kind == "kept":
        return next((each.value for each in changes if each.number == change.settles), "")
    earlier = [
        each.value
        for each in changes
        if each.kind == "saved" and each.field_id == change.field_id and each.number < change.number
    ]
    return earlier[-1] if earlier else ""
