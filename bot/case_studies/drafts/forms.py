"""The form of a section, one step of a case study, and back again to plain values."""

from collections.abc import Mapping
from typing import Any

from slackblocks import Block, Button

from bot.blocks import actions, button, context, escape
from bot.blocks import section as paragraph
from bot.case_studies import ids
from bot.case_studies.answers import progress_of, section_states, value_of
from bot.case_studies.colleagues.views import wish_rows
from bot.case_studies.fields.checks import check_values
from bot.case_studies.fields.inputs import field_blocks
from bot.case_studies.fields.readings import needs_more_room, read_field
from bot.case_studies.modals import Modal, modal
from knowledge.model import Field, Section, Template
from storage.records.case_studies import CaseStudy, FieldValue

STORED = "Save, Next and Previous keep what you write here. You may leave gaps and come back."
STORED_WITHOUT_TURNS = "Save keeps what you write here. You may leave gaps and come back."
SHOWN_AT_ONCE = "This case study has been published. Others see what you save here at once."
MORE_ROOM = "Saved. An answer here is nearly as long as its field, so it has a second field to go on in."
OWNERS_WISH = "What the owner would like from you"


class FaultyFormError(Exception):
    """A form cannot be kept as it is; `faults` are by block id."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(" ".join(faults))
        self.faults = dict(faults)


def section_modal(
    study: CaseStudy,
    template: Template,
    section: Section,
    *,
    note: str = "",
    seen: int | None = None,
    turns: bool = True,
    wish: str = "",
) -> Modal:
    """The section's fields, filled with what the store has.

    `seen` is the newest change that the editor knows of, that of `study` if left out; `turns`: with the
    ways to the sections beside this one. `wish` is what the owner would like from its editor.
    """
    blocks: list[Block] = [paragraph(f"*{escape(note)}*")] if note else []
    blocks.append(context(_place(study, template, section)))
    kept = STORED if turns else STORED_WITHOUT_TURNS
    about = [section.intro, SHOWN_AT_ONCE if study.status == "published" else kept]
    blocks.append(context(escape(" ".join(part for part in about if part))))
    blocks += wish_rows(wish, OWNERS_WISH)
    for field in section.fields:
        blocks += field_blocks(field, value_of(study.answers, field))
    if turns and (beside := _turns(study, template, section)):
        blocks.append(beside)
    return modal(
        section.title,
        blocks,
        metadata=ids.FormRef(study.id, section.id, study.last_change if seen is None else seen).encode(),
        callback_id=ids.SAVE_SECTION,
        submit="Save",
        close="Back",
    )


def sent_values(study: CaseStudy, section: Section, found: Mapping[str, Any]) -> dict[Field, FieldValue]:
    """What `found`, a modal's inputs by block id, says of the section; a field that is left out stays.

    :raises FaultyFormError: with everything that is wrong with it
    """
    values: dict[Field, FieldValue] = {}
    faults: dict[str, str] = {}
    for field in section.fields:
        reading = read_field(field, found, value_of(study.answers, field))
        faults.update(reading.faults)
        if reading.value is not None:
            values[field] = reading.value
    if faults := check_values(values, published=study.status == "published") | faults:
        raise FaultyFormError(faults)
    return values


def wants_more_room(study: CaseStudy, section: Section, found: Mapping[str, Any]) -> bool:
    """Whether a text has grown so long that the form has to be shown again with a second field."""
    return any(
        needs_more_room(field, value_of(study.answers, field), found)
        for field in section.fields
        if field.id in found
    )


def _place(study: CaseStudy, template: Template, section: Section) -> str:
    number = template.sections.index(section) + 1
    state = section_states(template, study.answers)[number - 1]
    all_in_all = progress_of(template, study.filled).words
    return (
        f"Section {number} of {len(template.sections)}: {state.answered} of {len(section.fields)} answered. "
        f"All in all: {all_in_all}."
    )


def _turn(label: str, action_id: str, study: CaseStudy, section: Section) -> Button:
    value = ids.SectionRef(study.id, section.id).encode()
    return button(f"{label}: {section.title}", action_id, value)


def _turns(study: CaseStudy, template: Template, section: Section) -> Block | None:
    at = template.sections.index(section)
    ways = []
    if at:
        before = template.sections[at - 1]
        ways.append(_turn("Previous", ids.PREVIOUS_SECTION, study, before))
    if at + 1 < len(template.sections):
        ways.append(_turn("Next", ids.NEXT_SECTION, study, template.sections[at + 1]))
    return actions(*ways) if ways else None
