"""Word files in which a screen reader finds its way: language set, real headings, header rows that repeat.

python-docx is imported only when somebody asks for a file.
"""

import io
import re
import zlib
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph

LANGUAGE = "en-GB"
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
PROPERTY_LENGTH = 255
A4_CM = (21.0, 29.7)
PAGE_CM = 15.2
"""As wide as the text on the page."""
LINE_GAP = 60
"""Above and below the text of a cell, in twentieths of a point."""
SHADE = "DCE6EC"
WHOLE_ROW = 400
"""Characters up to which a row stays on one page."""


def new_document(title: str, author: str, created: datetime, modified: datetime) -> "Document":
    """An empty document with its properties; nothing is on the page yet."""
    import docx  # noqa: PLC0415 - slow to import, and seldom needed
    from docx.oxml.ns import qn  # noqa: PLC0415 - as above

    document = docx.Document()
    defaults: Any = document.styles.element.find(qn("w:docDefaults"))
    for language in defaults.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    properties = document.core_properties
    properties.title = clean(title)[:PROPERTY_LENGTH]
    properties.author = clean(author)[:PROPERTY_LENGTH]
    properties.language = LANGUAGE
    properties.comments = ""
    properties.created = created
    properties.modified = modified
    _set_page(document)
    return document


def add_table(
    document: "Document",
    heads: Sequence[str],
    rows: Sequence[Sequence[Sequence[str]]],
    widths: Sequence[float],
) -> "Table":
    """A table with a header row that is repeated on each page.

    A cell is its paragraphs; `widths` are in centimetres, at most PAGE_CM together.
    """
    table = document.add_table(rows=1, cols=len(heads), style="Table Grid")
    for cell, words in zip(table.rows[0].cells, heads, strict=True):
        cell.paragraphs[0].add_run(clean(words)).bold = True
        keep_with_next(cell.paragraphs[0])
        _add_element(cell._tc.get_or_add_tcPr(), "w:shd", val="clear", color="auto", fill=SHADE)
    _add_element(table.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")
    for row in rows:
        added = table.add_row()
        for cell, lines in zip(added.cells, row, strict=True):
            cell.text = clean(lines[0]) if lines else ""
            for line in lines[1:]:
                cell.add_paragraph(clean(line))
        if sum(len(line) for lines in row for line in lines) <= WHOLE_ROW:
            _add_element(added._tr.get_or_add_trPr(), "w:cantSplit")
    _give_air(table)
    _set_widths(table, widths)
    return cast("Table", table)


def keep_with_next(paragraph: "Paragraph") -> None:
    """Have a paragraph stand on the page of what follows it."""
    paragraph.paragraph_format.keep_with_next = True


def begin_page(paragraph: "Paragraph") -> None:
    """Have a paragraph stand at the top of a page."""
    paragraph.paragraph_format.page_break_before = True


def add_bookmark(paragraph: "Paragraph", name: str) -> None:
    """Name a place, so that `add_links` can lead to it."""
    from docx.oxml import OxmlElement  # noqa: PLC0415 - as above
    from docx.oxml.ns import qn  # noqa: PLC0415 - as above

    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    number = str(zlib.crc32(name.encode()))
    for mark in (start, end):
        mark.set(qn("w:id"), number)
    start.set(qn("w:name"), name)
    paragraph._p.insert(1, start)
    paragraph._p.append(end)


def add_links(table: "Table", names: Sequence[str]) -> None:
    """Have the first cell of each row below the header lead to the place of that name."""
    from docx.oxml import OxmlElement  # noqa: PLC0415 - as above
    from docx.oxml.ns import qn  # noqa: PLC0415 - as above

    # The column's cells at once: asking a row for its cells looks through the whole table.
    for cell, name in zip(table.columns[0].cells[1:], names, strict=True):
        paragraph = cell.paragraphs[0]._p
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), name)
        for run in list(paragraph.r_lst):
            link.append(run)
        paragraph.append(link)


def saved(document: "Document") -> bytes:
    """The .docx."""
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def clean(text: str) -> str:
    """Text without what XML, and so Word, cannot hold."""
    return NOT_IN_XML.sub("", text)


def _set_page(document: "Document") -> None:
    from docx.shared import Cm  # noqa: PLC0415 - as above

    width, height = A4_CM
    section = document.sections[0]
    section.page_width, section.page_height = Cm(width), Cm(height)
    section.left_margin = section.right_margin = Cm((width - PAGE_CM) / 2)


def _give_air(table: "Table") -> None:
    from docx.oxml.ns import qn  # noqa: PLC0415 - as above

    properties: Any = table._tbl.tblPr
    margins = _add_element(properties, "w:tblCellMar")
    # Word wants its elements in their order.
    properties.find(qn("w:tblLook")).addprevious(margins)
    for side in ("top", "bottom"):
        _add_element(margins, f"w:{side}", w=str(LINE_GAP), type="dxa")


def _add_element(parent: Any, name: str, **attributes: str) -> Any:
    """Add what python-docx has no words for, as the last of its parent."""
    from docx.oxml import OxmlElement  # noqa: PLC0415 - as above
    from docx.oxml.ns import qn  # noqa: PLC0415 - as above

    element = OxmlElement(name)
    for attribute, value in attributes.items():
        element.set(qn(f"w:{attribute}"), value)
    parent.append(element)
    return element


def _set_widths(table: "Table", widths: Sequence[float]) -> None:
    from docx.shared import Cm  # noqa: PLC0415 - as above

    # Word goes by the cells, other programs by the columns.
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)
