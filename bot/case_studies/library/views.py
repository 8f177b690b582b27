"""Finding what has been published, and putting it into a channel."""

from collections.abc import Sequence
from typing import Protocol

from slackblocks import (
    Block,
    Button,
    InputBlock,
    RichText,
    RichTextBlock,
    RichTextSection,
)

from bot.blocks import actions, button, channel_select, context, cut, escape, header, plain, section
from bot.case_studies import ids
from bot.case_studies.library.facets import FACET_LABELS, FacetNames
from bot.case_studies.library.filter_views import words_input
from bot.case_studies.library.finding import STUDIES_A_PAGE, Found
from bot.case_studies.library.wanted import Wanted, encode_filters
from bot.case_studies.modals import Modal, modal
from bot.case_studies.phrases import short_title, study_rows
from bot.uses import studies_counted
from storage.records.case_studies import CaseStudy, CaseStudySummary
from storage.records.published import Filters, SearchHit

FILTERS_LENGTH = 500

NOTHING_FOUND = (
    "No published case study has these words. Try fewer words, or others that mean the same. To see all, "
    "empty the field and press Search."
)
NOTHING_FITS = (
    "No published case study fits all these filters. Press Filter to take one away, or Clear filters to see "
    "all."
)
NOTHING_FOUND_AND_FITS = (
    "No published case study that fits these filters has these words. Try fewer words, or press Clear "
    "filters to look for the words in all."
)
NOTHING_PUBLISHED = "Nothing has been published yet. You could write the first one."


class Titles(Protocol):
    """What templates and fields are called, whatever has become of them."""

    def template_title(self, study: CaseStudySummary) -> str: ...

    def field_label(self, study: CaseStudySummary, field_id: str) -> str: ...


def library_modal(found: Found, names: FacetNames, titles: Titles) -> Modal:
    """The search field, the filters that are set, and a page of what was found."""
    wanted = found.wanted
    blocks: list[Block] = [words_input(wanted.words)]
    if found.published or wanted.filters:
        blocks.append(actions(*_filter_buttons(wanted)))
    blocks.append(header(_heading(wanted, found=bool(found.hits))))
    if wanted.filters:
        set_now = cut(_filter_words(wanted.filters, names), FILTERS_LENGTH)
        blocks.append(context(f"Filters: {escape(set_now)}"))
    if found.hits:
        blocks.append(context(_number_words(found)))
    else:
        blocks.append(section(_nothing_words(wanted)))
    for hit in found.hits:
        blocks += study_rows(hit.study, titles.template_title(hit.study))
        blocks += _snippet_rows(hit, titles.field_label(hit.study, hit.field_id))
    if turns := _turn_buttons(found):
        blocks.append(actions(*turns))
    blocks.append(actions(*_ways_on(found)))
    return modal(
        "Case studies",
        blocks,
        metadata=encode_filters(wanted.filters),
        callback_id=ids.SEARCH,
        submit="Search",
    )


def _heading(wanted: Wanted, *, found: bool) -> str:
    if wanted.words:
        return f"Found for “{wanted.words}”" if found else f"Nothing found for “{wanted.words}”"
    if wanted.filters:
        return "What fits your filters" if found else "Nothing fits your filters"
    return "All case studies"


def _filter_words(filters: Filters, names: FacetNames) -> str:
    """Such as `Outcome: Be healthy or Stay safe; Year of publication: 2026`."""
    return "; ".join(
        f"{label}: {names.names(facet, filters[facet])}"
        for facet, label in FACET_LABELS.items()
        if facet in filters
    )


def _number_words(found: Found) -> str:
    wanted = found.wanted
    searched = wanted.words or wanted.filters
    words = f"{'Found' if searched else 'Published so far'}: {studies_counted(found.total)}"
    words += f", {'best match' if wanted.words else 'newest'} first."
    if found.total > len(found.hits):
        words += f" These are {wanted.offset + 1:,} to {found.last:,}."
    return words


def _nothing_words(wanted: Wanted) -> str:
    if wanted.filters:
        return NOTHING_FOUND_AND_FITS if wanted.words else NOTHING_FITS
    return NOTHING_FOUND if wanted.words else NOTHING_PUBLISHED


def _snippet_rows(hit: SearchHit, label: str) -> list[Block]:
    """Where the words stand in it, those that were looked for in bold."""
    pieces = [RichText(segment.text, bold=segment.is_match or None) for segment in hit.snippet]
    if not pieces:
        return []
    above: Sequence[RichText] = [RichText(f"{label}: ", italic=True)] if label else []
    return [RichTextBlock([RichTextSection([*above, *pieces])])]


def _filter_buttons(wanted: Wanted) -> list[Button]:
    buttons = [button("Filter", ids.OPEN_FILTERS, spoken="Filter the case studies")]
    if wanted.filters:
        buttons.append(button("Clear filters", ids.CLEAR_FILTERS))
    return buttons


def _turn_buttons(found: Found) -> list[Button]:
    wanted = found.wanted
    earlier, later = ("Previous", "Next") if wanted.words else ("Newer", "Older")
    turns: list[Button] = []
    if wanted.offset:
        before = ids.Turn(wanted.words, max(0, wanted.offset - STUDIES_A_PAGE))
        turns.append(button(earlier, ids.NEWER_STUDIES, before.encode(), spoken=f"{earlier} case studies"))
    if found.last < found.total:
        after = ids.Turn(wanted.words, found.last)
        turns.append(button(later, ids.OLDER_STUDIES, after.encode(), spoken=f"{later} case studies"))
    return turns


def _ways_on(found: Found) -> list[Button]:
    ways = [button("Write a case study", ids.OPEN_START)]
    if found.published:
        monthly = "Tell a channel monthly"
        ways += [
            button(monthly, ids.OPEN_DIGEST, spoken=f"{monthly} what has been published"),
            button("Export all", ids.EXPORT_ALL, spoken="Export all case studies"),
        ]
    wanted = found.wanted
    if found.total and (wanted.words or wanted.filters):
        ways.append(button("Export what I found", ids.EXPORT_FOUND, wanted.words))
    return ways


def share_modal(study: CaseStudy) -> Modal:
    """The choice of a channel."""
    blocks: list[Block] = [
        section(plain(short_title(study))),
        InputBlock(
            label=plain("Channel"),
            element=channel_select(ids.CHANNEL_FIELD, here=True),
            block_id=ids.CHANNEL_FIELD,
            hint=plain(
                "Everybody in it sees a short card and can read it all, people from other organisations too."
            ),
        ),
    ]
    return modal(
        "Share to a channel", blocks, metadata=study.id, callback_id=ids.SHARE, submit="Share", close="Back"
    )


def shared_modal(study: CaseStudy, channel_id: str) -> Modal:
    """Said to the person who shared it."""
    blocks: list[Block] = [
        section(plain(short_title(study))),
        section(
            f"It will be in <#{channel_id}> in a moment. When the case study changes, the card there follows."
        ),
    ]
    return modal("Shared", blocks)
