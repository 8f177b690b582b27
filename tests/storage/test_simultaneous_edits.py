"""Two people write the same field: both texts are kept, and somebody chooses, on both engines."""

import asyncio
from collections.abc import Mapping

import pytest

from storage.records.case_studies import FieldAnswer, FieldValue
from storage.records.case_study_history import Change, Conflict, Saved
from storage.records.people import Person
from storage.store import ConflictError, NotFoundError, Store
from tests.storage.examples import AMINA, BEN, CHIOMA, WORKSPACE, a_study, minutes


@pytest.fixture
async def draft(store: Store) -> Store:
    """A draft that says two things, change 1 and change 2."""
    await store.case_studies.create_case_study(a_study(answers={"who": "A family", "why": "Lonely"}))
    return store


async def save(
    store: Store,
    author: Person,
    at: int,
    values: Mapping[str, FieldValue],
    seen: Mapping[str, int] | None = None,
) -> Saved:
    return await store.case_studies.save_fields(
        WORKSPACE, "S1", values, author=author, at=minutes(at), title_field="name", seen=seen
    )


async def texts(store: Store) -> dict[str, FieldValue]:
    study = await store.case_studies.get_case_study(WORKSPACE, "S1")
    assert study is not None
    return {field_id: answer.value for field_id, answer in study.answers.items()}


async def test_a_field_that_somebody_changed_meanwhile_is_set_aside_and_the_rest_is_saved(
    draft: Store,
) -> None:
    await save(draft, AMINA, 1, {"why": "Bored"}, {"why": 2})
    saved = await save(draft, BEN, 2, {"who": "Two families", "why": "Sad"}, {"who": 2, "why": 2})
    conflict = Conflict(
        number=5,
        field_id="why",
        theirs=FieldAnswer("why", "Bored", AMINA, minutes(1)),
        theirs_number=3,
        mine="Sad",
        author=BEN,
        at=minutes(2),
    )
    assert saved.conflicts == (conflict,)
    assert await texts(draft) == {"who": "Two families", "why": "Bored"}
    assert await draft.case_studies.list_conflicts(WORKSPACE, "S1") == [conflict]
    assert saved.study.last_change == 5


async def test_what_the_editor_left_as_it_was_stays_as_the_other_made_it(draft: Store) -> None:
    await save(draft, AMINA, 1, {"why": "Bored", "who": ""}, {"why": 2, "who": 2})
    saved = await save(
        draft, BEN, 2, {"who": "A family", "why": "Lonely", "how": "Lunch"}, {"who": 2, "why": 2, "how": 2}
    )
    assert saved.conflicts == ()
    assert await texts(draft) == {"why": "Bored", "how": "Lunch"}


async def test_two_who_write_the_same_text_agree(draft: Store) -> None:
    await save(draft, AMINA, 1, {"why": "Bored"}, {"why": 2})
    saved = await save(draft, BEN, 2, {"why": "Bored"}, {"why": 2})
    assert saved.conflicts == ()
    assert saved.study.answers["why"].author == AMINA


async def test_ones_own_later_change_is_no_conflict(draft: Store) -> None:
    await save(draft, BEN, 1, {"why": "Bored"}, {"why": 2})
    saved = await save(draft, BEN, 2, {"why": "Sad"}, {"why": 2})
    assert saved.conflicts == ()
    assert await texts(draft) == {"who": "A family", "why": "Sad"}


async def test_who_saw_the_other_text_may_replace_it(draft: Store) -> None:
    await save(draft, AMINA, 1, {"why": "Bored"}, {"why": 2})
    saved = await save(draft, BEN, 2, {"why": "Sad"}, {"why": 3})
    assert saved.conflicts == ()
    assert await texts(draft) == {"who": "A family", "why": "Sad"}


async def test_without_what_was_seen_the_last_text_stands(draft: Store) -> None:
    await save(draft, AMINA, 1, {"why": "Bored"})
    assert (await save(draft, BEN, 2, {"why": "Sad"})).conflicts == ()
    assert await texts(draft) == {"who": "A family", "why": "Sad"}


async def test_two_new_texts_for_an_empty_field_conflict(draft: Store) -> None:
    await save(draft, AMINA, 1, {"how": "Lunch"}, {"how": 0})
    (conflict,) = (await save(draft, BEN, 2, {"how": "Supper"}, {"how": 0})).conflicts
    assert (conflict.theirs.value, conflict.mine) == ("Lunch", "Supper")


async def test_a_text_for_a_field_that_was_emptied_meanwhile_conflicts(draft: Store) -> None:
    await save(draft, AMINA, 1, {"why": ""}, {"why": 2})
    (conflict,) = (await save(draft, BEN, 2, {"why": "Very lonely"}, {"why": 2})).conflicts
    assert conflict.theirs == FieldAnswer("why", "", AMINA, minutes(1))
    assert await texts(draft) == {"who": "A family"}


async def test_ticks_conflict_as_texts_do(draft: Store) -> None:
    await save(draft, AMINA, 1, {"outcomes": ("a",)}, {"outcomes": 2})
    (conflict,) = (await save(draft, BEN, 2, {"outcomes": ("a", "b")}, {"outcomes": 2})).conflicts
    assert (conflict.theirs.value, conflict.mine) == (("a",), ("a", "b"))


async def test_a_title_that_is_set_aside_is_not_the_title(draft: Store) -> None:
    await save(draft, AMINA, 1, {"name": "Supper"}, {"name": 2})
    saved = await save(draft, BEN, 2, {"name": "Lunch", "how": "Daily"}, {"name": 2, "how": 2})
    assert (saved.study.title, len(saved.conflicts)) == ("Supper", 1)
    chosen = await draft.case_studies.resolve_conflict(
        WORKSPACE,
        "S1",
        saved.conflicts[0].number,
        keep="mine",
        seen=3,
        by=BEN,
        at=minutes(3),
        title_field="name",
    )
    assert chosen.title == "Lunch"


async def test_sending_the_same_form_again_sets_nothing_aside_twice(draft: Store) -> None:
    await save(draft, AMINA, 1, {"why": "Bored"}, {"why": 2})
    first = await save(draft, BEN, 2, {"why": "Sad"}, {"why": 2})
    assert await save(draft, BEN, 3, {"why": "Sad"}, {"why": 2}) == first
    (conflict,) = (await save(draft, BEN, 4, {"why": "Very sad"}, {"why": 2})).conflicts
    assert await draft.case_studies.list_conflicts(WORKSPACE, "S1") == [conflict]
    assert conflict.mine == "Very sad"
    values = [each.value for each in await draft.case_studies.list_changes(WORKSPACE, "S1")]
    assert values == ["A family", "Lonely", "Bored", "Sad", "Very sad"]


async def conflicted(store: Store) -> Conflict:
    await save(store, AMINA, 1, {"why": "Bored"}, {"why": 2})
    (conflict,) = (await save(store, BEN, 2, {"why": "Sad"}, {"why": 2})).conflicts
    return conflict


async def test_the_text_set_aside_can_be_taken_and_keeps_its_author(draft: Store) -> None:
    conflict = await conflicted(draft)
    study = await draft.case_studies.resolve_conflict(
        WORKSPACE, "S1", conflict.number, keep="mine", seen=3, by=CHIOMA, at=minutes(5)
    )
    assert study.answers["why"] == FieldAnswer("why", "Sad", BEN, minutes(5))
    assert await draft.case_studies.list_conflicts(WORKSPACE, "S1") == []
    assert (await draft.case_studies.list_changes(WORKSPACE, "S1"))[2:] == [
        Change(3, "why", "Bored", AMINA, minutes(1)),
        Change(4, "why", "Sad", BEN, minutes(2), kind="set_aside"),
        Change(5, "why", "Sad", BEN, minutes(5), settles=4),
    ]


async def test_the_text_that_stands_can_be_kept(draft: Store) -> None:
    conflict = await conflicted(draft)
    study = await draft.case_studies.resolve_conflict(
        WORKSPACE, "S1", conflict.number, keep="theirs", seen=3, by=CHIOMA, at=minutes(5)
    )
    assert study.answers["why"] == FieldAnswer("why", "Bored", AMINA, minutes(1))
    assert study.updated_at == minutes(1)
    assert await draft.case_studies.list_conflicts(WORKSPACE, "S1") == []
    changes = await draft.case_studies.list_changes(WORKSPACE, "S1")
    assert changes[-1] == Change(5, "why", "Bored", CHIOMA, minutes(5), kind="kept", settles=4)


async def test_a_choice_is_made_once_and_of_what_was_shown(draft: Store) -> None:
    conflict = await conflicted(draft)
    await save(draft, CHIOMA, 3, {"why": "Left alone"}, {"why": 3})

    async def keep_mine(seen: int) -> None:
        await draft.case_studies.resolve_conflict(
            WORKSPACE, "S1", conflict.number, keep="mine", seen=seen, by=BEN, at=minutes(5)
        )

    with pytest.raises(ConflictError, match="has changed since 3"):
        await keep_mine(conflict.theirs_number)
    (again,) = await draft.case_studies.list_conflicts(WORKSPACE, "S1")
    assert again.theirs.value == "Left alone"
    await keep_mine(again.theirs_number)
    with pytest.raises(ConflictError, match="does not wait"):
        await keep_mine(again.theirs_number)
    with pytest.raises(NotFoundError):
        await draft.case_studies.resolve_conflict(
            WORKSPACE, "S2", 1, keep="mine", seen=0, by=BEN, at=minutes(5)
        )


async def test_of_many_at_once_one_stands_and_no_text_is_lost(draft: Store) -> None:
    people = [Person("T0HARBOUR", f"U{number}") for number in range(8)]
    found = await asyncio.gather(
        *(save(draft, each, 2, {"why": f"Because of {each.user_id}"}, {"why": 2}) for each in people)
    )
    assert sum(len(saved.conflicts) for saved in found) == 7
    changes = await draft.case_studies.list_changes(WORKSPACE, "S1")
    assert [change.number for change in changes] == list(range(1, 11))
    assert {change.value for change in changes} >= {f"Because of {each.user_id}" for each in people}
    assert len(await draft.case_studies.list_conflicts(WORKSPACE, "S1")) == 7


async def test_nothing_is_written_into_what_has_been_withdrawn(draft: Store) -> None:
    await conflicted(draft)
    await draft.case_studies.publish_case_study(WORKSPACE, "S1", minutes(5))
    await draft.case_studies.withdraw_case_study(WORKSPACE, "S1", reason="", by=BEN, at=minutes(6))
    with pytest.raises(ConflictError, match="withdrawn"):
        await save(draft, BEN, 7, {"why": "Later"})
    with pytest.raises(ConflictError, match="withdrawn"):
        await draft.case_studies.resolve_conflict(
            WORKSPACE, "S1", 4, keep="mine", seen=3, by=BEN, at=minutes(7)
        )
