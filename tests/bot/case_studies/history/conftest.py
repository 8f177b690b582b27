"""A case study that two people wrote, and what it said before."""

from datetime import timedelta

import pytest

from storage.records.case_study_sections import SectionRequest
from storage.store import Store
from tests.bot.case_studies.examples import AT, COMPLETE, WHO, make_study, person
from tests.slack import ANNA, BEN, PIA, TEAM, User


async def save(store: Store, user: User, hours: int, **values: str | tuple[str, ...]) -> None:
    await store.case_studies.save_fields(
        TEAM, "s1", values, author=person(user), at=AT + timedelta(hours=hours), title_field="activity"
    )


@pytest.fixture
async def draft(store: Store) -> Store:
    """Anna's, with a section that Pia, of another agency, has written."""
    await store.case_studies.create_case_study(make_study(WHO, status="draft"))
    await store.sections.ask_section(SectionRequest(TEAM, "s1", "why", person(PIA), person(ANNA), AT))
    await save(store, PIA, 1, aims="To meet parents.", ecm_outcomes=("be-healthy", "stay-safe"))
    await save(store, ANNA, 2, aims="To meet parents who never come.", target_group="Parents")
    return store


@pytest.fixture
async def published(store: Store) -> Store:
    """Anna's, with a text of Pia's, changed twice since it came out."""
    await store.case_studies.create_case_study(make_study({}, status="draft"))
    await save(store, ANNA, 0, **{**COMPLETE, "aims": "To find Mrs Smith."})
    await save(store, PIA, 1, description="Two cooks open the hall each Saturday.")
    await store.case_studies.publish_case_study(TEAM, "s1", AT + timedelta(hours=2))
    await save(store, ANNA, 3, aims="To meet parents.")
    await save(store, ANNA, 4, aims="To meet parents who never come.", ecm_outcomes=("be-healthy",))
    return store


@pytest.fixture
async def reviewed(draft: Store) -> Store:
    """The draft, waiting for Ben's approval."""
    await draft.case_studies.request_review(
        TEAM, "s1", reviewer=person(BEN), by=person(ANNA), at=AT + timedelta(hours=3)
    )
    return draft
