"""The Word file, opened again with python-docx, with real pictures in it."""

import io
from datetime import timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table

from bot.ranking.pictures.chart import Picture
from bot.ranking.record.charts import charts_of
from bot.ranking.record.record import Record
from bot.ranking.record.word import word_file
from bot.ranking.rules_wording import NAMES_SHOWN, rules_lines
from storage.records.rankings import Item, Rules
from tests.bot.ranking.record.examples import AGENCIES, BEGAN, ITEMS, held_stages, make_record
from tests.word import style_of


def opened(record: Record, pictures: bool = False) -> Document:
    drawn = [Picture(chart, chart.draw()) for chart in charts_of(record)] if pictures else []
    return docx.Document(io.BytesIO(word_file(record, drawn)))


def words(document: Document) -> list[str]:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [*(paragraph.text for paragraph in document.paragraphs), *cells]


def headings(document: Document, level: int) -> list[str]:
    return [each.text for each in document.paragraphs if style_of(each) == f"Heading {level}"]


def test_headings_lead_through_the_whole_record() -> None:
    document = opened(make_record())
    assert style_of(document.paragraphs[0]) == "Title"
    assert headings(document, 1) == [
        "The outcome",
        "The rules",
        "The people",
        "The statements",
        "The steps",
        "What was announced",
        "How it was counted",
    ]
    assert len(headings(document, 2)) == 1 + len(held_stages())
    assert headings(document, 3).count("The group's order") == 2
    numbered = [each.text for each in document.paragraphs if style_of(each) == "List Number"]
    assert numbered == [item.title for item in ITEMS[:5]]


def test_each_table_has_a_header_row_that_is_repeated_and_something_under_it() -> None:
    document = opened(make_record())
    assert len(document.tables) == 14
    for table in document.tables:
        assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
        assert all(cell.text for cell in table.rows[0].cells)
        assert len(table.rows) > 1
    blocks = list(document.iter_inner_content())
    assert not [
        True for one, next_one in pairwise(blocks) if isinstance(one, Table) and isinstance(next_one, Table)
    ]


def test_language_and_properties_are_set() -> None:
    document = opened(make_record())
    languages = {lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}
    properties = document.core_properties
    assert (properties.title, properties.author) == ("What good joint work leads to", "Anna Example")
    assert properties.created is not None
    assert properties.created.date() == (BEGAN + timedelta(days=4)).date()


def test_each_picture_carries_its_numbers_in_words() -> None:
    record = make_record()
    document = opened(record, pictures=True)
    told = [
        (shape._inline.docPr.get("title"), shape._inline.docPr.get("descr"))
        for shape in document.inline_shapes
    ]
    assert told == [(chart.title, chart.alt_text(2_000)) for chart in charts_of(record)]
    assert [title for title, _words in told] == [
        "Where people put each statement",
        "The diamond of nine",
        "The mean place that each agency gives",
        "Where people put each statement",
        "The diamond of nine",
        "The mean place that each agency gives",
        "How places moved from round 1 to round 2",
    ]
    section: Any = document.sections[0]
    for shape in document.inline_shapes:
        assert shape.height < section.page_height - section.top_margin - section.bottom_margin
        assert shape.width <= section.page_width - section.left_margin - section.right_margin


def test_rules_dissent_doubts_and_chance_are_told() -> None:
    rules = Rules(
        weights="agency",
        quorum="two_thirds",
        blocks_needed=2,
        steps=("read",),
        stage_hours=48,
        remind_hours=4,
    )
    told = words(opened(make_record(rules=rules)))
    for sentence in (
        *rules_lines(rules),
        NAMES_SHOWN,
        "Added on 2 March 2026 at 18:30 UTC. Left on 3 March 2026 at 15:30 UTC.",
        "Not accepted: 1 person blocked it. 12 people answered, and 7 were needed.",
        "=We meet in it every week",
        "Money first",
        "Drawn up on 6 March 2026 at 09:30 UTC by Common Ground 0.1.0.",
    ):
        assert sentence in told
    assert any("Kendall's W is" in text and "at random it would be" in text for text in told)
    assert any("--weights agency" in text for text in told)


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ("undecided", "The ranking ended without consensus. The group has decided nothing."),
        ("cancelled", "The ranking was cancelled. The group has decided nothing."),
        ("open", "The ranking is still open. Nothing is decided yet."),
    ],
)
def test_without_consensus_the_record_says_so_and_who_differs(status: str, sentence: str) -> None:
    stages = held_stages()[:3]
    document = opened(make_record(stages=stages, status=status, outcome=(), ended_at=None))
    told = words(document)
    assert sentence in told
    assert "Who differs, and why" in told
    first = document.tables[0]
    assert [cell.text for cell in first.rows[1].cells] == [
        "Block it",
        "Gita Example",
        "=We meet in it every week",
    ]


def test_nobody_is_named_beside_an_answer_in_an_anonymous_ranking() -> None:
    document = opened(make_record(rules=Rules(anonymous=True)))
    people = {*AGENCIES, "Max Example"}
    naming = [
        table.rows[0].cells[0].text
        for table in document.tables
        if people & {cell.text for row in table.rows for cell in row.cells}
    ]
    assert naming == ["Name"]
    paragraphs = [each.text for each in document.paragraphs if any(name in each.text for name in people)]
    assert len(paragraphs) == 1
    assert "Anna Example facilitated it, with Ben Example." in paragraphs[0]
    told = words(document)
    assert "Agencies are withheld where that would tell what fewer than three people think." in told
    assert "=We meet in it every week" in told


def test_times_are_told_in_the_zone_asked_for() -> None:
    summer = make_record(started_at=BEGAN + timedelta(days=120))
    document = docx.Document(io.BytesIO(word_file(summer, zone=ZoneInfo("Europe/London"))))
    assert document.paragraphs[2].text.startswith("It began on 30 June 2026 at 10:30 BST")


@pytest.mark.parametrize(
    "letters", ["a\x00\x07\x1b", "\ud800", "\U0001f600", "x" * 3_000, "one\ntwo", "$\\frac{1}$"]
)
def test_no_text_breaks_the_file(letters: str) -> None:
    items = tuple(Item(item.id, letters, letters) for item in ITEMS)
    record = make_record(items=items, channel=letters, facilitator=letters, source=letters)
    assert len(opened(record).tables) == 14
