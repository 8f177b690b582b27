"""Forms that are sent at once are kept in one transaction, each as if it had come alone, on both engines."""

import asyncio
from collections.abc import Callable

import pytest

from storage.records.case_studies import CaseStudy
from storage.records.case_study_access import Access
from storage.records.case_study_history import FieldEdit, Saved
from storage.records.people import Person
from storage.store import ConflictError, NotFoundError, Store
from tests.storage.examples import AMINA, BEN, WORKSPACE, a_study, minutes


class RefusedError(Exception):
    """What a form is refused with."""


async def sent(
    store: Store,
    study_id: str,
    editor: Person,
    edit: Callable[[CaseStudy, Access], FieldEdit],
    seen: int = 1,
) -> Saved | BaseException:
    """What becomes of a form."""
    edits = store.case_studies.edit_fields(WORKSPACE, study_id, edit, editor=editor, at=minutes(1), seen=seen)
    return (await asyncio.gather(edits, return_exceptions=True))[0]


def says(**values: str) -> Callable[[CaseStudy, Access], FieldEdit]:
    return lambda _study, _access: FieldEdit(values)


@pytest.fixture
async def drafts(store: Store) -> Store:
    """Three drafts that say one thing each."""
    for number in range(3):
        await store.case_studies.create_case_study(a_study(f"S{number}", {"why": "Lonely"}))
    return store


async def test_each_case_study_gets_its_own(drafts: Store) -> None:
    ids = ["S0", "S1", "S2"]
    await asyncio.gather(*(sent(drafts, each, AMINA, says(why=f"Of {each}", who=each)) for each in ids))
    for each in ids:
        study = await drafts.case_studies.get_case_study(WORKSPACE, each)
        assert study
        assert {name: answer.value for name, answer in study.answers.items()} == {
            "why": f"Of {each}",
            "who": each,
        }
        changes = await drafts.case_studies.list_changes(WORKSPACE, each)
        assert [change.number for change in changes] == [1, 2, 3]


async def test_of_two_in_one_field_the_second_is_set_aside(drafts: Store) -> None:
    first, second = await asyncio.gather(
        sent(drafts, "S1", AMINA, says(why="Sad")), sent(drafts, "S1", BEN, says(why="Bored"))
    )
    assert isinstance(first, Saved)
    assert isinstance(second, Saved)
    assert first.conflicts == ()
    assert [(each.mine, each.theirs.value) for each in second.conflicts] == [("Bored", "Sad")]
    assert second.study == await drafts.case_studies.get_case_study(WORKSPACE, "S1")
    assert list(second.conflicts) == await drafts.case_studies.list_conflicts(WORKSPACE, "S1")


async def test_the_later_of_one_person_stands(drafts: Store) -> None:
    await asyncio.gather(
        *(sent(drafts, "S1", AMINA, says(why=text)) for text in ("Sad", "Bored", "Lonely", "Away"))
    )
    study = await drafts.case_studies.get_case_study(WORKSPACE, "S1")
    assert study
    assert study.answers["why"].value == "Away"
    assert [each.value for each in await drafts.case_studies.list_changes(WORKSPACE, "S1")] == [
        "Lonely",
        "Sad",
        "Bored",
        "Lonely",
        "Away",
    ]


async def test_one_that_is_refused_leaves_the_others(drafts: Store) -> None:
    def refuse(study: CaseStudy, access: Access) -> FieldEdit:
        raise RefusedError

    await drafts.case_studies.publish_case_study(WORKSPACE, "S2", minutes(1))
    await drafts.case_studies.withdraw_case_study(WORKSPACE, "S2", reason="", by=BEN, at=minutes(1))
    kept, refused, unknown, withdrawn = await asyncio.gather(
        sent(drafts, "S0", AMINA, says(why="Sad")),
        sent(drafts, "S1", AMINA, refuse),
        sent(drafts, "S9", AMINA, says(why="Sad")),
        sent(drafts, "S2", AMINA, says(why="Sad")),
    )
    assert isinstance(kept, Saved)
    assert [type(each) for each in (refused, unknown, withdrawn)] == [
        RefusedError,
        NotFoundError,
        ConflictError,
    ]
    for study_id, why in (("S0", "Sad"), ("S1", "Lonely"), ("S2", "Lonely")):
        study = await drafts.case_studies.get_case_study(WORKSPACE, study_id)
        assert study
        assert study.answers["why"].value == why


async def test_more_than_one_transaction_takes(store: Store) -> None:
    many = 150
    for number in range(many):
        await store.case_studies.create_case_study(a_study(f"S{number}", {}))
    await asyncio.gather(*(sent(store, f"S{n}", AMINA, says(why=str(n)), seen=0) for n in range(many)))
    for number in range(many):
        study = await store.case_studies.get_case_study(WORKSPACE, f"S{number}")
        assert study
        assert study.answers["why"].value == str(number)
