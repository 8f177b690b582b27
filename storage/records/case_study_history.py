"""Every change of a case study and every step it took."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias

from storage.records.case_studies import CaseStudy, FieldAnswer, FieldValue
from storage.records.case_study_sections import SectionRequest
from storage.records.people import Person
from storage.records.published import GivenFacets

ChangeKind: TypeAlias = Literal["saved", "set_aside", "kept"]
CaseStudyEventKind: TypeAlias = Literal[
    "review_requested", "approved", "changes_wanted", "published", "edited", "withdrawn", "owner"
]
Decision: TypeAlias = Literal["approved", "changes_wanted"]


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a field; `number` counts from 1 over all fields of the case study.

    "saved": the field says this from then on. "set_aside": somebody else had changed the field
    first, and this text waits for a choice. "kept": the other text was chosen. `settles` is the number
    of the set-aside text that this change ends the wait of.
    """

    number: int
    field_id: str
    value: FieldValue
    author: Person
    at: datetime
    kind: ChangeKind = "saved"
    settles: int | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two texts for one field: `theirs` stands, `mine` waits; an emptied field has the value "".

    `number` is that of the change that was set aside, `theirs_number` that of the text that stands.
    """

    number: int
    field_id: str
    theirs: FieldAnswer
    theirs_number: int
    mine: FieldValue
    author: Person
    at: datetime


@dataclass(frozen=True, slots=True)
class CaseStudyEvent:
    """What happened to a case study as a whole; `number` counts from 1.

    `last_change` is the newest change it had then and `title` its title, so that each publication
    and edit can be read again. `person` is the reviewer who was asked, or the new owner.
    `note` is the reviewer's, or the reason of a withdrawal.
    """

    number: int
    kind: CaseStudyEventKind
    actor: Person
    at: datetime
    last_change: int
    title: str
    note: str = ""
    person: Person | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """What a case study said when it was published or edited; `number` is its event's."""

    number: int
    kind: CaseStudyEventKind
    author: Person
    at: datetime
    title: str
    answers: Mapping[str, FieldAnswer]


@dataclass(frozen=True, slots=True)
class CaseStudyHistory:
    """Everything beside the answers, as it is exported and imported, each in order.

    `facets` are those of a published one, values in order. `asked_at` is when the owner was last asked what
    is to become of a draft.
    """

    changes: tuple[Change, ...] = ()
    events: tuple[CaseStudyEvent, ...] = ()
    sections: tuple[SectionRequest, ...] = ()
    facets: GivenFacets = field(default_factory=dict)
    asked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FieldEdit:
    """What a form says of some fields; the text of `title_field` becomes the title."""

    values: Mapping[str, FieldValue]
    title_field: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a form: the case study as it now is, and the fields that were set aside."""

    study: CaseStudy
    conflicts: tuple[Conflict, ...] = ()
