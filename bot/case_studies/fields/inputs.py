"""The inputs of a form that fit a field's meaning, filled with what the store has.

A field's id is the block id and the action id of its input, so errors and answers need no map. What
needs a second input has a name of its own for it, which no field can have (`ids.part_id`).
"""

from collections.abc import Callable

from slackblocks import (
    Block,
    CheckboxGroup,
    DatePicker,
    Element,
    ExternalMultiSelectMenu,
    FileInput,
    InputBlock,
    NumberInput,
    Option,
    PlainTextInput,
    Text,
)

from bot.blocks import INPUT_LENGTH, OPTION_LENGTH, context, cut, escape, plain
from bot.case_studies.answers import fits, value_lines
from bot.case_studies.fields.costs import Cost, read_cost, typed_form
from bot.case_studies.fields.long_texts import split_text
from bot.case_studies.fields.uploads import ALLOWED, FILE_TYPES, MOST_FILES, read_upload
from bot.case_studies.ids import HOURS, KEPT, part_id
from knowledge.model import Field, FieldKind
from storage.records.case_studies import FieldValue

NEEDED = "Needed before you publish."
MOST_CHOSEN = 30
"""Agencies or strategies of one answer."""
LONGEST_NAME = 150
"""Characters that Slack carries of an agency's name."""
STORED_AT_ONCE: frozenset[FieldKind] = frozenset({"checkboxes", "date", "agencies", "strategies"})
"""A choice of these is stored as it is made; Slack does not tell about text before it is sent."""
WRITTEN_BEFORE = "Written before, and kept until you fill in this field: "
NOTE_LENGTH = 600
GOES_ON = "This field goes on where the one above ends. Everywhere else, both are one text."
SEEN_BY = "Slack shows a file to others once it is in a channel that they are in."


def field_blocks(field: Field, value: FieldValue) -> list[Block]:
    """The inputs of a field, filled with its value."""
    blocks: list[Block] = []
    if value and not fits(field, value):
        words = " ".join(value_lines(field, value))
        blocks.append(context(escape(cut(f"{field.label}. {WRITTEN_BEFORE}{words}", NOTE_LENGTH))))
        value = () if field.is_list else ""
    return blocks + _INPUTS[field.kind](field, value)


def option_of(name: str, note: str = "") -> Option:
    """An agency to choose."""
    return Option(plain(cut(name, OPTION_LENGTH)), name, description=plain(note) if note else None)


def _input(
    field: Field, element: Element, *, part: str = "", label: str = "", hint: Text | None = None
) -> InputBlock:
    return InputBlock(
        label=plain(label or field.label),
        element=element,
        block_id=part_id(field.id, part),
        hint=hint,
        # Slack holds back a form with an empty input, and a draft may have gaps.
        optional=True,
        dispatch_action=field.kind in STORED_AT_ONCE,
    )


def _hint(field: Field, *more: str) -> Text | None:
    words = " ".join(part for part in (NEEDED if field.required else "", field.help, *more) if part)
    return plain(words) if words else None


def _example(field: Field) -> str:
    """Said below what has no room for it inside."""
    return f"For example: {field.example.rstrip('.')}."


def _line(field: Field, value: FieldValue) -> list[Block]:
    return [_input(field, _text_input(field, str(value), multiline=False), hint=_hint(field))]


def _text(field: Field, value: FieldValue) -> list[Block]:
    halves = split_text(str(value))
    if halves is None:
        return [_input(field, _text_input(field, str(value)), hint=_hint(field))]
    more = _text_input(field, halves.second, part=halves.between)
    return [
        _input(field, _text_input(field, halves.first), hint=_hint(field)),
        _input(field, more, part=halves.between, label=f"{field.label} (continued)", hint=plain(GOES_ON)),
    ]


def _text_input(field: Field, value: str, *, part: str = "", multiline: bool = True) -> PlainTextInput:
    return PlainTextInput(
        action_id=part_id(field.id, part),
        initial_value=value or None,
        multiline=multiline,
        max_length=INPUT_LENGTH,
        placeholder=None if part else plain(field.example),
    )


def _checkboxes(field: Field, value: FieldValue) -> list[Block]:
    options = {option.id: Option(plain(option.label), option.id) for option in field.options}
    ticked = [options[option_id] for option_id in value if option_id in options]
    element = CheckboxGroup(field.id, list(options.values()), initial_options=ticked or None)
    return [_input(field, element, hint=_hint(field, _example(field)))]


def _date(field: Field, value: FieldValue) -> list[Block]:
    element = DatePicker(field.id, initial_date=str(value) or None, placeholder=plain("Choose a date"))
    return [_input(field, element, hint=_hint(field, _example(field)))]


def _cost(field: Field, value: FieldValue) -> list[Block]:
    cost = read_cost(str(value)) or Cost(None, None)
    pounds = NumberInput(True, field.id, initial_value=typed_form(cost.pounds) or None)
    hours = NumberInput(True, part_id(field.id, HOURS), initial_value=typed_form(cost.hours) or None)
    return [
        _input(field, pounds, label=f"{field.label}: pounds", hint=_hint(field, _example(field))),
        _input(field, hours, part=HOURS, label=f"{field.label}: hours"),
    ]


def _agencies(field: Field, value: FieldValue) -> list[Block]:
    return [_menu(field, [option_of(name) for name in value])]


def _strategies(field: Field, value: FieldValue) -> list[Block]:
    titles = {option.id: option.label for option in field.options}
    chosen = [Option(plain(cut(titles.get(one, one), OPTION_LENGTH)), one) for one in value]
    return [_menu(field, chosen)]


def _menu(field: Field, chosen: list[Option]) -> InputBlock:
    element = ExternalMultiSelectMenu(
        field.id,
        min_query_length=0,
        initial_options=chosen or None,
        max_selected_items=MOST_CHOSEN,
        placeholder=plain(field.example),
    )
    return _input(field, element, hint=_hint(field))


def _files(field: Field, value: FieldValue) -> list[Block]:
    blocks: list[Block] = []
    if value:
        files = [read_upload(kept) for kept in value]
        options = [Option(plain(cut(file.name, OPTION_LENGTH)), file.id) for file in files]
        ticked = CheckboxGroup(part_id(field.id, KEPT), options, initial_options=options)
        keep = plain("Take a tick away to leave a file out.")
        blocks.append(_input(field, ticked, part=KEPT, label=f"{field.label} so far", hint=keep))
    element = FileInput(field.id, filetypes=list(FILE_TYPES), max_files=MOST_FILES)
    return [*blocks, _input(field, element, hint=_hint(field, _example(field), ALLOWED, SEEN_BY))]


_INPUTS: dict[FieldKind, Callable[[Field, FieldValue], list[Block]]] = {
    "line": _line,
    "text": _text,
    "checkboxes": _checkboxes,
    "date": _date,
    "cost": _cost,
    "agencies": _agencies,
    "strategies": _strategies,
    "files": _files,
}
