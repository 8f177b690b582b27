"""What a case study can be found by in the library's filters, and what the filters' values are called."""

from collections.abc import Collection, Mapping
from typing import get_args

from bot.blocks import OPTION_LENGTH, cut
from bot.case_studies.answers import Answers, value_of
from knowledge.model import Library, Template
from storage.records.published import Facet, GivenFacet, GivenFacets

LONGEST_VALUE = OPTION_LENGTH
"""An answer of one line may be longer; as a filter it is cut to what an option of a menu holds."""

FACET_LABELS: Mapping[Facet, str] = {
    "outcome": "Outcome",
    "agency": "Agency",
    "target_group": "Target group",
    "strategy": "Strategy",
    "template": "Template",
    "year": "Year of publication",
}


def facets_of(template: Template | None, answers: Answers) -> GivenFacets:
    """What the answers to the fields with a `filter` say; nothing without a template."""
    found: dict[GivenFacet, dict[str, None]] = {facet: {} for facet in get_args(GivenFacet)}
    for field in template.fields if template else ():
        if field.filter:
            value = value_of(answers, field)
            for text in [value] if isinstance(value, str) else value:
                if tidy := " ".join(text.split()):
                    found[field.filter][cut(tidy, LONGEST_VALUE)] = None
    return {facet: list(values) for facet, values in found.items()}


class FacetNames:
    """What people read in place of a filter's value."""

    def __init__(self, library: Library) -> None:
        self._names: Mapping[Facet, Mapping[str, str]] = {
            "outcome": {
                option.id: option.label
                for template in library.templates
                for field in template.fields
                if field.filter == "outcome"
                for option in field.options
            },
            "strategy": {strategy.id: strategy.title for strategy in library.strategies},
            "template": {template.id: template.title for template in library.templates},
        }

    def name(self, facet: Facet, value: str) -> str:
        """The value itself where the content has no name for it, or no longer has one."""
        return self._names.get(facet, {}).get(value, value)

    def names(self, facet: Facet, values: Collection[str]) -> str:
        """Several in one line, the words of a choice between them."""
        return " or ".join(self.name(facet, value) for value in values)
