"""The forms in which people say what they want exported, and the promise that it comes."""

import json
from collections.abc import Mapping

from slackblocks import (
    Block,
    CheckboxGroup,
    InputBlock,
    Option,
)

from bot.blocks import channel_select, context, cut, escape, plain, section
from bot.case_studies import ids
from bot.case_studies.exports.orders import FORM_NAMES, FORMS_OF_MANY, FORMS_OF_ONE, Form
from bot.case_studies.library.facets import FACET_LABELS, FacetNames
from bot.case_studies.library.wanted import Wanted, decode_filters, encode_filters
from bot.case_studies.modals import Modal, modal
from bot.case_studies.phrases import short_title
from bot.uses import studies_counted
from bot.values import OutdatedError, parsed
from storage.records.case_studies import CaseStudy
from storage.records.published import Filters

TOLD_OF_ONE: Mapping[Form, str] = {
    "word": "To read and print, laid out as its template.",
    "markdown": "For a wiki or a text editor.",
    "json": "For other programs; it can be imported again.",
}
TOLD_OF_MANY: Mapping[Form, str] = {
    "csv": "A table for a spreadsheet, a case study a row.",
    "json": "For other programs; it can be imported again.",
    "markdown": "For a wiki or a text editor.",
    "word": "A list of contents, and each case study on a page of its own.",
}
CANVAS = "canvas"
WITH_HISTORY, WITHOUT_NAMES = "history", "unnamed"
TO_YOU = "The files come to you as a direct message from Common Ground. Nobody else gets them."
LARGE = "Large exports take some minutes and come in parts. You can go on with other things meanwhile."
FILTERS_LENGTH = 500


def export_modal(study: CaseStudy, *, canvas: bool, history: bool) -> Modal:
    """What of one case study; `canvas` and `history` say whether the person can have those."""
    blocks: list[Block] = [
        section(plain(short_title(study))),
        _forms_input(FORMS_OF_ONE, TOLD_OF_ONE, "word"),
        _wishes_input(history=history),
        context(TO_YOU),
    ]
    if canvas:
        blocks += _canvas_inputs()
    return modal(
        "Export a case study",
        blocks,
        metadata=study.id,
        callback_id=ids.SEND_EXPORT,
        submit="Export",
        close="Back",
    )


def library_export_modal(wanted: Wanted, total: int, names: FacetNames) -> Modal:
    """What of the library: all of it, or what was searched for."""
    blocks: list[Block] = [section(plain(_what(wanted, total)))]
    if wanted.filters:
        blocks.append(context(escape(cut(_filter_words(wanted.filters, names), FILTERS_LENGTH))))
    blocks += [_forms_input(FORMS_OF_MANY, TOLD_OF_MANY, "csv"), context(f"{TO_YOU} {LARGE}")]
    return modal(
        "Export case studies",
        blocks,
        metadata=encode_wanted(wanted),
        callback_id=ids.SEND_LIBRARY_EXPORT,
        submit="Export",
        close="Back",
    )


def ordered_modal(forms: str, channel_id: str = "") -> Modal:
    """What was ordered, and where it comes."""
    blocks: list[Block] = []
    if forms:
        blocks.append(section(f"{forms} on the way to you as a direct message from Common Ground."))
    if channel_id:
        blocks.append(section(f"The canvas will be in <#{channel_id}> in a moment. A message there says so."))
    return modal("On its way", blocks)


def encode_wanted(wanted: Wanted) -> str:
    """As it goes into a modal's metadata."""
    return json.dumps([wanted.words, encode_filters(wanted.filters)], ensure_ascii=False)


def decode_wanted(metadata: str) -> Wanted:
    """:raises OutdatedError: the metadata was not made by `encode_wanted`."""
    match parsed(metadata):
        case [str(words), str(filters)]:
            return Wanted(words, decode_filters(filters))
    raise OutdatedError("words and filters were expected")


def _what(wanted: Wanted, total: int) -> str:
    if wanted.words:
        return f"What you found for “{wanted.words}”: {studies_counted(total)}."
    if wanted.filters:
        return f"What fits your filters: {studies_counted(total)}."
    return f"Everything that has been published here: {studies_counted(total)}."


def _filter_words(filters: Filters, names: FacetNames) -> str:
    told = [
        f"{label}: {names.names(facet, filters[facet])}"
        for facet, label in FACET_LABELS.items()
        if facet in filters
    ]
    return f"Filters: {'; '.join(told)}"


def _forms_input(forms: tuple[Form, ...], told: Mapping[Form, str], first: Form) -> InputBlock:
    options = {
        form: Option(plain(FORM_NAMES[form]), value=form, description=plain(told[form])) for form in forms
    }
    return InputBlock(
        plain("Which files"),
        CheckboxGroup(
            action_id=ids.FORMS_FIELD, options=list(options.values()), initial_options=[options[first]]
        ),
        block_id=ids.FORMS_FIELD,
        optional=True,
    )


def _wishes_input(*, history: bool) -> InputBlock:
    options = [
        Option(
            plain("Without people's names"),
            value=WITHOUT_NAMES,
            description=plain("Numbers stand for them. Names in what people wrote stay: read it first."),
        )
    ]
    if history:
        with_history = Option(
            plain("With its history"),
            value=WITH_HISTORY,
            description=plain("Each change, request and decision. JSON has it always."),
        )
        options.insert(0, with_history)
    return InputBlock(
        plain("How"),
        CheckboxGroup(action_id=ids.WISHES_FIELD, options=options),
        block_id=ids.WISHES_FIELD,
        optional=True,
    )


def _canvas_inputs() -> list[Block]:
    option = Option(
        plain("A canvas in a channel"),
        value=CANVAS,
        description=plain("To read in Slack, where the workspace's plan has canvases."),
    )
    return [
        InputBlock(
            plain("Also as"),
            CheckboxGroup(action_id=ids.CANVAS_FIELD, options=[option]),
            block_id=ids.CANVAS_FIELD,
            optional=True,
        ),
        InputBlock(
            label=plain("Channel of the canvas"),
            element=channel_select(ids.CANVAS_CHANNEL_FIELD),
            block_id=ids.CANVAS_CHANNEL_FIELD,
            hint=plain("Everybody in it can read the canvas. It stays as it is when the case study changes."),
            optional=True,
        ),
    ]
