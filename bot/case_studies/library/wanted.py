"""What somebody looks for in the library: words, filters, and from which place on the list is shown."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.case_studies import ids
from bot.case_studies.library.facets import FACET_LABELS
from bot.values import Entered, OutdatedError, parsed
from storage.records.published import Facet, Filters

LONGEST_SEARCH = 150
MOST_VALUES = 4
"""Values of one filter at a time: all filters together have to fit into a modal's metadata."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """`words` "" means all; `offset` counts from 0. A filter that is in `filters` has a value at least."""

    words: str = ""
    filters: Filters = field(default_factory=dict)
    offset: int = 0


def tidy_words(typed: str) -> str:
    """Typed words on one line, in the length that a search takes."""
    return " ".join(typed.split())[:LONGEST_SEARCH]


def encode_filters(filters: Filters) -> str:
    """As they go into the metadata of the library's modal; "" for none."""
    return json.dumps(filters, ensure_ascii=False, separators=(",", ":")) if filters else ""


def decode_filters(metadata: str) -> Filters:
    """:raises OutdatedError: the metadata was not made by `encode_filters`."""
    found = parsed(metadata) if metadata else {}
    if not isinstance(found, dict) or not all(isinstance(values, list) for values in found.values()):
        raise OutdatedError("the metadata holds no filters")
    return _known(found)


def sent_filters(sent: Entered) -> Filters:
    """What is chosen in the form, by its inputs' block ids."""
    return _known({facet: sent.texts(ids.filter_id(facet)) for facet in FACET_LABELS})


def _known(given: Mapping[str, Sequence[str]]) -> Filters:
    known: dict[Facet, Sequence[str]] = {}
    for facet in FACET_LABELS:
        if values := [str(value) for value in given.get(facet, ())][:MOST_VALUES]:
            known[facet] = values
    return known
