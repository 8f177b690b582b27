"""One case study as a Word file in the layout of its template: a heading and a table a section.

Made so that a screen reader finds its way: real headings, tables whose first row is a header and is
repeated on each page, the language set.
"""

from collections.abc import Mapping
from datetime import datetime

from bot.case_studies.answers import study_title, value_lines, value_of, writers_of
from bot.exports import file_names
from bot.exports.word_file import add_table, clean, new_document, saved
from knowledge.model import Field, Section, Template
from storage.records.case_studies import CaseStudy
from storage.records.people import Person

NOT_ANSWERED = "Not answered"
COLUMNS_CM = (4.5, 10.7)


def word_file(study: CaseStudy, template: Template, names: Mapping[Person, str]) -> bytes:
    """The .docx; somebody without a name in `names` is their id."""
    title = study_title(study)
    owner = names.get(study.owner, study.owner.user_id)
    document = new_document(title, owner, study.created_at, study.updated_at)
    document.add_heading(clean(title), level=0)
    document.add_paragraph(clean(template.title), style="Subtitle")
    document.add_paragraph(clean(_authors(study, names)))
    for section in template.sections:
        document.add_heading(clean(section.title), level=1)
        if writers := writers_of(study, section):
            by = ", ".join(names.get(person, person.user_id) for person in writers)
            document.add_paragraph(clean(f"Written by {by}."))
        add_table(document, ("Question", "Answer"), _rows(study, section), COLUMNS_CM)
    document.add_heading("Source of the template", level=1)
    document.add_paragraph(clean(template.source))
    return saved(document)


def file_name(study: CaseStudy) -> str:
    """A name that every system takes, from the title."""
    return file_names.file_name(study_title(study), "docx", "case-study")


def _rows(study: CaseStudy, section: Section) -> list[tuple[list[str], list[str]]]:
    return [([field.label], _lines(study, field)) for field in section.fields]


def _lines(study: CaseStudy, field: Field) -> list[str]:
    lines = [clean(line) for line in value_lines(field, value_of(study.answers, field))]
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
