"""What has been answered of a template, and what is still missing: rules, and no more."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from knowledge.model import Field, Section, Template
from storage.records import CaseStudySummary, FieldAnswer, FieldValue

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
        return () if field.kind == "checkboxes" else ""
    return answer.value


def section_states(template: Template, answers: Answers) -> list[SectionState]:
    """Every section's state, in the template's order."""
    states = []
    for section in template.sections:
        empty = [field for field in section.fields if not value_of(answers, field)]
        missing = tuple(field for field in empty if field.required)
        states.append(SectionState(section, len(section.fields) - len(empty), missing))
    return states


def missing_fields(template: Template, filled: Collection[str]) -> list[Field]:
    """What publishing still asks for when the fields with these ids are filled, in the template's order."""
    return [field for field in template.fields if field.required and field.id not in filled]


def value_lines(field: Field, value: FieldValue) -> list[str]:
    """The answer line by line; of checkboxes, the labels of what is ticked."""
    if isinstance(value, str):
        return value.splitlines()
    labels = {option.id: option.label for option in field.options}
    return [labels.get(option_id, option_id) for option_id in value]


def labels_of(fields: list[Field] | tuple[Field, ...]) -> str:
    """The fields' labels in one line."""
    return ", ".join(field.label for field in fields)


def study_title(study: CaseStudySummary) -> str:
    """The title on one line, or words that stand for it while there is none."""
    return " ".join(study.title.split()) or UNTITLED
