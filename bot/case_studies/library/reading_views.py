"""A case study in full, part by part where it is long, and as a card in a channel."""

import re
from urllib.parse import quote

from slackblocks import Block, Button

from bot.blocks import (
    HEADER_LENGTH,
    actions,
    button,
    context,
    cut,
    day,
    escape,
    header,
    paragraphs,
    plain,
    section,
)
from bot.case_studies import ids
from bot.case_studies.answers import Answers, value_lines, value_of
from bot.case_studies.fields.uploads import Upload, read_upload
from bot.case_studies.history.ids import OPEN as OPEN_HISTORY
from bot.case_studies.modals import Modal, modal
from bot.case_studies.parts import in_parts, part_turns
from bot.case_studies.phrases import authors_row, byline, short_title
from bot.case_studies.withdrawal.stub import FOR_AUTHORS, reason_rows
from bot.delivery.content import Content
from bot.handover import READ_STRATEGY
from knowledge.model import Field, Section, Template
from storage.records.case_studies import CaseStudy, FieldValue

FIRST_LINES = 500
_ENDS_LINK = re.compile(r"[<>|]")


def reading_modal(
    study: CaseStudy,
    template: Template,
    *,
    part: int = 0,
    own: bool,
    member: bool,
    writer: bool = False,
    signed: bool = False,
) -> Modal:
    """Everything by section. `own`, `member` and `writer` say what the reader may do with it.

    `signed`: under each answer who wrote it, and when.
    """
    parts = in_parts(_text_blocks(study, template, signed=signed))
    part = min(max(part, 0), len(parts) - 1)
    blocks: list[Block] = [header(short_title(study)), context(byline(study, template.title))]
    if study.published_at is not None:
        blocks += authors_row(study)
    if study.status == "withdrawn":
        blocks += [section(FOR_AUTHORS), *reason_rows(study)]
    blocks += parts[part]
    blocks += part_turns(
        part,
        len(parts),
        lambda to: ids.Turn(study.id, to).encode(),
        earlier_id=ids.EARLIER_PART,
        later_id=ids.LATER_PART,
    )
    blocks.append(actions(*_reading_buttons(study, own=own, member=member, writer=writer)))
    blocks.append(context(escape(f"Template: {template.source}")))
    return modal("Case study", blocks, metadata=study.id)


def _reading_buttons(study: CaseStudy, *, own: bool, member: bool, writer: bool) -> list[Button]:
    buttons = [button("Export", ids.OPEN_EXPORT, study.id, spoken=f"Export {short_title(study)}")]
    if study.status == "published" and member:
        buttons.append(button("Share to a channel", ids.OPEN_SHARE, study.id))
    if study.status == "published" and own:
        buttons.append(button("Change it", ids.OPEN_DRAFT, study.id))
    if study.status == "withdrawn" and own:
        buttons.append(button("Hand it on", ids.HAND_ON, study.id))
    if writer and not own:
        buttons.append(button("Has its owner left?", ids.HAND_ON, study.id))
    if study.published_at is not None:
        buttons.append(button("History", OPEN_HISTORY, study.id))
    return buttons


def _text_blocks(study: CaseStudy, template: Template, *, signed: bool) -> list[Block]:
    blocks: list[Block] = []
    for part in template.sections:
        blocks += _section_blocks(study.answers, part, signed=signed)
    return blocks or [section("Nothing has been written yet.")]


def _section_blocks(answers: Answers, part: Section, *, signed: bool) -> list[Block]:
    blocks: list[Block] = []
    for field in part.fields:
        if answer := _answer_blocks(field, value_of(answers, field)):
            blocks += [section(f"*{escape(field.label)}*"), *answer]
            if signed:
                given = answers[field.id]
                blocks.append(context(f"Written by <@{given.author.user_id}> on {day(given.updated_at)}"))
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
