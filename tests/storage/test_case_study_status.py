"""Reviews, publication, withdrawal and owners, each with the messages that follow, on both engines."""

import asyncio
from collections.abc import Awaitable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from storage.records.audit import NOBODY
from storage.records.case_studies import CaseStudy
from storage.records.case_study_history import CaseStudyEvent
from storage.records.people import Person
from storage.records.workspace_settings import WorkspaceSettings
from storage.store import (
    ConflictError,
    NotApprovedError,
    NotFoundError,
    NotReviewerError,
    OwnWorkError,
    Store,
)
from tests.storage.examples import (
    AMINA,
    BEN,
    CHIOMA,
    DEV,
    STRANGER,
    WORKSPACE,
    a_home,
    a_message,
    a_study,
    minutes,
)

NOTE = a_message(id="case_studies.note:1", kind="case_studies.note", subject="case_study_note:1")


@pytest.fixture
async def draft(store: Store) -> Store:
    """Ben's draft, with everybody's Home tab shown."""
    await store.case_studies.create_case_study(a_study())
    for person in (AMINA, BEN, CHIOMA, DEV):
        await store.messages.add_message(a_home(person, sent_version=1))
    await store.messages.add_message(a_message(id="card", subject="case_study:S1", sent_version=1))
    return store


async def dirty_ids(store: Store) -> set[str]:
    return {message.id for message in await store.messages.dirty_messages()}


async def request(store: Store, reviewer: Person = AMINA, at: int = 2) -> CaseStudy:
    return await store.case_studies.request_review(
        WORKSPACE, "S1", reviewer=reviewer, by=BEN, at=minutes(at), messages=[NOTE]
    )


async def approve(store: Store, by: Person = AMINA, at: int = 3) -> CaseStudy:
    return await store.case_studies.decide_review(WORKSPACE, "S1", "approved", by=by, at=minutes(at))


async def test_a_review_is_asked_for_and_waits_for_the_reviewer(draft: Store) -> None:
    study = await request(draft)
    assert (study.status, study.reviewer) == ("in_review", AMINA)
    assert await draft.case_studies.get_case_study(WORKSPACE, "S1") == study
    (waiting,) = await draft.case_studies.list_to_review(WORKSPACE, AMINA)
    assert (waiting.id, waiting.reviewer) == ("S1", AMINA)
    assert await draft.case_studies.list_to_review(WORKSPACE, CHIOMA) == []
    assert await dirty_ids(draft) == {"card", NOTE.id, a_home(BEN).id, a_home(AMINA).id}


async def test_another_reviewer_can_be_asked_in_place_of_the_first(draft: Store) -> None:
    await request(draft)
    await draft.messages.record_sent(WORKSPACE, a_home(AMINA).id, 2, "1.0")
    await request(draft, CHIOMA)
    assert await draft.case_studies.list_to_review(WORKSPACE, AMINA) == []
    assert a_home(AMINA).id in await dirty_ids(draft)
    with pytest.raises(ConflictError, match="already"):
        await request(draft, CHIOMA)


async def test_nobody_reviews_their_own_work(draft: Store) -> None:
    with pytest.raises(OwnWorkError):
        await request(draft, BEN)
    await request(draft)
    with pytest.raises(OwnWorkError):
        await approve(draft, BEN)
    await draft.case_studies.save_fields(WORKSPACE, "S1", {"why": "Lonely"}, author=AMINA, at=minutes(3))
    for person in (AMINA, BEN):
        with pytest.raises(OwnWorkError):
            await draft.case_studies.decide_review(
                WORKSPACE, "S1", "changes_wanted", by=person, at=minutes(4), note="Mine"
            )
    assert (await draft.case_studies.list_events(WORKSPACE, "S1"))[-1].kind == "review_requested"


async def test_a_review_is_decided_once(draft: Store) -> None:
    with pytest.raises(ConflictError, match="waits for no review"):
        await approve(draft)
    await request(draft)
    study = await approve(draft)
    assert (study.status, study.reviewer) == ("in_review", None)
    assert await draft.case_studies.list_to_review(WORKSPACE, AMINA) == []
    with pytest.raises(ConflictError, match="waits for no review"):
        await approve(draft, CHIOMA)


async def test_nobody_decides_what_is_asked_of_somebody_else(draft: Store) -> None:
    await request(draft)
    for person in (CHIOMA, STRANGER):
        with pytest.raises(NotReviewerError):
            await approve(draft, person)
    assert not await draft.case_studies.is_approved(WORKSPACE, "S1")
    await request(draft, CHIOMA)
    with pytest.raises(NotReviewerError):
        await draft.case_studies.decide_review(
            WORKSPACE, "S1", "changes_wanted", by=AMINA, at=minutes(4), note="Asked no more"
        )
    study = await draft.case_studies.get_case_study(WORKSPACE, "S1")
    assert study is not None
    assert (study.status, study.reviewer) == ("in_review", CHIOMA)
    kinds = [event.kind for event in await draft.case_studies.list_events(WORKSPACE, "S1")]
    assert kinds == ["review_requested", "review_requested"]


async def test_two_decisions_at_once_are_not_both_made(draft: Store) -> None:
    await request(draft)
    decided = await asyncio.gather(
        approve(draft),
        draft.case_studies.decide_review(
            WORKSPACE, "S1", "changes_wanted", by=AMINA, at=minutes(3), note="Say where"
        ),
        return_exceptions=True,
    )
    assert [type(each) for each in decided if isinstance(each, Exception)] == [ConflictError]


async def test_changes_wanted_make_it_a_draft_again_and_everything_is_kept(draft: Store) -> None:
    await request(draft)
    study = await draft.case_studies.decide_review(
        WORKSPACE, "S1", "changes_wanted", by=AMINA, at=minutes(3), note="Say where", messages=[NOTE]
    )
    assert (study.status, study.reviewer) == ("draft", None)
    title = "Breakfast together"
    assert await draft.case_studies.list_events(WORKSPACE, "S1") == [
        CaseStudyEvent(1, "review_requested", BEN, minutes(2), 1, title, person=AMINA),
        CaseStudyEvent(2, "changes_wanted", AMINA, minutes(3), 1, title, note="Say where"),
    ]


async def publish(store: Store, at: int = 6) -> CaseStudy:
    return await store.case_studies.publish_case_study(WORKSPACE, "S1", minutes(at), messages=[NOTE])


async def test_where_approval_is_wanted_only_what_was_approved_is_published(draft: Store) -> None:
    await draft.settings.change(
        WORKSPACE, lambda _: WorkspaceSettings(approval_required=True), by=NOBODY, at=datetime.now(UTC)
    )
    with pytest.raises(NotApprovedError):
        await publish(draft)
    await request(draft)
    with pytest.raises(NotApprovedError):
        await publish(draft)
    await approve(draft)
    assert await draft.case_studies.is_approved(WORKSPACE, "S1")
    await draft.case_studies.save_fields(WORKSPACE, "S1", {"why": "Lonely"}, author=BEN, at=minutes(4))
    assert not await draft.case_studies.is_approved(WORKSPACE, "S1")
    with pytest.raises(NotApprovedError):
        await publish(draft)
    assert (
        await draft.messages.get_message(WORKSPACE, NOTE.id) is not None
    )  # the request's, not a refused one's
    await request(draft, at=5)
    await approve(draft, at=5)
    published = await publish(draft)
    assert (published.status, published.published_at) == ("published", minutes(6))


async def test_an_approver_who_became_an_author_has_not_approved(draft: Store) -> None:
    await draft.settings.change(
        WORKSPACE, lambda _: WorkspaceSettings(approval_required=True), by=NOBODY, at=datetime.now(UTC)
    )
    await request(draft)
    await approve(draft)
    await draft.case_studies.set_owner(WORKSPACE, "S1", AMINA, before=BEN, by=BEN, at=minutes(4))
    with pytest.raises(NotApprovedError):
        await publish(draft)


async def test_without_that_wish_nobody_needs_to_approve(draft: Store) -> None:
    published = await publish(draft)
    assert published.status == "published"
    assert await dirty_ids(draft) == {"card", NOTE.id, a_home(BEN).id}
    assert [each.kind for each in await draft.case_studies.list_events(WORKSPACE, "S1")] == ["published"]


async def withdraw(store: Store) -> CaseStudy:
    return await store.case_studies.withdraw_case_study(
        WORKSPACE, "S1", reason="The family asked us to", by=BEN, at=minutes(8), messages=[NOTE]
    )


async def test_what_is_withdrawn_leaves_a_stub_and_is_found_no_more(draft: Store) -> None:
    await draft.case_studies.publish_case_study(WORKSPACE, "S1", minutes(5), facets={"outcome": ["be_safe"]})
    study = await withdraw(draft)
    assert study == replace(
        a_study(published_at=minutes(5)),
        status="withdrawn",
        withdrawn_at=minutes(8),
        withdrawn_reason="The family asked us to",
    )
    assert await draft.case_studies.get_case_study(WORKSPACE, "S1") == study
    assert await draft.published.search(WORKSPACE, "breakfast") == []
    assert await draft.published.list_case_studies(WORKSPACE) == []
    assert await draft.published.list_case_studies(WORKSPACE, filters={"outcome": ["be_safe"]}) == []
    assert await draft.published.facet_values(WORKSPACE) == {}
    assert await draft.published.count(WORKSPACE) == 0
    (mine,) = await draft.case_studies.list_own(WORKSPACE, BEN, statuses=["withdrawn"])
    assert mine.id == "S1"
    assert {"card", NOTE.id, a_home(BEN).id} <= await dirty_ids(draft)


async def test_withdrawal_is_for_what_is_published_and_for_good(draft: Store) -> None:
    with pytest.raises(ConflictError, match="is draft"):
        await withdraw(draft)
    assert await draft.messages.get_message(WORKSPACE, NOTE.id) is None
    await publish(draft)
    await withdraw(draft)
    for again in (withdraw(draft), publish(draft), request(draft)):
        with pytest.raises(ConflictError, match="withdrawn"):
            await again
    with pytest.raises(ConflictError, match="published"):
        await draft.case_studies.delete_draft(WORKSPACE, "S1")


async def test_a_case_study_is_handed_on(draft: Store) -> None:
    study = await draft.case_studies.set_owner(
        WORKSPACE, "S1", CHIOMA, before=BEN, by=BEN, at=minutes(3), messages=[NOTE]
    )
    assert (study.owner, study.authors) == (CHIOMA, (CHIOMA, BEN))
    assert [each.id for each in await draft.case_studies.list_own(WORKSPACE, CHIOMA)] == ["S1"]
    assert await draft.case_studies.list_own(WORKSPACE, BEN) == []
    assert {NOTE.id, a_home(BEN).id, a_home(CHIOMA).id} <= await dirty_ids(draft)
    (event,) = await draft.case_studies.list_events(WORKSPACE, "S1")
    assert (event.kind, event.person) == ("owner", CHIOMA)
    with pytest.raises(ConflictError, match="already"):
        await draft.case_studies.set_owner(WORKSPACE, "S1", CHIOMA, before=BEN, by=BEN, at=minutes(4))
    with pytest.raises(ConflictError, match="handed on to somebody else"):
        await draft.case_studies.set_owner(WORKSPACE, "S1", DEV, before=BEN, by=BEN, at=minutes(4))


async def test_of_two_who_are_handed_it_at_once_one_owns_it(draft: Store) -> None:
    handed = await asyncio.gather(
        *(
            draft.case_studies.set_owner(WORKSPACE, "S1", person, before=BEN, by=BEN, at=minutes(3))
            for person in (AMINA, CHIOMA, DEV)
        ),
        return_exceptions=True,
    )
    assert sorted(isinstance(each, ConflictError) for each in handed) == [False, True, True]
    assert [each.kind for each in await draft.case_studies.list_events(WORKSPACE, "S1")] == ["owner"]


async def test_everybody_who_owns_a_case_study_is_listed_once(draft: Store) -> None:
    await draft.case_studies.create_case_study(a_study(id="S2"))
    await draft.case_studies.create_case_study(a_study(id="S3", owner=STRANGER))
    await draft.case_studies.create_case_study(a_study(id="S1", workspace_id="T0MOORSIDE", owner=DEV))
    await draft.case_studies.publish_case_study(WORKSPACE, "S1", minutes(5))
    assert await draft.case_studies.list_owners(WORKSPACE) == [BEN, STRANGER]
    assert await draft.case_studies.list_owners("T0FERNLEIGH") == []


async def test_a_reviewer_who_becomes_the_owner_reviews_no_more(draft: Store) -> None:
    await request(draft)
    study = await draft.case_studies.set_owner(WORKSPACE, "S1", AMINA, before=BEN, by=BEN, at=minutes(3))
    assert (study.status, study.reviewer, study.owner) == ("draft", None, AMINA)


async def test_what_is_unknown_is_refused(store: Store) -> None:
    verbs: list[Awaitable[object]] = [
        request(store),
        approve(store),
        publish(store),
        withdraw(store),
        store.case_studies.set_owner(WORKSPACE, "S1", AMINA, before=BEN, by=BEN, at=minutes(3)),
        store.case_studies.set_facets(WORKSPACE, "S1", {}),
        store.case_studies.is_approved(WORKSPACE, "S1"),
        store.case_studies.record_draft_asked(WORKSPACE, "S1", minutes(3)),
    ]
    for verb in verbs:
        with pytest.raises(NotFoundError):
            await verb
    assert await store.messages.get_message(WORKSPACE, NOTE.id) is None


async def test_settings_are_a_workspaces_own(store: Store) -> None:
    assert await store.settings.get(WORKSPACE) == WorkspaceSettings()
    decided = WorkspaceSettings(approval_required=True, ask_about_drafts_after_days=90)
    await store.settings.change(
        WORKSPACE, lambda _: replace(decided, ask_about_drafts_after_days=60), by=NOBODY, at=datetime.now(UTC)
    )
    await store.settings.change(WORKSPACE, lambda _: decided, by=NOBODY, at=datetime.now(UTC))
    assert await store.settings.get(WORKSPACE) == decided
    assert await store.settings.get("T0MOORSIDE") == WorkspaceSettings()
