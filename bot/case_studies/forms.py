"""The form of a section: one input a field, and back again to plain values.

A field's id is its block id and its action id, so errors and answers need no map.
"""

from collections.abc import Mapping
from typing import Any

from slackblocks import Block, CheckboxGroup, Element, InputBlock, Option, PlainTextInput, Text

from bot.blocks import INPUT_LENGTH, context, escape, plain
from bot.case_studies import ids
from bot.case_studies.answers import value_of
from bot.case_studies.modals import Modal, modal
from knowledge.model import Field, Section
from storage.records import CaseStudy, FieldValue

NEEDED = "Needed before you publish."
STORED = "Press Save to keep what you write here. You may leave gaps and come back."
SHOWN_AT_ONCE = "This case study has been published. Others see what you save here at once."


def section_modal(study: CaseStudy, section: Section) -> Modal:
    """The section's fields, filled with what the store has."""
    notes = [section.intro, SHOWN_AT_ONCE if study.status == "published" else STORED]
    blocks: list[Block] = [context(escape(" ".join(note for note in notes if note)))]
    blocks += [_input(field, value_of(study.answers, field)) for field in section.fields]
    return modal(
        section.title,
        blocks,
        metadata=ids.SectionRef(study.id, section.id).encode(),
        callback_id=ids.SAVE_SECTION,
        submit="Save",
        close="Back",
    )


def section_values(section: Section, found: Mapping[str, Any]) -> dict[Field, FieldValue]:
    """The fields' values from `found`, a modal's inputs by block id; a field that it lacks is left out."""
    return {field: _value(field, found[field.id]) for field in section.fields if field.id in found}


def _input(field: Field, value: FieldValue) -> InputBlock:
    return InputBlock(
        label=plain(field.label),
        element=_element(field, value),
        block_id=field.id,
        hint=_hint(field),
        # Slack holds back a form with an empty input, and a draft may have gaps.
        optional=True,
        # Ticks are stored at once; Slack does not tell about text before it is sent.
        dispatch_action=field.kind == "checkboxes",
    )


def _hint(field: Field) -> Text | None:
    words = f"{NEEDED} {field.help}" if field.required else field.help
    return plain(words.strip()) if words.strip() else None


def _element(field: Field, value: FieldValue) -> Element:
    if field.kind == "checkboxes":
        options = {option.id: Option(plain(option.label), option.id) for option in field.options}
        ticked = [options[option_id] for option_id in value if option_id in options]
        return CheckboxGroup(field.id, list(options.values()), initial_options=ticked or None)
    return PlainTextInput(
        action_id=field.id,
        initial_value=str(value) or None,
        multiline=field.kind == "text",
        max_length=INPUT_LENGTH,
        placeholder=plain(field.example),
    )


def _value(field: Field, found: Any) -> FieldValue:
    if field.kind == "checkboxes":
        return tuple(option.id for option in field.options if option.id in found)
    return found if isinstance(found, str) else ""
