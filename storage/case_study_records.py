"""What is kept of a case study beside its answers: its history, its people, where it is found."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from storage.records.case_studies import CaseStudy, CaseStudyStatus, CaseStudySummary, FieldAnswer, FieldValue
from storage.records.people import Person

ChangeKind: TypeAlias = Literal["saved", "set_aside", "kept"]
CaseStudyEventKind: TypeAlias = Literal[
    "review_requested", "approved", "changes_wanted", "published", "edited", "withdrawn", "owner"
]
Decision: TypeAlias = Literal["approved", "changes_wanted"]
SectionState: TypeAlias = Literal["asked", "done", "withdrawn"]
Facet: TypeAlias = Literal["outcome", "agency", "target_group", "strategy", "template", "year"]
GivenFacet: TypeAlias = Literal["outcome", "agency", "target_group", "strategy"]
GivenFacets: TypeAlias = Mapping[GivenFacet, Collection[str]]
"""What a case study can be filtered by, the template and the year of publication left out."""
Filters: TypeAlias = Mapping[Facet, Sequence[str]]
"""Every facet named must have one of its values; a facet without values asks for nothing."""


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
class SectionRequest:
    """A section of a case study that somebody was asked to write; `note` says what is wished for."""

    workspace_id: str
    case_study_id: str
    section_id: str
    person: Person
    asked_by: Person
    asked_at: datetime
    state: SectionState = "asked"
    reminded_at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class AskedSection:
    """What is asked of a person, with the case study it belongs to."""

    request: SectionRequest
    study: CaseStudySummary


@dataclass(frozen=True, slots=True)
class CaseStudyHistory:
    """Everything beside the answers, as it is exported and imported, each in order."""

    changes: tuple[Change, ...] = ()
    events: tuple[CaseStudyEvent, ...] = ()
    sections: tuple[SectionRequest, ...] = ()


@dataclass(frozen=True, slots=True)
class Access:
    """What one person is to a case study, and so what they may do.

    `sections` are those asked of them and not taken back; `has_text`: an answer of theirs stands.
    """

    person: Person
    status: CaseStudyStatus
    owner: Person
    reviewer: Person | None
    sections: frozenset[str]
    has_text: bool

    @property
    def is_owner(self) -> bool:
        return self.person == self.owner

    @property
    def is_author(self) -> bool:
        """Whether they own it or wrote some of it."""
        return self.is_owner or self.has_text

    @property
    def may_read(self) -> bool:
        """Whether they may read all of it, a draft and a withdrawn one too."""
        if self.status == "published" or self.is_author:
            return True
        return self.status != "withdrawn" and (bool(self.sections) or self.person == self.reviewer)

    def may_write(self, section_id: str) -> bool:
        """The owner may until it is withdrawn; others the sections asked of them until it is published."""
        if self.is_owner:
            return self.status != "withdrawn"
        return self.status in {"draft", "in_review"} and section_id in self.sections


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a form: the case study as it now is, and the fields that were set aside."""

    study: CaseStudy
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of plain text in a snippet; `is_match`: a word that was looked for."""

    text: str
    is_match: bool = False


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A case study that was found, with the place in `field_id` that says why ("": nothing to show)."""

    study: CaseStudySummary
    field_id: str
    snippet: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """A channel that is told at `next_at` what has been published since `since`."""

    workspace_id: str
    channel_id: str
    subscribed_by: Person
    since: datetime
    next_at: datetime


@dataclass(frozen=True, slots=True)
class WorkspaceSettings:
    """What the admins of a workspace decide; days are whole days."""

    approval_required: bool = False
    ask_about_drafts_after_days: int = 30
