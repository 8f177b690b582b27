"""The record as a Word file: headings, tables with header rows, pictures with their numbers in words."""

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, tzinfo
from typing import TYPE_CHECKING

from bot.exports.word_file import PAGE_CM, add_table, clean, new_document, saved
from bot.ranking.pictures.chart import IMAGE_ALT, Picture
from bot.ranking.record import phrases
from bot.ranking.record.record import Consent, Marks, Record, Round, StageReport

if TYPE_CHECKING:
    from docx.document import Document

MOST_COLUMNS = 6
"""Agencies side by side in one table."""
LABEL_CM = 6.2
MOST_HIGH_CM = 20.0
"""What of a page's height a picture may take, with its heading above it."""


def word_file(record: Record, pictures: Sequence[Picture] = (), zone: tzinfo = UTC) -> bytes:
    """The .docx, with times in `zone`. Blocks for part of a second: call it in a thread."""
    document = new_document(record.title, record.facilitator, record.made_at, record.made_at)
    document.add_heading(clean(record.title), level=0)
    document.add_paragraph("The record of a ranking", style="Subtitle")
    _write(document, [phrases.dates_text(record, zone)])
    _add_outcome(document, record)
    document.add_heading("The rules", level=1)
    _write(document, ["These were agreed before the first answer."])
    for rule in phrases.rule_texts(record.rules):
        document.add_paragraph(rule, style="List Bullet")
    _add_people(document, record, zone)
    document.add_heading("The statements", level=1)
    rows = [(statement.label, statement.text) for statement in record.statements]
    _add_table(document, ("Statement", "In full"), rows, (LABEL_CM, PAGE_CM - LABEL_CM))
    document.add_heading("The steps", level=1)
    for stage in record.stages:
        _add_stage(document, record, stage, pictures, zone)
    if record.events:
        document.add_heading("What was announced", level=1)
        events = [(phrases.time_text(event.at, zone), event.text) for event in record.events]
        _add_table(document, ("When", "What"), events, (5.5, 9.7))
    document.add_heading("How it was counted", level=1)
    _write(document, _method_texts(record, zone))
    return saved(document)


def _add_outcome(document: "Document", record: Record) -> None:
    document.add_heading("The outcome", level=1)
    _write(document, [phrases.outcome_text(record)])
    for label in record.outcome:
        document.add_paragraph(clean(label), style="List Number")
    last = record.last_consent
    if last and last.dissent:
        document.add_heading("Who differs, and why", level=2)
        _add_stands(document, record, last, dissent_only=True)


def _add_people(document: "Document", record: Record, zone: tzinfo) -> None:
    document.add_heading("The people", level=1)
    if record.rules.anonymous:
        _write(document, ["They took part without names: what each of them answered is not kept."])
    rows = [phrases.member_row(member, zone) for member in record.members]
    _add_table(document, ("Name", "Agency", "Note"), rows, (5.5, 5.5, 4.2))


def _add_stage(
    document: "Document", record: Record, stage: StageReport, pictures: Sequence[Picture], zone: tzinfo
) -> None:
    document.add_heading(clean(stage.title), level=2)
    _write(document, [stage.asked, phrases.stage_text(stage, zone)])
    result = stage.result
    if isinstance(result, Marks):
        _add_marks(document, record, result)
    elif isinstance(result, Consent):
        _write(document, [f"The proposal: {'; '.join(result.proposal)}.", phrases.consent_text(result)])
        if result.stands:
            _add_stands(document, record, result)
    elif isinstance(result, Round):
        _add_round(document, record, result)
        for picture in pictures:
            if picture.chart.round == result.number:
                _add_picture(document, picture)


def _add_marks(document: "Document", record: Record, marks: Marks) -> None:
    rows = phrases.marks_rows(marks)
    if record.rules.anonymous:
        _add_table(document, ("Statement", "People"), [row[:2] for row in rows], (12.2, 3))
    else:
        _add_table(document, ("Statement", "People", "Who"), rows, (LABEL_CM, 2, PAGE_CM - LABEL_CM - 2))


def _add_stands(
    document: "Document", record: Record, consent: Consent, *, dissent_only: bool = False
) -> None:
    stands = consent.dissent if dissent_only else consent.stands
    rows = [phrases.stand_row(stand) for stand in stands]
    if record.rules.anonymous:
        unsigned = [(position, reason) for position, _name, reason in rows]
        _add_table(document, ("Position", "Reason"), unsigned, (4, PAGE_CM - 4))
    else:
        _add_table(document, ("Position", "Who", "Reason"), rows, (3.5, 4, PAGE_CM - 7.5))


def _add_round(document: "Document", record: Record, counted: Round) -> None:
    document.add_heading("The group's order", level=3)
    heads = ("Place", "Statement", "Middle place", "Places given")
    _add_table(document, heads, phrases.order_rows(counted), (1.8, LABEL_CM, 2.6, PAGE_CM - LABEL_CM - 4.4))
    _write(document, phrases.sureness_texts(counted))
    document.add_heading("How alike the ballots are", level=3)
    _write(document, phrases.alike_texts(counted))
    _add_agencies(document, record, counted)
    if counted.movement:
        document.add_heading("What moved since the round before", level=3)
        heads = ("Statement", "Before", "Now", "Change")
        rows = [phrases.movement_row(movement) for movement in counted.movement]
        _add_table(document, heads, rows, (LABEL_CM, 3, 3, 3))


def _add_agencies(document: "Document", record: Record, counted: Round) -> None:
    groups = counted.agencies
    if counted.withheld or len(groups) > 1:
        document.add_heading("Agency against agency", level=3)
    if counted.withheld:
        _write(document, ["Agencies are withheld where that would tell what fewer than three people think."])
    if len(groups) < 2:
        return
    _write(document, ["The mean place that each agency's people gave."])
    for start in range(0, len(groups), MOST_COLUMNS):
        some = groups[start : start + MOST_COLUMNS]
        if start:
            _write(document, ["Further agencies:"])
        rows = [(label, *(f"{group.means[label]:.1f}" for group in some)) for label in counted.order.items]
        widths = (LABEL_CM, *[(PAGE_CM - LABEL_CM) / len(some)] * len(some))
        _add_table(document, ("Statement", *phrases.agency_heads(some)), rows, widths)


def _add_picture(document: "Document", picture: Picture) -> None:
    from docx.shared import Cm  # noqa: PLC0415 - slow to import, and seldom needed

    document.add_heading(clean(picture.chart.title), level=3)
    paragraph = document.add_paragraph()
    shape = paragraph.add_run().add_picture(io.BytesIO(picture.png), width=Cm(PAGE_CM))
    if shape.height > Cm(MOST_HIGH_CM):
        shape.width = round(shape.width * Cm(MOST_HIGH_CM) / shape.height)
        shape.height = Cm(MOST_HIGH_CM)
    words = shape._inline.docPr
    words.set("descr", clean(picture.chart.alt_text(IMAGE_ALT)))
    words.set("title", clean(picture.chart.title))


def _method_texts(record: Record, zone: tzinfo) -> list[str]:
    texts = [f"The statements come from: {record.source.removesuffix('.')}."] if record.source else []
    if record.rounds:
        texts.append(phrases.recount_text(record))
    if record.rounds and record.rules.anonymous:
        texts.append("A number stands for a voter, in each round anew: it says nothing about who they are.")
    drawn = phrases.time_text(record.made_at, zone)
    return [*texts, f"Drawn up on {drawn} by Common Ground {record.version}."]


def _write(document: "Document", texts: Iterable[str]) -> None:
    for text in texts:
        if text:
            document.add_paragraph(clean(text))


def _add_table(
    document: "Document", heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]
) -> None:
    add_table(document, heads, [[cell.split("\n") for cell in row] for row in rows], widths)
