"""Generated case studies with a history, as only a store that is used for long would hold them."""

from datetime import UTC, datetime, timedelta
from typing import get_args

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from storage.records.case_studies import CaseStudy, CaseStudyStatus, FieldAnswer, FieldValue
from storage.records.case_study_history import CaseStudyEvent, CaseStudyHistory, Change, ChangeKind
from storage.records.case_study_sections import SectionRequest
from storage.records.people import Person
from storage.records.published import GivenFacet

START = datetime(2020, 1, 1, tzinfo=UTC)
FIELDS = ("aims", "activity", "ecm_outcomes", "a_field_of_old")
SECTIONS = ("who", "why")
SETTLED: tuple[ChangeKind, ...] = ("saved", "kept")

letters = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
texts = st.text(letters, max_size=30)
ids = st.text("ABCxyz019_-", min_size=1, max_size=6)
persons = st.builds(Person, ids, ids)
moments = st.integers(0, 10**15).map(lambda number: START + timedelta(microseconds=number))
values: SearchStrategy[FieldValue] = st.one_of(texts, st.lists(texts, max_size=3).map(tuple))


@st.composite
def histories(draw: DrawFn, workspace_id: str, study_id: str, *, is_published: bool) -> CaseStudyHistory:
    """Changes, among them texts that were set aside and settled, events, requests and filters."""
    changes: list[Change] = []
    saved: set[str] = set()
    waiting: dict[int, str] = {}
    for number in range(1, draw(st.integers(0, 6)) + 1):
        field_id = draw(st.sampled_from(FIELDS))
        kind: ChangeKind = "saved"
        settles: int | None = None
        if field_id in saved and draw(st.booleans()):
            kind = "set_aside"
        if draw(st.booleans()) and waiting:
            settles = draw(st.sampled_from(sorted(waiting)))
            field_id, kind = waiting.pop(settles), draw(st.sampled_from(SETTLED))
        if kind == "saved":
            saved.add(field_id)
        elif kind == "set_aside":
            waiting[number] = field_id
        changes.append(Change(number, field_id, draw(values), draw(persons), draw(moments), kind, settles))
    events = [
        CaseStudyEvent(
            number=number,
            kind=draw(st.sampled_from(["review_requested", "approved", "published", "withdrawn", "owner"])),
            actor=draw(persons),
            at=draw(moments),
            last_change=draw(st.integers(0, len(changes))),
            title=draw(texts),
            note=draw(texts),
            person=draw(st.none() | persons),
        )
        for number in range(1, draw(st.integers(0, 3)) + 1)
    ]
    asked = draw(st.lists(st.tuples(moments, st.sampled_from(SECTIONS), persons), max_size=3))
    unique = {(section, person): at for at, section, person in asked}
    requests = [
        SectionRequest(
            workspace_id=workspace_id,
            case_study_id=study_id,
            section_id=section,
            person=person,
            asked_by=draw(persons),
            asked_at=at,
            state=draw(st.sampled_from(["asked", "done", "withdrawn"])),
            reminded_at=draw(st.none() | moments),
            note=draw(texts),
        )
        for (section, person), at in unique.items()
    ]
    facets: dict[GivenFacet, list[str]] = {
        "agency": draw(st.lists(ids, max_size=2, unique=True)),
        "outcome": draw(st.lists(ids, max_size=1)),
    }
    return CaseStudyHistory(
        tuple(changes),
        tuple(events),
        tuple(sorted(requests, key=lambda each: (each.asked_at, each.section_id, each.person))),
        {facet: tuple(sorted(names)) for facet, names in facets.items() if names} if is_published else {},
        draw(st.none() | moments),
    )


@st.composite
def case_studies(draw: DrawFn, study_id: str) -> tuple[CaseStudy, CaseStudyHistory]:
    """A case study of any status, and its history."""
    status = draw(st.sampled_from(get_args(CaseStudyStatus)))
    workspace_id = draw(st.sampled_from(["T0HOME", "T0AWAY"]))
    is_withdrawn = status == "withdrawn"
    history = draw(histories(workspace_id, study_id, is_published=status == "published"))
    study = CaseStudy(
        workspace_id=workspace_id,
        id=study_id,
        template_id=draw(st.sampled_from(["good-practice", "a-template-of-old"])),
        owner=draw(persons),
        status=status,
        title=draw(texts),
        created_at=draw(moments),
        updated_at=draw(moments),
        published_at=draw(moments) if status in {"published", "withdrawn"} else None,
        reviewer=draw(st.none() | persons) if status == "in_review" else None,
        withdrawn_at=draw(moments) if is_withdrawn else None,
        withdrawn_reason=draw(texts) if is_withdrawn else "",
        answers={
            field_id: FieldAnswer(field_id, value, draw(persons), draw(moments))
            for field_id in draw(st.sets(st.sampled_from(FIELDS)))
            if (value := draw(values))
        },
        last_change=len(history.changes),
    )
    return study, history


libraries = st.integers(0, 4).flatmap(
    lambda number: st.tuples(*(case_studies(f"s{place}") for place in range(number)))
)
"""Up to four case studies with different ids."""
