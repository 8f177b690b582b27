"""What every kind of file says of a case study, and in which order."""

from collections.abc import Mapping, Sequence

from bot.case_studies.answers import value_lines, value_of
from bot.dates import day_text
from knowledge.model import Field, Section, Template
from storage.records.case_studies import CaseStudy, CaseStudyStatus, FieldAnswer
from storage.records.people import Person

Names = Mapping[Person, str]
"""What people are called; somebody without a name is their id."""

STATUS_WORDS: Mapping[CaseStudyStatus, str] = {
    "draft": "Draft",
    "in_review": "Draft in review",
    "published": "Published",
    "withdrawn": "Withdrawn",
}
EARLIER = "Answers to questions no longer asked"
NOT_ANSWERED = "Not answered"


def layout_of(study: CaseStudy, templates: Sequence[Template]) -> Template:
    """The template of a case study, with a last section for answers that it does not ask for any more.

    Of a template that is no longer in use all answers are in that section.
    """
    template = next((each for each in templates if each.id == study.template_id), None)
    asked = {field.id for field in template.fields} if template else set()
    earlier = tuple(
        _earlier_field(answer)
        for field_id, answer in sorted(study.answers.items())
        if field_id not in asked and answer.value
    )
    added = (Section("earlier", EARLIER, "", earlier),) if earlier else ()
    return Template(
        id=study.template_id,
        title=template.title if template else study.template_id,
        summary=template.summary if template else "",
        title_field=template.title_field if template else "",
        quote_field=template.quote_field if template else "",
        sections=(*(template.sections if template else ()), *added),
        source=template.source if template else "",
    )


def answer_lines(study: CaseStudy, field: Field) -> list[str]:
    """The answer line by line; [] where there is none."""
    lines = value_lines(field, value_of(study.answers, field))
    return lines if any(line.strip() for line in lines) else []


def name_of(person: Person, names: Names) -> str:
    return names.get(person, person.user_id)


def names_of(people: Sequence[Person], names: Names) -> str:
    """Several in one line, each name once."""
    return ", ".join(dict.fromkeys(name_of(person, names) for person in people))


def front_facts(study: CaseStudy, template: Template, names: Names) -> list[tuple[str, str]]:
    """What stands before the answers: label and words."""
    facts = [("Template", template.title), ("Owner", name_of(study.owner, names))]
    if len(study.authors) > 1:
        facts.append(("Written by", names_of(study.authors, names)))
    facts.append(("Status", STATUS_WORDS[study.status]))
    if study.published_at:
        facts.append(("Published", day_text(study.published_at)))
    if study.withdrawn_at:
        facts.append(("Withdrawn", day_text(study.withdrawn_at)))
    if study.withdrawn_reason:
        facts.append(("Why it was withdrawn", study.withdrawn_reason))
    facts.append(("Last changed", day_text(study.updated_at)))
    return facts


def people_in(study: CaseStudy) -> list[Person]:
    """Everybody whom a file of the case study names."""
    return [study.owner, *(answer.author for answer in study.answers.values())]


def _earlier_field(answer: FieldAnswer) -> Field:
    return Field(
        id=answer.field_id,
        label=answer.field_id,
        kind="text" if isinstance(answer.value, str) else "agencies",
        help="",
        example="",
        required=False,
        options=(),
    )
