"""A case study and its answers, whole and as lists show it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias

from storage.records.people import Person

CaseStudyStatus: TypeAlias = Literal["draft", "in_review", "published", "withdrawn"]
FieldValue: TypeAlias = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldAnswer:
    """One field of a case study, with who wrote it last."""

    field_id: str
    value: FieldValue
    author: Person
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStudySummary:
    """What a list shows of a case study.

    `reviewer` is whom its review waits for. A withdrawn one keeps when it was published.
    """

    workspace_id: str
    id: str
    template_id: str
    owner: Person
    status: CaseStudyStatus
    title: str
    created_at: datetime
    updated_at: datetime
    published_at: datetime | None
    reviewer: Person | None = None
    withdrawn_at: datetime | None = None
    withdrawn_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSummary(CaseStudySummary):
    """A draft in a list, with the ids of the fields that have an answer.

    `asked_at` is when its owner was last asked what is to become of it.
    """

    filled: frozenset[str] = frozenset()
    asked_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStudy(CaseStudySummary):
    """A case study with its answers by field id.

    `last_change` is the number of the newest change of any field, 0 when there is none. A form that
    is opened on this record keeps it, to tell the store later what its editor had seen.
    """

    answers: Mapping[str, FieldAnswer]
    last_change: int = field(default=0, compare=False)

    @property
    def filled(self) -> frozenset[str]:
        """The ids of the fields that have an answer."""
        return frozenset(field_id for field_id, answer in self.answers.items() if answer.value)

    @property
    def authors(self) -> tuple[Person, ...]:
        """The owner, then everybody whose text stands, the earliest first."""
        standing = sorted(self.answers.values(), key=lambda each: (each.updated_at, each.field_id))
        return tuple(dict.fromkeys([self.owner, *(answer.author for answer in standing)]))
