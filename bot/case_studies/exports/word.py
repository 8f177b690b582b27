"""Case studies as Word files in the layout of their templates: a heading and a table a section.

Made so that a screen reader finds its way: real headings, tables whose first row is a header and is
repeated on each page, the language set. Both block for part of a second or longer: call them in a thread.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from bot.case_studies.answers import study_title, writers_of
from bot.case_studies.exports.history_rows import HISTORY, HISTORY_HEADS, HistoryRow
from bot.case_studies.exports.layout import (
    NOT_ANSWERED,
    Names,
    answer_lines,
    name_of,
    names_of,
)
from bot.dates import day_text
from bot.exports.word_file import (
    PAGE_CM,
    add_bookmark,
    add_links,
    add_table,
    begin_page,
    clean,
    keep_with_next,
    new_document,
    saved,
)
from knowledge.model import Field, Section, Template
from storage.records.case_studies import CaseStudy

if TYPE_CHECKING:
    from docx.document import Document

COLUMNS_CM = (4.5, 10.7)
HISTORY_CM = (3.0, 5.2, PAGE_CM - 8.2)
CONTENTS_CM = (7.2, 4.0, PAGE_CM - 11.2)


def word_file(
    study: CaseStudy, template: Template, names: Names, history: Sequence[HistoryRow] = ()
) -> bytes:
    """One case study as a .docx, with its history if that is given."""
    title = study_title(study)
    document = new_document(title, name_of(study.owner, names), study.created_at, study.updated_at)
    document.add_heading(clean(title), level=0)
    _add_study(document, study, template, names, level=1)
    if history:
        document.add_heading(HISTORY, level=1)
        add_table(document, HISTORY_HEADS, history, HISTORY_CM)
    return saved(document)


def word_book(
    entries: Sequence[tuple[CaseStudy, Template]], title: str, note: str, names: Names, at: datetime
) -> bytes:
    """Several in one .docx: a title page with the list of them, and each on a page of its own."""
    document = new_document(title, "Common Ground", at, at)
    document.add_heading(clean(title), level=0)
    document.add_paragraph(clean(note), style="Subtitle")
    document.add_heading("Contents", level=1)
    rows = [
        ([study_title(study)], [template.title], [name_of(study.owner, names)]) for study, template in entries
    ]
    table = add_table(document, ("Case study", "Template", "Owner"), rows, CONTENTS_CM)
    add_links(table, [_bookmark(study) for study, _ in entries])
    for study, template in entries:
        heading = document.add_heading(clean(study_title(study)), level=1)
        begin_page(heading)
        add_bookmark(heading, _bookmark(study))
        _add_study(document, study, template, names, level=2)
    return saved(document)


def _add_study(
    document: "Document", study: CaseStudy, template: Template, names: Names, *, level: int
) -> None:
    """All below the title, with headings from this level on."""
    document.add_paragraph(clean(template.title), style="Subtitle")
    document.add_paragraph(clean(_authors(study, names)))
    for section in template.sections:
        document.add_heading(clean(section.title), level=level)
        if writers := writers_of(study, section):
            keep_with_next(document.add_paragraph(clean(f"Written by {names_of(writers, names)}.")))
        add_table(document, ("Question", "Answer"), _rows(study, section), COLUMNS_CM)
    if template.source:
        document.add_heading("Source of the template", level=level)
        document.add_paragraph(clean(template.source))


def _rows(study: CaseStudy, section: Section) -> list[tuple[list[str], list[str]]]:
    return [([field.label], _lines(study, field)) for field in section.fields]


def _lines(study: CaseStudy, field: Field) -> list[str]:
    lines = [clean(line) for line in answer_lines(study, field)]
    return lines if any(lines) else [NOT_ANSWERED]


def _authors(study: CaseStudy, names: Names) -> str:
    by = names_of(study.authors, names)
    if study.published_at is None:
        return f"Written by {by}. A draft, last saved on {day_text(study.updated_at)}."
    text = f"Written by {by}. Published on {day_text(study.published_at)}"
    if study.updated_at > study.published_at:
        text += f", changed on {day_text(study.updated_at)}"
    if study.withdrawn_at:
        text += f", withdrawn on {day_text(study.withdrawn_at)}"
    return f"{text}."


def _bookmark(study: CaseStudy) -> str:
    """A name that Word takes: at most 40 letters, digits and underscores, a letter first."""
    return "s_" + "".join(letter if letter.isalnum() else "_" for letter in study.id)[:38]
