"""The check before a case study is published."""

from collections.abc import Sequence

from slackblocks import Block, CheckboxGroup, InputBlock, Option, UserSelectMenu

from bot.blocks import button, context, cut, header, plain, section
from bot.case_studies import ids
from bot.case_studies.modals import Modal, modal
from bot.case_studies.phrases import short_title
from bot.case_studies.publishing.checks import CHECKS, PointedOut
from storage.records.case_studies import CaseStudy

MOST_SHOWN = 10
WORDS_LENGTH = 200

CLEAN = (
    "Nothing in it looks like a phone number, an e-mail address, a postcode, an NHS number or somebody's "
    "date of birth."
)
FOUND = "This looks like personal details. You know best what it is, and you decide."
NAMES_NOT_LOOKED_FOR = "Names are not looked for. Read it once more with the eyes of a neighbour."
OPENS = "Everybody in this workspace can then read it."
APPROVED_FIRST = (
    "Here a second person approves each case study before it is published. They can read all of it, and get "
    "a direct message."
)


def check_modal(
    study: CaseStudy, found: Sequence[PointedOut], *, open_choices: int = 0, needs_approval: bool = False
) -> Modal:
    """What the author makes sure of, and what looks like personal details; never a wall.

    `open_choices` says how many texts still wait to be chosen from.
    """
    blocks: list[Block] = [header(short_title(study)), section(APPROVED_FIRST if needs_approval else OPENS)]
    blocks.append(_boxes())
    if needs_approval:
        blocks.append(_reviewer())
    if open_choices:
        blocks.append(section(_choices_text(open_choices)))
    blocks += _pointed_out(study, found)
    publish = "Publish anyway" if found else "Publish"
    return modal(
        "Before you publish",
        blocks,
        metadata=study.id,
        callback_id=ids.SEND_CHECK,
        submit="Ask for approval" if needs_approval else publish,
        close="Go back and change",
    )


def _choices_text(count: int) -> str:
    waits = "One text waits" if count == 1 else f"{count} texts wait"
    return (
        f"*{waits} to be chosen from*, because two people wrote in the same place. What stands there now is "
        "what is published. To choose first, go back and change it on the draft's first page."
    )


def _boxes() -> Block:
    options = [Option(plain(label), check) for check, label in CHECKS.items()]
    return InputBlock(
        label=plain("What you have made sure of"),
        element=CheckboxGroup(ids.CHECKS_FIELD, options),
        block_id=ids.CHECKS_FIELD,
        hint=plain("Needed: all of them."),
    )


def _reviewer() -> Block:
    return InputBlock(
        label=plain("Who is to approve it"),
        element=UserSelectMenu(placeholder=plain("Choose a person"), action_id=ids.REVIEWER_FIELD),
        block_id=ids.REVIEWER_FIELD,
        hint=plain("Somebody who has not written in it."),
    )


def _pointed_out(study: CaseStudy, found: Sequence[PointedOut]) -> list[Block]:
    if not found:
        return [context(f"{CLEAN} {NAMES_NOT_LOOKED_FOR}")]
    rows: list[Block] = [_row(study, one) for one in found[:MOST_SHOWN]]
    if len(found) > MOST_SHOWN:
        rows.append(context(f"And {len(found) - MOST_SHOWN:,} more like these."))
    return [section(FOUND), *rows, context(NAMES_NOT_LOOKED_FOR)]


def _row(study: CaseStudy, one: PointedOut) -> Block:
    change = button(
        "Change it",
        ids.CHANGE_SECTION,
        ids.SectionRef(study.id, one.section.id).encode(),
        spoken=f"Change the section {one.section.title}",
    )
    quoted = cut(" ".join(one.detail.words.split()), WORDS_LENGTH)
    return section(plain(f"{one.field.label}: “{quoted}”\n{one.detail.explanation}"), accessory=change)
