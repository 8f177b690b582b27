"""Two texts for one field, side by side, and the choice between them."""

from collections.abc import Sequence

from slackblocks import Block, InputBlock

from bot.blocks import (
    SECTION_LENGTH,
    actions,
    button,
    context,
    cut,
    divider,
    escape,
    header,
    moment,
    paragraphs,
)
from bot.blocks import section as paragraph
from bot.case_studies import ids
from bot.case_studies.answers import value_lines
from bot.case_studies.fields.inputs import field_blocks
from bot.case_studies.fields.long_texts import LONGEST_TEXT
from bot.case_studies.modals import Modal, modal
from bot.case_studies.phrases import short_title
from knowledge.model import Field, Section, Template
from storage.records.case_studies import CaseStudy, FieldValue
from storage.records.case_study_access import Access
from storage.records.case_study_history import Conflict

OTHERS_WROTE = (
    "Somebody else has changed this field meanwhile. Both answers are kept. Choose between them when you "
    "press Save, or on the case study's first page."
)
SAFE = (
    "Two people changed this at the same time. Nothing is lost: both texts are kept until somebody chooses."
)
EMPTY = "_Nothing: the field was emptied._"


def waiting_in(conflicts: Sequence[Conflict], section: Section) -> list[Conflict]:
    """Those of one section, in the order they came about."""
    fields = {field.id for field in section.fields}
    return [conflict for conflict in conflicts if conflict.field_id in fields]


def conflict_rows(
    study: CaseStudy, template: Template, conflicts: Sequence[Conflict], access: Access
) -> list[Block]:
    """What waits for a choice, with the way to it for whoever may write the section."""
    rows: list[Block] = []
    for section in template.sections:
        waiting = waiting_in(conflicts, section)
        if not waiting:
            continue
        labels = {field.id: field.label for field in section.fields}
        named = dict.fromkeys(labels[conflict.field_id] for conflict in waiting)
        words = (
            f"*Two texts for one field.* {escape(', '.join(named))}, in {escape(section.title)}: written by "
            "two people at the same time. Both are kept until somebody chooses."
        )
        ref = ids.ConflictRef(study.id, waiting[0].number, waiting[0].theirs_number)
        choose = button("Choose", ids.CHOOSE, ref.encode(), spoken=f"Choose a text in {section.title}")
        rows.append(
            paragraph(cut(words, SECTION_LENGTH), accessory=choose if access.may_write(section.id) else None)
        )
    return rows


def conflict_modal(
    study: CaseStudy, template: Template, conflicts: Sequence[Conflict], *, note: str = ""
) -> Modal:
    """The first of these: what stands, what waits, and a third text that takes the place of both."""
    conflict = conflicts[0]
    field = template.field(conflict.field_id)
    if field is None:
        raise KeyError(conflict.field_id)
    ref = ids.ConflictRef(study.id, conflict.number, conflict.theirs_number).encode()
    theirs = conflict.theirs
    blocks: list[Block] = [paragraph(f"*{escape(note)}*")] if note else []
    blocks.append(header(field.label))
    more = f" After this one, {len(conflicts) - 1} more to choose." if len(conflicts) > 1 else ""
    blocks.append(context(f"{SAFE}{more}"))
    blocks.append(paragraph(f"*<@{theirs.author.user_id}> wrote* ({moment(theirs.updated_at)})"))
    blocks += _text(field, theirs.value)
    blocks.append(actions(button("Keep this text", ids.KEEP_THEIRS, ref, spoken="Keep the first text")))
    blocks.append(paragraph(f"*<@{conflict.author.user_id}> wrote* ({moment(conflict.at)})"))
    blocks += _text(field, conflict.mine)
    blocks.append(actions(button("Keep this text", ids.KEEP_MINE, ref, spoken="Keep the second text")))
    blocks += [divider(), paragraph("*Or a text of both.* Change it below, then press Save this.")]
    blocks += _inputs(field, conflict)
    return modal(
        "Two texts",
        blocks,
        metadata=ref,
        callback_id=ids.KEEP_BOTH,
        submit="Save this",
        close="Choose later",
    )


def chosen_modal(study: CaseStudy, note: str) -> Modal:
    """Said once nothing in the section waits any more."""
    return modal("Two texts", [header(short_title(study)), paragraph(escape(note))], close="Back")


def of_both(field: Field, conflict: Conflict) -> FieldValue:
    """What a third text begins with: both where they go together, else the one that was set aside."""
    theirs, mine = conflict.theirs.value, conflict.mine
    if field.is_list:
        return tuple(dict.fromkeys([*theirs, *mine]))
    if field.kind == "text" and theirs and mine and len(theirs) + len(mine) + 2 <= LONGEST_TEXT:
        return f"{theirs}\n\n{mine}"
    return mine or theirs


def input_id(conflict_number: int, block_id: str) -> str:
    """The block id of an input of the third text: Slack fills equal ones with what was typed before."""
    return f"{conflict_number}.{block_id}"


def _inputs(field: Field, conflict: Conflict) -> list[Block]:
    blocks = field_blocks(field, of_both(field, conflict))
    for block in blocks:
        if isinstance(block, InputBlock):
            block.block_id = input_id(conflict.number, str(block.block_id))
            block.dispatch_action = False  # a choice here is no answer before it is sent
    return blocks


def _text(field: Field, value: FieldValue) -> list[Block]:
    text = "\n".join(value_lines(field, value))
    return paragraphs(text) or [paragraph(EMPTY)]
