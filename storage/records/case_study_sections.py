"""Sections of case studies that people were asked to write."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from storage.records.case_studies import CaseStudySummary
from storage.records.people import Person

SectionState: TypeAlias = Literal["asked", "done", "withdrawn"]


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
