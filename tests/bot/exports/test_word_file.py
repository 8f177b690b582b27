"""The page and the tables of a Word file, read again with python-docx."""

import io
from datetime import UTC, datetime
from typing import Any

import docx
from docx.document import Document
from docx.shared import Cm

from bot.exports.word_file import PAGE_CM, WHOLE_ROW, add_table, new_document, saved

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def with_rows(*answers: str) -> Document:
    document = new_document("A title", "Anna Ashworth", AT, AT)
    rows = [(["Question"], [answer]) for answer in answers]
    add_table(document, ("Question", "Answer"), rows, (5, 10))
    return docx.Document(io.BytesIO(saved(document)))


def test_the_page_is_a4_and_as_wide_as_the_tables_think() -> None:
    section: Any = with_rows("x").sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    assert abs(section.page_width - section.left_margin - section.right_margin - Cm(PAGE_CM)) < Cm(0.01)


def test_a_short_row_stays_on_one_page_and_a_long_one_goes_on_to_the_next() -> None:
    (table,) = with_rows("x", "x" * WHOLE_ROW).tables
    whole = [bool(row._tr.xpath("./w:trPr/w:cantSplit")) for row in table.rows]
    assert whole == [False, True, False]


def test_the_header_stays_with_its_first_row() -> None:
    (table,) = with_rows("x").tables
    assert [cell.paragraphs[0].paragraph_format.keep_with_next for cell in table.rows[0].cells] == [
        True,
        True,
    ]


def test_words_elements_stand_in_words_order() -> None:
    (table,) = with_rows("x").tables
    names = [child.tag.rpartition("}")[2] for child in table._tbl.tblPr]
    assert names.index("tblCellMar") < names.index("tblLook")
