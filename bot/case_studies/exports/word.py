"""One case study as a Word file in the layout of its template: a heading and a table a section.

Made so that a screen reader finds its way: real headings, tables whose first row is a header and is
repeated on each page, the language set. python-docx is imported only when somebody asks for a file.
"""

import io
import re
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.case_studies.answers import study_title, value_lines, value_of
from knowledge.model import Field, Section, Template
from storage.records import CaseStudy, Person

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table

LANGUAGE = "en-GB"
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
PROPERTY_LENGTH = 255
NOT_ANSWERED = "Not answered"
COLUMNS_CM = (4.5, 10.7)
"""As wide as the text on the page of python-docx's own template."""


def word_file(study: CaseStudy, template: Template, names: Mapping[Person, str]) -> bytes:
    """The .docx; somebody without a name in `names` is their id."""
    import docx  # noqa: PLC0415 - slow to import, and seldom needed

    document: Document = docx.Document()
    _set_language(document)
    _describe(document, study, names)
    document.add_heading(_clean(study_title(study)), level=0)
    document.add_paragraph(_clean(template.title), style="Subtitle")
    document.add_paragraph(_clean(_authors(study, names)))
    for section in template.sections:
        document.add_heading(_clean(section.title), level=1)
        _add_answers(document, study, section)
    document.add_heading("Source of the template", level=1)
    document.add_paragraph(_clean(template.source))
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def file_name(study: CaseStudy) -> str:
    """A name that every system takes, from the title."""
    words = re.findall(r"[A-Za-z0-9]+", study_title(study))
    return f"{'-'.join(words)[:60].strip('-').lower() or 'case-study'}.docx"


def _add_answers(document: "Document", study: CaseStudy, section: Section) -> None:
    table = document.add_table(rows=1, cols=2, style="Table Grid")
    for cell, words in zip(table.rows[0].cells, ("Question", "Answer"), strict=True):
        cell.paragraphs[0].add_run(words).bold = True
    _repeat_header(table)
    for field in section.fields:
        question, answer = table.add_row().cells
        question.text = _clean(field.label)
        lines = _lines(study, field)
        answer.text = lines[0]
        for line in lines[1:]:
            answer.add_paragraph(line)
    _set_widths(table)


def _lines(study: CaseStudy, field: Field) -> list[str]:
    lines = [_clean(line) for line in value_lines(field, value_of(study.answers, field))]
    return lines if any(lines) else [NOT_ANSWERED]


def _authors(study: CaseStudy, names: Mapping[Person, str]) -> str:
    others = sorted({answer.author for answer in study.answers.values()} - {study.owner})
    by = ", ".join(names.get(person, person.user_id) for person in (study.owner, *others))
    if study.published_at is None:
        return f"Written by {by}. A draft, last saved on {_day(study.updated_at)}."
    changed = f", changed on {_day(study.updated_at)}" if study.updated_at > study.published_at else ""
    return f"Written by {by}. Published on {_day(study.published_at)}{changed}."


def _day(at: datetime) -> str:
    return f"{at.day} {at:%B %Y}"


def _clean(text: str) -> str:
    """Text without what XML, and so Word, cannot hold."""
    return NOT_IN_XML.sub("", text)


def _describe(document: "Document", study: CaseStudy, names: Mapping[Person, str]) -> None:
    properties = document.core_properties
    properties.title = _clean(study_title(study))[:PROPERTY_LENGTH]
    properties.author = _clean(names.get(study.owner, study.owner.user_id))[:PROPERTY_LENGTH]
    properties.language = LANGUAGE
    properties.comments = ""
    properties.created = study.created_at
    properties.modified = study.updated_at


def _set_language(document: "Document") -> None:
    from docx.oxml.ns import qn  # noqa: PLC0415 - as above

    defaults: Any = document.styles.element.find(qn("w:docDefaults"))
    for language in defaults.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)


def _set_widths(table: "Table") -> None:
    from docx.shared import Cm  # noqa: PLC0415 - as above

    # Word goes by the cells, other programs by the columns.
    for column, width in zip(table.columns, COLUMNS_CM, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)


def _repeat_header(table: "Table") -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415 - as above

    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
