"""Case studies to test with: plainly invented work by plainly invented people."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, datetime
from decimal import Decimal

from bot.caller import Caller
from bot.case_studies.fields.costs import Cost
from bot.case_studies.fields.inputs import MOST_CHOSEN
from bot.case_studies.fields.uploads import MOST_FILES, Upload
from knowledge.model import Field, FieldKind, Template
from storage.records.case_studies import (
    CaseStudy,
    CaseStudyStatus,
    CaseStudySummary,
    DraftSummary,
    FieldAnswer,
    FieldValue,
)
from storage.records.case_study_access import Access
from storage.records.people import Person
from tests.slack import ANNA, BEN, PIA, TEAM, User

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

WHO: dict[str, FieldValue] = {
    "organization": "Larkfield Family Hub",
    "activity": "Saturday breakfast club",
    "target_group": "Parents of small children",
}
WHY: dict[str, FieldValue] = {
    "aims": "To meet parents who never come to the clinic.",
    "expected_outcomes": "Twenty families a month.",
    "actual_outcomes": "Thirty families a month.",
    "ecm_outcomes": ("be-healthy", "enjoy-and-achieve"),
}
WHAT: dict[str, FieldValue] = {
    "description": "Two health visitors and a cook open the hall each Saturday.",
    "other_agencies": (),
}
COMPLETE: Mapping[str, FieldValue] = {**WHO, **WHY, **WHAT}

HARD = "&<>\U0001f600@channel *_~` =1+1 <!channel> "
"""Markup, mentions, formulas and emoji in one."""


def person(user: User) -> Person:
    return Person(user.team_id, user.id)


def caller(user: User) -> Caller:
    return Caller(TEAM, person(user))


ANNAS, BENS, PIAS = caller(ANNA), caller(BEN), caller(PIA)


def make_study(
    values: Mapping[str, FieldValue] = COMPLETE,
    *,
    study_id: str = "s1",
    template_id: str = "good-practice",
    title: str = "Saturday breakfast club",
    owner: Person = ANNAS.person,
    status: CaseStudyStatus = "published",
    at: datetime = AT,
) -> CaseStudy:
    return CaseStudy(
        workspace_id=TEAM,
        id=study_id,
        template_id=template_id,
        owner=owner,
        status=status,
        title=title,
        created_at=at,
        updated_at=at,
        published_at=at if status == "published" else None,
        answers={name: FieldAnswer(name, value, owner, at) for name, value in values.items() if value},
    )


def access_of(study: CaseStudy, who: Person | None = None, *sections: str) -> Access:
    """What somebody, the owner if nobody is named, is to a case study."""
    asked = frozenset(sections)
    return Access(who or study.owner, study.status, study.owner, None, asked, has_text=False)


def largest_values(template: Template, letters: str = HARD) -> dict[str, FieldValue]:
    """Every text at its 6,000 characters, every box ticked, as much chosen as can be."""
    return {field.id: largest_value(field, letters) for field in template.fields}


def largest_value(field: Field, letters: str = HARD) -> FieldValue:
    """As much as a field of its kind holds."""
    link = f"https://home.slack.com/files/{'x' * 300}<>|"
    largest: dict[FieldKind, FieldValue] = {
        "text": (letters * 6_000)[:6_000],
        "line": (letters * 3_000)[:3_000],
        "date": "2026-02-28",
        "cost": Cost(Decimal("999999999.99"), Decimal("999999999.99")).words,
        "checkboxes": tuple(option.id for option in field.options),
        "strategies": tuple(option.id for option in field.options)[:MOST_CHOSEN],
        "agencies": tuple(f"{number}{letters * 150}"[:150].strip() for number in range(MOST_CHOSEN)),
        "files": tuple(
            Upload(f"F{number}", link, (letters * 255)[:255]).kept for number in range(MOST_FILES)
        ),
    }
    return largest[field.kind]


def draft_of(study: CaseStudy) -> DraftSummary:
    """The case study as a list of drafts has it."""
    shown = {field.name: getattr(study, field.name) for field in fields(CaseStudySummary)}
    return DraftSummary(**shown, filled=frozenset(study.filled))
