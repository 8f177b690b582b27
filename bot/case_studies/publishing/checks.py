"""What is looked at before a case study is published: rules, and no more."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.case_studies.answers import value_of
from bot.case_studies.publishing.personal_details import PersonalDetail, find_personal_details
from knowledge.model import Field, FieldKind, Section, Template
from storage.records.case_studies import CaseStudy

CHECKS: dict[str, str] = {
    "nobody": "Nobody in it can be recognised",
    "agreed": "The agencies in it agree to what it says",
    "costs": "The costs in it are checked, or it names none",
}
"""What the author has to have made sure of, by the id of its box."""

_WRITTEN: frozenset[FieldKind] = frozenset({"line", "text", "agencies"})
"""Fields into which people type words of their own."""


@dataclass(frozen=True, slots=True)
class PointedOut:
    """A likely personal detail with the place where it stands."""

    section: Section
    field: Field
    detail: PersonalDetail


def point_out(study: CaseStudy, template: Template) -> list[PointedOut]:
    """Everything in the case study that looks like a personal detail, in the template's order."""
    found = []
    for section in template.sections:
        for field in section.fields:
            if field.kind in _WRITTEN:
                value = value_of(study.answers, field)
                texts = [value] if isinstance(value, str) else value
                found += [
                    PointedOut(section, field, detail)
                    for text in texts
                    for detail in find_personal_details(text)
                ]
    return found


def unticked_words(ticked: Collection[str]) -> str:
    """What the author has still to make sure of; "" when every box is ticked."""
    left = [label for check, label in CHECKS.items() if check not in ticked]
    return f"Make sure of this first, and tick it: {'; '.join(left)}." if left else ""
