"""A form is read, allowed and kept in one transaction, on both engines."""

import pytest

from storage.records.case_studies import CaseStudy
from storage.records.case_study_access import Access
from storage.records.case_study_history import FieldEdit
from storage.store import ConflictError, NotFoundError, Store
from tests.storage.examples import AMINA, BEN, WORKSPACE, a_study, minutes


class RefusedError(Exception):
    """What a form is refused with."""


@pytest.fixture
async def draft(store: Store) -> Store:
    """A draft that says two things, change 1 and change 2."""
    await store.case_studies.create_case_study(a_study(answers={"who": "A family", "why": "Lonely"}))
    return store


def name_it(study: CaseStudy, access: Access) -> FieldEdit:
    return FieldEdit({"name": "Supper", "why": ""}, title_field="name")


async def test_an_edit_is_given_what_stands_and_what_its_editor_may_do(draft: Store) -> None:
    given: list[tuple[CaseStudy, Access]] = []

    def edit(study: CaseStudy, access: Access) -> FieldEdit:
        given.append((study, access))
        return FieldEdit({})

    await draft.case_studies.edit_fields(WORKSPACE, "S1", edit, editor=BEN, at=minutes(1), seen=2)
    stands = await draft.case_studies.get_case_study(WORKSPACE, "S1")
    assert given == [(stands, await draft.sections.get_access(WORKSPACE, "S1", BEN))]


async def test_what_comes_back_is_what_is_kept(draft: Store) -> None:
    saved = await draft.case_studies.edit_fields(
        WORKSPACE, "S1", name_it, editor=AMINA, at=minutes(1), seen=2
    )
    assert saved.study == await draft.case_studies.get_case_study(WORKSPACE, "S1")
    assert (saved.study.title, set(saved.study.answers)) == ("Supper", {"name", "who"})


async def test_a_field_that_somebody_changed_meanwhile_is_set_aside(draft: Store) -> None:
    await draft.case_studies.save_fields(WORKSPACE, "S1", {"why": "Sad"}, author=BEN, at=minutes(1))
    saved = await draft.case_studies.edit_fields(
        WORKSPACE, "S1", lambda *_: FieldEdit({"why": "Bored"}), editor=AMINA, at=minutes(2), seen=2
    )
    assert [(each.field_id, each.mine) for each in saved.conflicts] == [("why", "Bored")]
    assert saved.study.answers["why"].value == "Sad"


async def test_an_edit_that_is_refused_keeps_nothing(draft: Store) -> None:
    def refuse(study: CaseStudy, access: Access) -> FieldEdit:
        raise RefusedError

    before = await draft.case_studies.get_case_study(WORKSPACE, "S1")
    with pytest.raises(RefusedError):
        await draft.case_studies.edit_fields(WORKSPACE, "S1", refuse, editor=AMINA, at=minutes(1), seen=2)
    assert await draft.case_studies.get_case_study(WORKSPACE, "S1") == before
    assert len(await draft.case_studies.list_changes(WORKSPACE, "S1")) == 2


async def test_what_is_not_there_or_withdrawn_is_not_edited(draft: Store) -> None:
    for workspace_id, study_id in ((WORKSPACE, "S2"), ("T0ELSEWHERE", "S1")):
        with pytest.raises(NotFoundError):
            await draft.case_studies.edit_fields(
                workspace_id, study_id, name_it, editor=AMINA, at=minutes(1), seen=2
            )
    await draft.case_studies.publish_case_study(WORKSPACE, "S1", minutes(1))
    await draft.case_studies.withdraw_case_study(WORKSPACE, "S1", reason="Old", by=AMINA, at=minutes(2))
    with pytest.raises(ConflictError):
        await draft.case_studies.edit_fields(WORKSPACE, "S1", name_it, editor=AMINA, at=minutes(3), seen=2)
