"""A workspace is a wall: the same ids in two of them have nothing to do with each other."""

import pytest

from storage.store import NotFoundError, Store
from tests.storage.examples import (
    BEN,
    WORKSPACE,
    a_home,
    a_message,
    a_ranking,
    a_stage,
    a_study,
    an_answer,
    answering,
    minutes,
)

OTHER = "T0MOORSIDE"


@pytest.fixture
async def twins(store: Store) -> None:
    for workspace in (WORKSPACE, OTHER):
        await store.rankings.create_ranking(a_ranking(workspace_id=workspace), a_stage(), [])
        await store.case_studies.create_case_study(a_study(workspace_id=workspace))
        await store.messages.add_message(a_message(workspace_id=workspace, sent_version=1))
        await store.messages.add_message(a_home(BEN, workspace_id=workspace, sent_version=1))


@pytest.mark.usefixtures("twins")
async def test_a_change_in_one_workspace_leaves_the_other_as_it_was(store: Store) -> None:
    await store.rankings.edit_answer(WORKSPACE, "R1", 1, BEN, answering(an_answer(BEN, "one")))
    await store.rankings.open_stage(WORKSPACE, "R1", 1, a_stage(2), [])
    await store.rankings.end_ranking(WORKSPACE, "R1", 2, "decided", ("one",), minutes(9), [])
    await store.case_studies.save_fields(
        WORKSPACE, "S1", {"who": "Changed"}, author=BEN, title_field="who", at=minutes(3)
    )
    await store.case_studies.publish_case_study(WORKSPACE, "S1", minutes(4))
    await store.messages.touch_subject(WORKSPACE, "ranking:R1")

    assert await store.rankings.get_ranking(OTHER, "R1") == a_ranking(workspace_id=OTHER)
    assert await store.rankings.list_rankings(OTHER) == [a_ranking(workspace_id=OTHER)]
    assert await store.rankings.list_stages(OTHER, "R1") == [a_stage()]
    assert await store.rankings.list_answers(OTHER, "R1", 1) == []
    assert await store.rankings.list_answered(OTHER, "R1", 1) == []
    assert await store.rankings.get_answer(OTHER, "R1", 1, BEN) is None
    ballot = await store.rankings.get_ballot(OTHER, "R1", BEN)
    assert ballot is not None
    assert (ballot.stage, ballot.answer) == (a_stage(), None)
    assert await store.case_studies.get_case_study(OTHER, "S1") == a_study(workspace_id=OTHER)
    assert await store.published.list_case_studies(OTHER) == []
    assert await store.published.count(OTHER) == 0
    assert await store.published.search(OTHER, "changed") == []
    assert {message.workspace_id for message in await store.messages.dirty_messages()} == {WORKSPACE}


@pytest.mark.usefixtures("twins")
async def test_a_draft_removed_in_one_workspace_stays_in_the_other(store: Store) -> None:
    await store.case_studies.delete_draft(WORKSPACE, "S1")
    assert await store.case_studies.get_case_study(OTHER, "S1") == a_study(workspace_id=OTHER)


@pytest.mark.usefixtures("twins")
async def test_what_is_sent_in_one_workspace_is_not_sent_in_the_other(store: Store) -> None:
    for workspace in (WORKSPACE, OTHER):
        await store.messages.touch_subject(workspace, "ranking:R1")
    await store.messages.record_sent(WORKSPACE, "ranking.board:R1", 2, "1.0")
    dirty = {(message.workspace_id, message.id) for message in await store.messages.dirty_messages()}
    assert dirty == {(OTHER, "ranking.board:R1")}


@pytest.mark.usefixtures("twins")
async def test_a_third_workspace_sees_nothing(store: Store) -> None:
    third = "T0NOBODY"
    assert await store.rankings.get_ranking(third, "R1") is None
    assert await store.rankings.get_ballot(third, "R1", BEN) is None
    assert await store.rankings.list_rankings(third, person=BEN) == []
    assert await store.case_studies.get_case_study(third, "S1") is None
    assert [study async for study in store.case_studies.all_case_studies(third)] == []
    assert await store.messages.get_message(third, "ranking.board:R1") is None
    with pytest.raises(NotFoundError):
        await store.rankings.edit_answer(third, "R1", 1, BEN, answering(an_answer(BEN, "one")))
    with pytest.raises(NotFoundError):
        await store.case_studies.publish_case_study(third, "S1", minutes(1))
