"""What a case study said and when: never edited, and in and out again unchanged, on both engines."""

from dataclasses import replace

import pytest

from storage.records.case_studies import FieldAnswer
from storage.records.case_study_history import Change
from storage.records.case_study_sections import SectionRequest
from storage.store import Store
from tests.storage.examples import AMINA, BEN, DEV, START, WORKSPACE, a_study, minutes


@pytest.fixture
async def lived(store: Store) -> Store:
    """A case study with a co-author, a conflict, a publication and an edit."""
    await store.case_studies.create_case_study(a_study(answers={"who": "A family"}))
    await store.sections.ask_section(SectionRequest(WORKSPACE, "S1", "why", DEV, BEN, minutes(1)))

    async def save(author_at: int, **values: str) -> None:
        author = DEV if author_at % 2 else BEN
        await store.case_studies.save_fields(
            WORKSPACE, "S1", values, author=author, at=minutes(author_at), title_field="name", seen={"why": 1}
        )

    await save(3, why="Lonely", who="Two families")
    await save(4, why="Bored", name="Supper")
    await store.case_studies.publish_case_study(WORKSPACE, "S1", minutes(5), facets={"agency": ["Health"]})
    await save(6, name="Supper together", who="")
    return store


async def test_every_change_is_kept_in_order(lived: Store) -> None:
    assert await lived.case_studies.list_changes(WORKSPACE, "S1") == [
        Change(1, "who", "A family", BEN, START),
        Change(2, "why", "Lonely", DEV, minutes(3)),
        Change(3, "who", "Two families", DEV, minutes(3)),
        Change(4, "why", "Bored", BEN, minutes(4), kind="set_aside"),
        Change(5, "name", "Supper", BEN, minutes(4)),
        Change(6, "name", "Supper together", BEN, minutes(6)),
        Change(7, "who", "", BEN, minutes(6)),
    ]


async def test_versions_say_what_stood_at_publication_and_after_each_edit(lived: Store) -> None:
    published, edited = await lived.case_studies.list_versions(WORKSPACE, "S1")
    assert (published.kind, published.at, published.title) == ("published", minutes(5), "Supper")
    assert published.answers == {
        "who": FieldAnswer("who", "Two families", DEV, minutes(3)),
        "why": FieldAnswer("why", "Lonely", DEV, minutes(3)),
        "name": FieldAnswer("name", "Supper", BEN, minutes(4)),
    }
    assert (edited.kind, edited.author, edited.title) == ("edited", BEN, "Supper together")
    study = await lived.case_studies.get_case_study(WORKSPACE, "S1")
    assert study is not None
    assert edited.answers == study.answers


async def test_saving_what_is_there_makes_no_version(lived: Store) -> None:
    await lived.case_studies.save_fields(WORKSPACE, "S1", {"name": "Supper together"}, author=AMINA, at=START)
    assert len(await lived.case_studies.list_versions(WORKSPACE, "S1")) == 2


async def test_authors_are_the_owner_and_whose_text_stands(lived: Store) -> None:
    study = await lived.case_studies.get_case_study(WORKSPACE, "S1")
    assert study is not None
    assert study.authors == (BEN, DEV)


async def test_a_case_study_is_imported_with_its_history(lived: Store) -> None:
    found = await lived.case_studies.get_with_history(WORKSPACE, "S1")
    assert found is not None
    study, history = found
    versions = await lived.case_studies.list_versions(WORKSPACE, "S1")
    conflicts = await lived.case_studies.list_conflicts(WORKSPACE, "S1")
    assert len(conflicts) == len(history.sections) == 1
    moved = replace(study, workspace_id="T0MOORSIDE", id="S9")
    assert await lived.case_studies.import_case_study(moved, history, {"agency": ["Health"]})
    sections = tuple(
        replace(each, workspace_id="T0MOORSIDE", case_study_id="S9") for each in history.sections
    )
    again = await lived.case_studies.get_with_history("T0MOORSIDE", "S9")
    assert again == (moved, replace(history, sections=sections))
    assert await lived.case_studies.list_versions("T0MOORSIDE", "S9") == versions
    assert await lived.case_studies.list_conflicts("T0MOORSIDE", "S9") == conflicts
    assert await lived.published.facet_values("T0MOORSIDE") == await lived.published.facet_values(WORKSPACE)
    saved = await lived.case_studies.save_fields("T0MOORSIDE", "S9", {"how": "x"}, author=BEN, at=minutes(9))
    assert saved.study.last_change == 8


async def test_what_comes_without_a_history_begins_one(store: Store) -> None:
    answers = {
        "who": FieldAnswer("who", "A family", BEN, minutes(2)),
        "why": FieldAnswer("why", "Lonely", AMINA, minutes(1)),
    }
    study = replace(a_study(published_at=minutes(5)), answers=answers)
    await store.case_studies.import_case_study(study)
    assert await store.case_studies.list_changes(WORKSPACE, "S1") == [
        Change(1, "why", "Lonely", AMINA, minutes(1)),
        Change(2, "who", "A family", BEN, minutes(2)),
    ]
    (version,) = await store.case_studies.list_versions(WORKSPACE, "S1")
    assert (version.at, version.answers) == (minutes(5), answers)


async def test_a_draft_that_is_deleted_leaves_nothing_behind(store: Store) -> None:
    await store.case_studies.create_case_study(a_study())
    await store.sections.ask_section(SectionRequest(WORKSPACE, "S1", "why", DEV, BEN, minutes(1)))
    await store.case_studies.request_review(WORKSPACE, "S1", reviewer=AMINA, by=BEN, at=minutes(1))
    await store.case_studies.delete_draft(WORKSPACE, "S1")
    assert await store.case_studies.list_changes(WORKSPACE, "S1") == []
    assert await store.case_studies.list_events(WORKSPACE, "S1") == []
    assert await store.sections.list_sections(WORKSPACE, "S1") == []
    assert await store.sections.list_asked_of(WORKSPACE, DEV) == []


async def test_an_export_meets_everything_with_its_history_past_any_page(lived: Store) -> None:
    for number in range(45):
        await lived.case_studies.create_case_study(a_study(f"D{number:02}", created_at=minutes(number)))
    await lived.case_studies.record_draft_asked(WORKSPACE, "D07", minutes(50))
    found = {study.id: (study, kept) async for study, kept in lived.case_studies.all_with_history()}
    assert len(found) == 46
    for study_id, pair in found.items():
        assert pair == await lived.case_studies.get_with_history(WORKSPACE, study_id)
    assert found["S1"][1].facets == {"agency": ("Health",)}
    assert found["D07"][1].asked_at == minutes(50)
    assert [pair async for pair in lived.case_studies.all_with_history("T0NOBODY")] == []
    assert await lived.case_studies.get_with_history(WORKSPACE, "nothing") is None


async def test_what_is_imported_brings_its_filters_and_when_its_owner_was_asked(lived: Store) -> None:
    await lived.case_studies.create_case_study(a_study("S2"))
    await lived.case_studies.record_draft_asked(WORKSPACE, "S2", minutes(50))
    for study_id in ("S1", "S2"):
        pair = await lived.case_studies.get_with_history(WORKSPACE, study_id)
        assert pair is not None
        moved = replace(pair[0], workspace_id="T0MOORSIDE")
        assert await lived.case_studies.import_case_study(moved, pair[1])
        again = await lived.case_studies.get_with_history("T0MOORSIDE", study_id)
        assert again is not None
        assert (again[1].facets, again[1].asked_at) == (pair[1].facets, pair[1].asked_at)
    assert await lived.published.facet_values("T0MOORSIDE") == await lived.published.facet_values(WORKSPACE)
