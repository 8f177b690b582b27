"""The form in which the library is filtered."""

from collections.abc import Sequence

from slackblocks import Block, ExternalMultiSelectMenu, InputBlock, Option, PlainTextInput

from bot.blocks import OPTION_LENGTH, cut, plain, section
from bot.case_studies import ids
from bot.case_studies.library.facets import FACET_LABELS, FacetNames
from bot.case_studies.library.finding import Choice
from bot.case_studies.library.wanted import LONGEST_SEARCH, MOST_VALUES, Wanted
from bot.case_studies.modals import Modal, modal
from storage.records.published import Facet

HOW = (
    "A case study has to fit every filter that you set. Of several values in one filter, any will do. "
    "The number behind a value says how many case studies have it."
)


def filters_modal(wanted: Wanted, names: FacetNames) -> Modal:
    """All filters with what is chosen so far, and the words with them."""
    blocks: list[Block] = [section(HOW), words_input(wanted.words)]
    for facet, label in FACET_LABELS.items():
        values = wanted.filters.get(facet, ())
        blocks.append(_filter_input(facet, label, [_chosen(names, facet, value) for value in values]))
    return modal("Filter case studies", blocks, callback_id=ids.FILTER, submit="Show")


def words_input(words: str) -> InputBlock:
    """Where the words to look for are typed."""
    return InputBlock(
        label=plain("Words to find"),
        element=PlainTextInput(
            action_id=ids.SEARCH_FIELD, initial_value=words or None, max_length=LONGEST_SEARCH
        ),
        block_id=ids.SEARCH_FIELD,
        hint=plain("Leave it empty to see all, newest first."),
        optional=True,
    )


def choice_options(choices: Sequence[Choice]) -> list[Option]:
    """What a filter offers, each with its number."""
    options = []
    for choice in choices:
        number = f" ({choice.number:,})"
        name = cut(choice.name, OPTION_LENGTH - len(number))
        options.append(Option(plain(f"{name}{number}"), choice.value))
    return options


def _filter_input(facet: Facet, label: str, chosen: list[Option]) -> InputBlock:
    element = ExternalMultiSelectMenu(
        ids.filter_id(facet),
        min_query_length=0,
        initial_options=chosen or None,
        max_selected_items=MOST_VALUES,
        placeholder=plain("Any"),
    )
    return InputBlock(label=plain(label), element=element, block_id=ids.filter_id(facet), optional=True)


def _chosen(names: FacetNames, facet: Facet, value: str) -> Option:
    return Option(plain(cut(names.name(facet, value), OPTION_LENGTH)), value)
