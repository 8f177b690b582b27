"""Lists of what is being written, without answers, on both engines."""

from typing import Any

import pytest

from storage.records.case_studies import CaseStudyStatus, DraftSummary
from storage.store import ConflictError, Store
from tests.storage.examples import AMINA, BEN, DEV, START, STRANGER, WORKSPACE, a_message, a_study, minutes

NOTE = a_message(id="case_studies.old:1", kind="case_studies.old", subject="case_study:S1")


async def own(store: Store, **asked: Any) -> list[str]:
    return [each.id for each in await store.case_studies.list_own(WORKSPACE, BEN, **asked)]


async def test_a_persons_own_come_last_changed_first_and_in_pages(store: Store) -> None:
    for number in (3, 1, 4, 2):
        await store.case_studies.import_case_study(a_study(f"S{number}", updated_at=minutes(number)))
    await store.case_studies.import_case_study(a_study("amina", owner=AMINA))
    await store.case_studies.import_case_study(a_study("published", published_at=minutes(9)))
    await store.case_studies.import_case_study(a_study("elsewhere", workspace_id="T0MOORSIDE"))
    await store.case_studies.request_review(WORKSPACE, "S4", reviewer=DEV, by=BEN, at=minutes(9))
    assert await own(store) == ["S4", "S3", "S2", "S1"]
    assert await own(store, limit=2, offset=1) == ["S3", "S2"]
    assert await own(store, statuses=["published"]) == ["published"]
    assert await own(store, statuses=["in_review"]) == ["S4"]
    assert await store.case_studies.list_own(WORKSPACE, STRANGER) == []


async def test_a_draft_in_a_list_says_what_is_filled_in(store: Store) -> None:
    await store.case_studies.import_case_study(a_study(answers={"who": "A family", "outcomes": ("a",)}))
    await store.case_studies.import_case_study(a_study("S2", answers={}, workspace_id="T0MOORSIDE"))
    (draft,) = await store.case_studies.list_own(WORKSPACE, BEN)
    assert draft == DraftSummary(
        workspace_id=WORKSPACE,
        id="S1",
        template_id="short",
        owner=BEN,
        status="draft",
        title="Breakfast together",
        created_at=START,
        updated_at=START,
        published_at=None,
        filled=frozenset({"who", "outcomes"}),
    )


async def untouched(store: Store, before: int) -> list[tuple[str, str]]:
    found = await store.case_studies.drafts_untouched_since(minutes(before), 50)
    return [(each.workspace_id, each.id) for each in found]


async def test_old_drafts_of_all_workspaces_come_oldest_first(store: Store) -> None:
    statuses: dict[str, CaseStudyStatus] = {"S1": "draft", "S2": "draft", "S3": "in_review", "S4": "draft"}
    for number, (study_id, status) in enumerate(statuses.items()):
        workspace = ("T0MOORSIDE", WORKSPACE)[number % 2]
        study = a_study(study_id, workspace_id=workspace, status=status, updated_at=minutes(number))
        await store.case_studies.import_case_study(study)
    await store.case_studies.import_case_study(a_study("S5", published_at=START))
    assert await untouched(store, 3) == [("T0MOORSIDE", "S1"), (WORKSPACE, "S2")]
    assert await untouched(store, 0) == []
    (first,) = await store.case_studies.drafts_untouched_since(minutes(9), 1)
    rest = await store.case_studies.drafts_untouched_since(minutes(9), 5, after=first)
    assert [first.id, *(each.id for each in rest)] == ["S1", "S2", "S4"]


async def test_it_is_kept_when_a_draft_was_asked_about_and_the_draft_stays_as_old(store: Store) -> None:
    await store.case_studies.create_case_study(a_study())
    await store.case_studies.record_draft_asked(WORKSPACE, "S1", minutes(60), [NOTE])
    (draft,) = await store.case_studies.drafts_untouched_since(minutes(90), 5)
    assert (draft.asked_at, draft.updated_at, draft.filled) == (minutes(60), START, frozenset({"who"}))
    assert await store.messages.get_message(WORKSPACE, NOTE.id) is not None


async def test_only_a_draft_is_asked_about(store: Store) -> None:
    await store.case_studies.import_case_study(a_study(published_at=minutes(3)))
    with pytest.raises(ConflictError, match="is published"):
        await store.case_studies.record_draft_asked(WORKSPACE, "S1", minutes(60), [NOTE])
    assert await store.messages.get_message(WORKSPACE, NOTE.id) is None


async def test_withdrawn_ones_come_last_withdrawn_first_in_pages_of_their_workspace(store: Store) -> None:
    for number in (1, 2, 3):
        for workspace_id in (WORKSPACE, "T0MOORSIDE"):
            study = a_study(f"S{number}", workspace_id=workspace_id, published_at=minutes(number))
            await store.case_studies.import_case_study(study)
    for number in (2, 1):
        await store.case_studies.withdraw_case_study(
            WORKSPACE, f"S{number}", reason="", by=BEN, at=minutes(20 - number)
        )
    found = await store.case_studies.list_withdrawn(WORKSPACE, limit=5)
    assert [study.id for study in found] == ["S1", "S2"]
    page = await store.case_studies.list_withdrawn(WORKSPACE, limit=1, offset=1)
    assert [study.id for study in page] == ["S2"]
    assert await store.case_studies.list_withdrawn("T0MOORSIDE", limit=5) == []
