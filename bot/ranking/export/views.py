"""The form in which somebody says what they want of a ranking's record, and for whom."""

from slackblocks import Block, CheckboxGroup, InputBlock, ModalView, Option, RadioButtonGroup

from bot.blocks import plain, section
from bot.panels import Panel
from bot.ranking import ids
from bot.ranking.export.orders import FORMS, TARGETS, Form, Target
from storage.records.rankings import Ranking

FORM_LABELS: dict[Form, tuple[str, str]] = {
    "word": ("Word", "The whole record to read and print, with its pictures."),
    "csv": ("CSV of ballots", "A table a round, for a spreadsheet."),
    "json": ("JSON", "The whole record for other programs; it can be counted again."),
    "png": ("Pictures", "Each described in words, as PNG."),
}
TARGET_LABELS: dict[Target, str] = {
    "me": "Me, as a direct message",
    "thread": "Everybody, in the ranking's thread",
}
CANVAS = "canvas"
UNNAMED_TICK = "unnamed"
NAMED = "The files say who answered what, as the group agreed at the start."
UNNAMED = "No file says who answered what: a number stands for each ballot, given anew in each round."
TO_YOU = "They come to you as a direct message from Common Ground. Nobody else gets them."
ON_ITS_WAY: dict[Target, str] = {
    "me": "It comes as a direct message in a minute.",
    "thread": "It comes into the ranking's thread in a minute.",
}
CANVAS_COMES = "The canvas comes into the channel, and the thread says when it is there."


def export_modal(ranking: Ranking, *, is_running: bool) -> ModalView:
    """Who runs the ranking can also give the record to everybody."""
    options = [
        Option(plain(label), value=form, description=plain(told))
        for form, (label, told) in ((form, FORM_LABELS[form]) for form in FORMS)
    ]
    blocks: list[Block] = [
        section(UNNAMED if ranking.rules.anonymous else NAMED),
        InputBlock(
            plain("Which files"),
            CheckboxGroup(action_id=ids.FORMS_FIELD, options=options, initial_options=options),
            block_id=ids.FORMS_FIELD,
            optional=True,
        ),
    ]
    blocks.append(_unnamed_input())
    blocks += _for_everybody() if is_running else [section(TO_YOU)]
    return ModalView(
        title=plain("Export"),
        blocks=blocks,
        submit=plain("Export"),
        close=plain("Cancel"),
        callback_id=ids.SEND_EXPORT,
        private_metadata=ids.Ref(ranking.id).encode(),
    )


def ordered_panel(target: Target | None, *, canvas: bool) -> Panel:
    """What was ordered, and where it comes; `target` is None without files."""
    text = " ".join([*([ON_ITS_WAY[target]] if target else []), *([CANVAS_COMES] if canvas else [])])
    return Panel("On its way", [section(text)], text)


def _unnamed_input() -> Block:
    without = Option(
        plain("Without people's names"),
        value=UNNAMED_TICK,
        description=plain("Numbers stand for them. Names in what people wrote stay: read it first."),
    )
    return InputBlock(
        plain("How"),
        CheckboxGroup(action_id=ids.UNNAMED_FIELD, options=[without]),
        block_id=ids.UNNAMED_FIELD,
        optional=True,
    )


def _for_everybody() -> list[Block]:
    targets = [Option(plain(TARGET_LABELS[target]), value=target) for target in TARGETS]
    canvas = Option(
        plain("A canvas in the channel"),
        value=CANVAS,
        description=plain("The record to read in Slack, where the workspace has canvases."),
    )
    return [
        InputBlock(
            plain("Who gets the files"),
            RadioButtonGroup(action_id=ids.TARGET_FIELD, options=targets, initial_option=targets[0]),
            block_id=ids.TARGET_FIELD,
        ),
        InputBlock(
            plain("Also as"),
            CheckboxGroup(action_id=ids.CANVAS_FIELD, options=[canvas]),
            block_id=ids.CANVAS_FIELD,
            optional=True,
        ),
    ]
