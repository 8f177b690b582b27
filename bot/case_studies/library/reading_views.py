"""A case study in full, part by part where it is long, and as a card in a channel."""

import json
import re
from urllib.parse import quote

from slackblocks import Block, Button

from bot.blocks import (
    HEADER_LENGTH,
    actions,
    as_dicts,
    button,
    context,
    cut,
    escape,
    header,
    paragraphs,
    plain,
    section,
)
from bot.case_studies import ids
from bot.case_studies.answers import Answers, value_lines, value_of
from bot.case_studies.fields.uploads import Upload, read_upload
from bot.case_studies.modals import Modal, modal
from bot.case_studies.phrases import byline, short_title
from bot.case_studies.withdrawal.stub import FOR_AUTHORS, reason_rows
from bot.delivery.content import Content
from bot.handover import READ_STRATEGY
from knowledge.model import Field, Section, Template
from storage.records.case_studies import CaseStudy, FieldValue

BLOCKS_A_PART = 90
BYTES_A_PART = 200_000
"""Slack takes 100 blocks and 250,000 bytes; the rest is for title, author and buttons."""
FIRST_LINES = 500
_ENDS_LINK = re.compile(r"[<>|]")


def reading_modal(
    study: CaseStudy, template: Template, *, part: int = 0, own: bool, member: bool, writer: bool = False
) -> Modal:
    """Everything by section. `own`, `member` and `writer` say what the reader may do with it."""
    parts = _parts(_text_blocks(study, template))
    part = min(max(part, 0), len(parts) - 1)
    blocks: list[Block] = [header(short_title(study)), context(byline(study, template.title))]
    if study.status == "withdrawn":
        blocks += [section(FOR_AUTHORS), *reason_rows(study)]
    blocks += parts[part]
    if len(parts) > 1:
        blocks += [
            context(f"Part {part + 1} of {len(parts)}"),
            actions(*_part_turns(study, part, len(parts))),
        ]
    blocks.append(actions(*_reading_buttons(study, own=own, member=member, writer=writer)))
    blocks.append(context(escape(f"Template: {template.source}")))
    return modal("Case study", blocks, metadata=study.id)


def _part_turns(study: CaseStudy, part: int, parts: int) -> list[Button]:
    turns = []
    if part:
        turns.append(button("Earlier part", ids.EARLIER_PART, ids.Turn(study.id, part - 1).encode()))
    if part + 1 < parts:
        turns.append(button("Next part", ids.LATER_PART, ids.Turn(study.id, part + 1).encode()))
    return turns


def _reading_buttons(study: CaseStudy, *, own: bool, member: bool, writer: bool) -> list[Button]:
    buttons = [button("Send me a Word file", ids.SEND_WORD, study.id)]
    if study.status == "published" and member:
        buttons.append(button("Share to a channel", ids.OPEN_SHARE, study.id))
    if study.status == "published" and own:
        buttons.append(button("Change it", ids.OPEN_DRAFT, study.id))
    if study.status == "withdrawn" and own:
        buttons.append(button("Hand it on", ids.HAND_ON, study.id))
    if writer and not own:
        buttons.append(button("Has its owner left?", ids.HAND_ON, study.id))
    return buttons


def _text_blocks(study: CaseStudy, template: Template) -> list[Block]:
    blocks: list[Block] = []
    for part in template.sections:
        blocks += _section_blocks(study.answers, part)
    return blocks or [section("Nothing has been written yet.")]


def _section_blocks(answers: Answers, part: Section) -> list[Block]:
    blocks: list[Block] = []
    for field in part.fields:
        if answer := _answer_blocks(field, value_of(answers, field)):
            blocks += [section(f"*{escape(field.label)}*"), *answer]
    return [header(part.title), *blocks] if blocks else []


def _answer_blocks(field: Field, value: FieldValue) -> list[Block]:
    if field.kind == "files" and not isinstance(value, str):
        return [section(f"• {_link(read_upload(kept))}") for kept in value]
    if field.kind == "strategies" and not isinstance(value, str):
        titles = {option.id: option.label for option in field.options}
        return [_strategy_row(one, titles.get(one, "")) for one in value]
    return paragraphs("\n".join(_marked_lines(field, value)))


def _strategy_row(strategy_id: str, title: str) -> Block:
    """A strategy with the way to its card, as long as the content has it."""
    if not title:
        return section(plain(f"• {strategy_id}"))
    show = button("Show", READ_STRATEGY, strategy_id, spoken=f"Show the strategy {title}")
    return section(plain(f"• {title}"), accessory=show)


def _link(file: Upload) -> str:
    """A file's name, leading to it in Slack."""
    name = escape(cut(file.name, HEADER_LENGTH)).replace("|", " ")
    return f"<{_ENDS_LINK.sub(lambda found: quote(found[0]), file.link)}|{name}>" if file.link else name


def _marked_lines(field: Field, value: FieldValue) -> list[str]:
    lines = value_lines(field, value)
    return [f"• {line}" for line in lines] if field.is_list else lines


def _parts(blocks: list[Block]) -> list[list[Block]]:
    """The blocks in as few parts as Slack's limits on one modal allow."""
    parts: list[list[Block]] = [[]]
    size = 0
    for block in blocks:
        length = len(json.dumps(as_dicts([block])))
        if parts[-1] and (size + length > BYTES_A_PART or len(parts[-1]) == BLOCKS_A_PART):
            parts.append([])
            size = 0
        parts[-1].append(block)
        size += length
    return parts


def card_content(study: CaseStudy, template: Template) -> Content:
    """The card in a channel: enough to know whether to read on."""
    title, who, lines = short_title(study), byline(study, template.title), _first_lines(study, template)
    blocks: list[Block] = [header(title), context(f"Case study. {who}")]
    if lines:
        blocks.append(section(plain(lines)))
    blocks.append(actions(button("Read it all", ids.READ, study.id, spoken=f"Read it all: {title}")))
    return Content(f"Case study: {escape(title)}\n{who}\n{escape(lines)}".rstrip(), blocks)


def _first_lines(study: CaseStudy, template: Template) -> str:
    for field in template.fields:
        value = value_of(study.answers, field)
        if field.kind == "text" and value:
            return cut("\n".join(value_lines(field, value)), FIRST_LINES)
    return ""
