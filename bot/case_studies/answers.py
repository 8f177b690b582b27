"""What has been answered of a template, and what is still missing: rules, and no more."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from bot.case_studies.fields.costs import read_cost
from bot.case_studies.fields.uploads import read_upload
from bot.dates import day_text
from knowledge.model import Field, Section, Template
from storage.records.case_studies import CaseStudy, CaseStudySummary, FieldAnswer, FieldValue
from storage.records.people import Person

UNTITLED = "Untitled case study"

Answers = Mapping[str, FieldAnswer]


@dataclass(frozen=True, slots=True)
class SectionState:
    """How far a section has come; `missing` are the fields that publishing asks for."""

    section: Section
    answered: int
    missing: tuple[Field, ...]

    @property
    def words(self) -> str:
        """The state in words, such as "2 of 3 answered"."""
        return f"{self.answered} of {len(self.section.fields)} answered" if self.answered else "Empty"


def value_of(answers: Answers, field: Field) -> FieldValue:
    """The field's answer, "" or () when there is none."""
    answer = answers.get(field.id)
    if answer is None or not answer.value:
        return () if field.is_list else ""
    return answer.value


def fits(field: Field, value: FieldValue) -> bool:
    """Whether the value is of the field's kind; one from when the field had another kind may not be."""
    if isinstance(value, tuple):
        return field.is_list
    if field.kind == "cost":
        return read_cost(value) is not None
    if field.kind == "date":
        return read_day(value) is not None
    return not field.is_list or not value


def read_day(value: str) -> date | None:
    """The day of a date field, None when the text is none."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def section_states(template: Template, answers: Answers) -> list[SectionState]:
    """Every section's state, in the template's order."""
    states = []
    for section in template.sections:
        empty = [field for field in section.fields if not value_of(answers, field)]
        missing = tuple(field for field in empty if field.required)
        states.append(SectionState(section, len(section.fields) - len(empty), missing))
    return states


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a case study has come.

    A section counts when something is answered in it and nothing that publishing asks for is missing.
    """

    sections: int
    of_sections: int
    fields: int
    of_fields: int

    @property
    def words(self) -> str:
        """Such as "2 of 4 sections, 7 of 12 fields"."""
        return f"{self.sections} of {self.of_sections} sections, {self.fields} of {self.of_fields} fields"


def progress_of(template: Template, filled: Collection[str]) -> Progress:
    """How far a case study has come in which the fields with these ids are filled."""
    sections = [
        section
        for section in template.sections
        if any(field.id in filled for field in section.fields)
        and all(field.id in filled for field in section.fields if field.required)
    ]
    return Progress(
        sections=len(sections),
        of_sections=len(template.sections),
        fields=sum(field.id in filled for field in template.fields),
        of_fields=len(template.fields),
    )


def missing_fields(template: Template, filled: Collection[str]) -> list[Field]:
    """What publishing still asks for when the fields with these ids are filled, in the template's order."""
    return [field for field in template.fields if field.required and field.id not in filled]


def value_lines(field: Field, value: FieldValue) -> list[str]:
    """The answer line by line, as people read it; of what was ticked or chosen, the labels."""
    if isinstance(value, str):
        day = read_day(value) if field.kind == "date" else None
        return [day_text(day)] if day else value.splitlines()
    if field.kind == "files":
        return [read_upload(kept).words for kept in value]
    labels = {option.id: option.label for option in field.options}
    return [labels.get(option_id, option_id) for option_id in value]


def labels_of(fields: list[Field] | tuple[Field, ...]) -> str:
    """The fields' labels in one line."""
    return ", ".join(field.label for field in fields)


def missing_words(template: Template, study: CaseStudy) -> str:
    """What publishing still asks for, by label; "" when nothing is missing."""
    return labels_of(missing_fields(template, study.filled))


def study_title(study: CaseStudySummary) -> str:
    """The title on one line, or words that stand for it while there is none."""
    return " ".join(study.title.split()) or UNTITLED


def writers_of(study: CaseStudy, section: Section) -> tuple[Person, ...]:
    """Whose text stands in a section, in the order of its fields; () while that is the owner alone."""
    answers = [study.answers[field.id] for field in section.fields if field.id in study.answers]
    writers = tuple(dict.fromkeys(answer.author for answer in answers if answer.value))
    return writers if set(writers) - {study.owner} else ()
