"""How published case studies are filtered and found."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from storage.records.case_studies import CaseStudySummary

Facet: TypeAlias = Literal["outcome", "agency", "target_group", "strategy", "template", "year"]
GivenFacet: TypeAlias = Literal["outcome", "agency", "target_group", "strategy"]
GivenFacets: TypeAlias = Mapping[GivenFacet, Collection[str]]
"""What a case study can be filtered by, the template and the year of publication left out."""
Filters: TypeAlias = Mapping[Facet, Sequence[str]]
"""Every facet named must have one of its values; a facet without values asks for nothing."""


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
