"""Case studies as a CSV table that a spreadsheet opens as text: nothing in it is run as a formula."""

from collections.abc import AsyncIterator, Sequence

from bot.case_studies.answers import study_title
from bot.case_studies.exports.layout import (
    EARLIER,
    STATUS_WORDS,
    Names,
    answer_lines,
    layout_of,
    name_of,
    names_of,
)
from bot.exports.spreadsheet import BYTE_ORDER_MARK, csv_row
from knowledge.model import Field, Template
from storage.records.case_studies import CaseStudy
from storage.records.people import Person

KNOWN_COLUMNS = (
    *("id", "template", "title", "status", "owner", "authors", "written by"),
    *("created", "changed", "published", "withdrawn"),
)


async def csv_chunks(
    studies: AsyncIterator[CaseStudy], templates: Sequence[Template], names: Names
) -> AsyncIterator[str]:
    """The table row by row."""
    yield csv_head(templates)
    async for study in studies:
        yield csv_line(study, templates, names)


def csv_head(templates: Sequence[Template]) -> str:
    """The first row: one column a field of each template, and one for answers that none of them asks for."""
    titles = [f"{template.title}: {field.label}" for template in templates for field in template.fields]
    return BYTE_ORDER_MARK + csv_row([*KNOWN_COLUMNS, *titles, EARLIER])


def csv_line(study: CaseStudy, templates: Sequence[Template], names: Names) -> str:
    """The row of one case study."""
    layout = layout_of(study, templates)
    times = (study.created_at, study.updated_at, study.published_at, study.withdrawn_at)
    asked = [(template.id, field) for template in templates for field in template.fields]
    ids = {field.id for template_id, field in asked if template_id == study.template_id}
    earlier = [field for field in layout.fields if field.id not in ids]
    return csv_row(
        [
            study.id,
            layout.title,
            study_title(study),
            STATUS_WORDS[study.status],
            name_of(study.owner, names),
            names_of(study.authors, names),
            _written_by(study, layout, names),
            *(at.isoformat(timespec="seconds") if at else "" for at in times),
            *(_cell(study, field) if of == study.template_id else "" for of, field in asked),
            "\n".join(f"{field.label}: {_cell(study, field)}" for field in earlier),
        ]
    )


def _written_by(study: CaseStudy, layout: Template, names: Names) -> str:
    """Who wrote which answer, a person a line."""
    labels: dict[Person, list[str]] = {}
    for field in layout.fields:
        answer = study.answers.get(field.id)
        if answer and answer.value:
            labels.setdefault(answer.author, []).append(field.label)
    return "\n".join(f"{name_of(author, names)}: {'; '.join(said)}" for author, said in labels.items())


def _cell(study: CaseStudy, field: Field) -> str:
    lines = answer_lines(study, field)
    answer = study.answers.get(field.id)
    is_text = answer is not None and isinstance(answer.value, str)
    return ("\n" if is_text else "; ").join(lines)
