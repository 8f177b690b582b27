"""Case studies as a CSV table that a spreadsheet opens as text: nothing in it is run as a formula."""

from collections.abc import AsyncIterator, Mapping, Sequence

from bot.case_studies.answers import study_title, value_lines, value_of
from bot.exports.spreadsheet import BYTE_ORDER_MARK, csv_row
from knowledge.model import Field, Template
from storage.records.case_studies import CaseStudy
from storage.records.people import Person

KNOWN_COLUMNS = ("id", "template", "title", "status", "written by", "created", "changed", "published")


async def csv_chunks(
    studies: AsyncIterator[CaseStudy], templates: Sequence[Template], names: Mapping[Person, str]
) -> AsyncIterator[str]:
    """The table row by row: one column a field of each template; somebody without a name is their id."""
    columns = [(template, field) for template in templates for field in template.fields]
    titles = [f"{template.title}: {field.label}" for template, field in columns]
    yield BYTE_ORDER_MARK + csv_row([*KNOWN_COLUMNS, *titles])
    by_id = {template.id: template.title for template in templates}
    async for study in studies:
        fields = [_cell(study, template, field) for template, field in columns]
        yield csv_row(
            [
                study.id,
                by_id.get(study.template_id, study.template_id),
                study_title(study),
                study.status,
                names.get(study.owner, study.owner.user_id),
                study.created_at.isoformat(timespec="seconds"),
                study.updated_at.isoformat(timespec="seconds"),
                study.published_at.isoformat(timespec="seconds") if study.published_at else "",
                *fields,
            ]
        )


def _cell(study: CaseStudy, template: Template, field: Field) -> str:
    if study.template_id != template.id:
        return ""
    value = value_of(study.answers, field)
    return value if isinstance(value, str) else "; ".join(value_lines(field, value))
