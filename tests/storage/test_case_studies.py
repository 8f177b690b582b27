"""Case studies as drafts, as a library, and in and out, on both engines."""

import asyncio
from dataclasses import replace

import pytest

from storage.records.case_studies import CaseStudy, FieldAnswer
from storage.records.case_study_history import Saved
from storage.store import ConflictError, NotFoundError, Store
from tests.storage.examples import (
    AMINA,
    BEN,
    CHIOMA,
    START,
    STRANGER,
    WORKSPACE,
    a_home,
    a_message,
    a_study,
    minutes,
)


async def dirty_ids(store: Store) -> set[str]:
    return {message.id for message in await store.messages.dirty_messages()}


async def watch(store: Store) -> None:
    """Keep messages of everything a case study might change, all of them sent."""
    await store.messages.add_message(a_message(id="card", subject="case_study:S1", sent_version=1))
    for person in (AMINA, BEN, CHIOMA, STRANGER):
        await store.messages.add_message(a_home(person, sent_version=1))


async def test_a_case_study_is_read_back_as_it_was_created(store: Store) -> None:
    study = a_study(answers={"outcomes": ("be_safe", "enjoy"), "who": "A family\nof five", "one": ("x",)})
    await store.case_studies.create_case_study(study)
    assert await store.case_studies.get_case_study(WORKSPACE, "S1") == study
    assert await store.case_studies.get_case_study(WORKSPACE, "S2") is None


async def test_a_taken_id_is_refused_and_nothing_changes(store: Store) -> None:
    await store.case_studies.create_case_study(a_study())
    with pytest.raises(ConflictError):
        await store.case_studies.create_case_study(a_study(title="Another", answers={"why": "No reason"}))
    assert await store.case_studies.get_case_study(WORKSPACE, "S1") == a_study()


async def test_creating_shows_in_the_owners_home(store: Store) -> None:
    await watch(store)
    await store.case_studies.create_case_study(a_study())
    assert await dirty_ids(store) == {"card", a_home(BEN).id}


async def test_saved_fields_are_the_authors_and_the_others_stay(store: Store) -> None:
    await store.case_studies.create_case_study(a_study(answers={"who": "A family", "why": "Lonely"}))
    await watch(store)
    saved = await store.case_studies.save_fields(
        WORKSPACE,
        "S1",
        {"why": "They were lonely", "outcomes": ("be_safe",), "name": "Supper together"},
        author=AMINA,
        title_field="name",
        at=minutes(4),
    )
    expected = replace(
        a_study(),
        title="Supper together",
        updated_at=minutes(4),
        answers={
            "who": FieldAnswer("who", "A family", BEN, START),
            "why": FieldAnswer("why", "They were lonely", AMINA, minutes(4)),
            "outcomes": FieldAnswer("outcomes", ("be_safe",), AMINA, minutes(4)),
            "name": FieldAnswer("name", "Supper together", AMINA, minutes(4)),
        },
    )
    assert saved == Saved(expected)
    assert await store.case_studies.get_case_study(WORKSPACE, "S1") == expected
    assert await dirty_ids(store) == {"card", a_home(BEN).id, a_home(AMINA).id}


async def test_a_value_that_stays_keeps_its_author_and_time(store: Store) -> None:
    await store.case_studies.create_case_study(a_study(answers={"who": "A family", "why": "Lonely"}))
    saved = await store.case_studies.save_fields(
        WORKSPACE, "S1", {"who": "A family", "why": "Bored"}, author=AMINA, at=minutes(4)
    )
    assert saved.study.answers["who"] == FieldAnswer("who", "A family", BEN, START)
    assert saved.study.answers["why"].author == AMINA
    assert saved.study.title == "Breakfast together"


async def test_saving_what_is_there_already_changes_nothing(store: Store) -> None:
    await store.case_studies.create_case_study(a_study())
    await watch(store)
    saved = await store.case_studies.save_fields(
        WORKSPACE,
        "S1",
        {"who": "A family on the estate", "why": "", "outcomes": ()},
        author=AMINA,
        at=minutes(4),
    )
    assert saved == Saved(a_study())
    assert await dirty_ids(store) == set()


async def test_an_empty_value_empties_the_field(store: Store) -> None:
    await store.case_studies.create_case_study(a_study(answers={"who": "A family", "outcomes": ("enjoy",)}))
    saved = await store.case_studies.save_fields(
        WORKSPACE, "S1", {"who": "", "outcomes": ()}, author=BEN, at=minutes(4)
    )
    assert saved == Saved(a_study(answers={}, updated_at=minutes(4)))


async def test_fields_of_an_unknown_case_study_are_refused(store: Store) -> None:
    with pytest.raises(NotFoundError):
        await store.case_studies.save_fields(WORKSPACE, "S1", {"who": "A family"}, author=BEN, at=minutes(4))


async def test_sections_sent_at_once_are_all_kept(store: Store) -> None:
    await store.case_studies.create_case_study(a_study(answers={}))
    await asyncio.gather(
        *(
            store.case_studies.save_fields(
                WORKSPACE, "S1", {f"field_{number}": f"Text {number}"}, author=BEN, at=START
            )
            for number in range(12)
        )
    )
    study = await store.case_studies.get_case_study(WORKSPACE, "S1")
    assert study == a_study(answers={f"field_{number}": f"Text {number}" for number in range(12)})


async def test_publishing_is_done_once(store: Store) -> None:
    await store.case_studies.create_case_study(a_study())
    await watch(store)
    published = await store.case_studies.publish_case_study(WORKSPACE, "S1", minutes(5))
    assert published == a_study(published_at=minutes(5))
    assert await dirty_ids(store) == {"card", a_home(BEN).id}
    assert await store.case_studies.publish_case_study(WORKSPACE, "S1", minutes(6)) == published
    assert await store.case_studies.get_case_study(WORKSPACE, "S1") == published
    with pytest.raises(NotFoundError):
        await store.case_studies.publish_case_study(WORKSPACE, "S2", minutes(5))


async def test_a_draft_is_removed_with_its_answers(store: Store) -> None:
    await store.case_studies.create_case_study(a_study())
    await watch(store)
    await store.case_studies.delete_draft(WORKSPACE, "S1")
    assert await store.case_studies.get_case_study(WORKSPACE, "S1") is None
    assert await dirty_ids(store) == {"card", a_home(BEN).id}
    await store.case_studies.create_case_study(a_study(answers={}))
    assert await store.case_studies.get_case_study(WORKSPACE, "S1") == a_study(answers={})


async def test_what_is_published_or_unknown_is_not_removed(store: Store) -> None:
    with pytest.raises(NotFoundError):
        await store.case_studies.delete_draft(WORKSPACE, "S1")
    published = a_study(published_at=minutes(5))
    await store.case_studies.import_case_study(published)
    with pytest.raises(ConflictError):
        await store.case_studies.delete_draft(WORKSPACE, "S1")
    assert await store.case_studies.get_case_study(WORKSPACE, "S1") == published


async def everything(store: Store, workspace_id: str | None = None) -> list[CaseStudy]:
    return [study async for study in store.case_studies.all_case_studies(workspace_id)]


async def test_all_case_studies_come_oldest_first_past_any_page(store: Store) -> None:
    for number in reversed(range(205)):
        workspace = ("T0HARBOUR", "T0MOORSIDE")[number % 2]
        study = a_study(f"S{number:03}", workspace_id=workspace, created_at=minutes(number // 10))
        await store.case_studies.import_case_study(study)
    found = await everything(store)
    assert len(found) == 205
    keys = [(study.created_at, study.workspace_id, study.id) for study in found]
    assert keys == sorted(keys)
    ours = await everything(store, WORKSPACE)
    assert ours == [study for study in found if study.workspace_id == WORKSPACE]
    assert await everything(store, "T0NOBODY") == []


async def test_what_was_exported_is_imported_unchanged_and_once(store: Store) -> None:
    study = a_study(
        answers={"who": 'Zoë said "ça va" — 家族 👪\n\ttab', "outcomes": ("a,b", ""), "how": "=1+1"},
        published_at=minutes(5),
        updated_at=minutes(6),
        title="  spaces kept  ",
    )
    assert await store.case_studies.import_case_study(study)
    assert not await store.case_studies.import_case_study(replace(study, title="Another"))
    (exported,) = await everything(store)
    assert exported == study
    moved = replace(exported, workspace_id="T0MOORSIDE")
    assert await store.case_studies.import_case_study(moved)
    assert await everything(store, "T0MOORSIDE") == [moved]
