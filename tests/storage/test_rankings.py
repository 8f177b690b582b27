"""Rankings and the stages they go through, on both engines."""

import asyncio
from typing import Any

import pytest

from storage.records.people import Person
from storage.store import ConflictError, NotFoundError, Store
from tests.storage.examples import (
    AMINA,
    BEN,
    CHIOMA,
    DEV,
    STRANGER,
    WORKSPACE,
    a_home,
    a_message,
    a_ranking,
    a_stage,
    minutes,
    seats,
)


async def add_sent_homes(store: Store, *people: Person) -> None:
    for person in people:
        await store.messages.add_message(a_home(person, sent_version=1))


async def dirty_ids(store: Store) -> set[str]:
    return {message.id for message in await store.messages.dirty_messages()}


async def test_a_ranking_is_read_back_as_it_was_created(store: Store) -> None:
    ranking = a_ranking(participants=seats(DEV, BEN, CHIOMA))
    await store.rankings.create_ranking(ranking, a_stage(), [a_message()])
    assert await store.rankings.get_ranking(WORKSPACE, "R1") == ranking
    assert await store.rankings.list_stages(WORKSPACE, "R1") == [a_stage()]
    assert await store.messages.dirty_messages() == [a_message()]


async def test_an_unknown_ranking_is_none_and_has_no_stages(store: Store) -> None:
    assert await store.rankings.get_ranking(WORKSPACE, "R1") is None
    assert await store.rankings.list_stages(WORKSPACE, "R1") == []


async def test_a_ranking_without_people_can_be_kept(store: Store) -> None:
    await store.rankings.create_ranking(a_ranking(participants=()), a_stage(), [])
    assert await store.rankings.get_ranking(WORKSPACE, "R1") == a_ranking(participants=())


async def test_a_taken_id_is_refused_and_nothing_changes(store: Store) -> None:
    await store.rankings.create_ranking(a_ranking(), a_stage(), [])
    with pytest.raises(ConflictError):
        await store.rankings.create_ranking(a_ranking(title="Another"), a_stage(), [a_message()])
    assert await store.rankings.get_ranking(WORKSPACE, "R1") == a_ranking()
    assert await store.messages.dirty_messages() == []


async def test_creating_makes_the_homes_of_its_people_dirty(store: Store) -> None:
    await add_sent_homes(store, AMINA, BEN, DEV, STRANGER)
    await store.rankings.create_ranking(a_ranking(), a_stage(), [a_message()])
    homes = {a_home(person).id for person in (AMINA, BEN, DEV)}
    assert await dirty_ids(store) == homes | {"ranking.board:R1"}
    board = await store.messages.get_message(WORKSPACE, "ranking.board:R1")
    assert board == a_message()


async def test_rankings_are_listed_newest_first_and_by_what_is_asked(store: Store) -> None:
    await store.rankings.create_ranking(a_ranking(), a_stage(), [])
    await store.rankings.create_ranking(
        a_ranking(
            id="R2", created_at=minutes(5), channel_id="C0MOOR", facilitator=DEV, participants=seats(AMINA)
        ),
        a_stage(ranking_id="R2"),
        [],
    )
    await store.rankings.create_ranking(
        a_ranking(id="R3", created_at=minutes(9), facilitator=BEN, participants=seats(BEN)),
        a_stage(ranking_id="R3"),
        [],
    )
    await store.rankings.end_ranking(WORKSPACE, "R3", 1, "cancelled", (), minutes(10), [])

    async def listed(**asked: Any) -> list[str]:
        rankings = await store.rankings.list_rankings(WORKSPACE, **asked)
        return [ranking.id for ranking in rankings]

    assert await listed() == ["R3", "R2", "R1"]
    assert await listed(limit=2) == ["R3", "R2"]
    assert await listed(channel_id="C0MOOR") == ["R2"]
    assert await listed(status="open") == ["R2", "R1"]
    assert await listed(person=AMINA) == ["R2", "R1"]
    assert await listed(person=BEN) == ["R3", "R1"]
    assert await listed(person=BEN, status="open", channel_id="C0HARBOUR") == ["R1"]
    assert await listed(person=STRANGER) == []
    people = {ranking.id: ranking.people for ranking in await store.rankings.list_rankings(WORKSPACE)}
    assert people == {"R1": (BEN, CHIOMA, DEV), "R2": (AMINA,), "R3": (BEN,)}


async def test_a_stage_is_closed_once(store: Store) -> None:
    await add_sent_homes(store, AMINA, BEN, STRANGER)
    await store.rankings.create_ranking(a_ranking(), a_stage(), [])
    await store.messages.add_message(a_message(sent_version=1))
    for message in await store.messages.dirty_messages():
        await store.messages.record_sent(WORKSPACE, message.id, message.version, "1.0")
    await store.rankings.close_stage(WORKSPACE, "R1", 1, minutes(3))
    assert await store.rankings.list_stages(WORKSPACE, "R1") == [a_stage(closed_at=minutes(3))]
    assert await dirty_ids(store) == {"ranking.board:R1", a_home(AMINA).id, a_home(BEN).id}
    with pytest.raises(ConflictError):
        await store.rankings.close_stage(WORKSPACE, "R1", 1, minutes(4))
    assert (await store.rankings.list_stages(WORKSPACE, "R1"))[0].closed_at == minutes(3)


async def test_only_the_current_stage_can_be_closed(store: Store) -> None:
    with pytest.raises(NotFoundError):
        await store.rankings.close_stage(WORKSPACE, "R1", 1, minutes(3))
    await store.rankings.create_ranking(a_ranking(), a_stage(), [])
    await store.rankings.open_stage(WORKSPACE, "R1", 1, a_stage(2), [])
    for seq in (1, 3):
        with pytest.raises(ConflictError):
            await store.rankings.close_stage(WORKSPACE, "R1", seq, minutes(3))


async def test_opening_a_stage_closes_the_one_before(store: Store) -> None:
    await add_sent_homes(store, CHIOMA)
    await store.rankings.create_ranking(a_ranking(), a_stage(), [])
    consent = a_stage(2, kind="discard_consent", items=("one", "two"), proposal=("three",))
    ask = a_message(id="ranking.ask:R1", parent_id="ranking.board:R1")
    await store.rankings.open_stage(WORKSPACE, "R1", 1, consent, [ask])
    first = a_stage(closed_at=consent.opened_at)
    assert await store.rankings.list_stages(WORKSPACE, "R1") == [first, consent]
    assert await store.messages.get_message(WORKSPACE, ask.id) == ask
    assert await dirty_ids(store) == {ask.id, a_home(CHIOMA).id}


async def test_a_stage_that_was_closed_before_keeps_its_time(store: Store) -> None:
    await store.rankings.create_ranking(a_ranking(), a_stage(), [])
    await store.rankings.close_stage(WORKSPACE, "R1", 1, minutes(1))
    await store.rankings.open_stage(WORKSPACE, "R1", 1, a_stage(2), [])
    assert (await store.rankings.list_stages(WORKSPACE, "R1"))[0].closed_at == minutes(1)


async def test_a_stage_follows_the_current_one_only(store: Store) -> None:
    with pytest.raises(NotFoundError):
        await store.rankings.open_stage(WORKSPACE, "R1", 1, a_stage(2), [])
    await store.rankings.create_ranking(a_ranking(), a_stage(), [])
    await store.rankings.open_stage(WORKSPACE, "R1", 1, a_stage(2), [])
    with pytest.raises(ConflictError):
        await store.rankings.open_stage(WORKSPACE, "R1", 1, a_stage(2), [a_message()])
    with pytest.raises(ConflictError):
        await store.rankings.open_stage(WORKSPACE, "R1", 3, a_stage(4), [])
    with pytest.raises(ValueError, match="does not follow"):
        await store.rankings.open_stage(WORKSPACE, "R1", 2, a_stage(4), [])
    assert len(await store.rankings.list_stages(WORKSPACE, "R1")) == 2
    assert await store.messages.dirty_messages() == []


async def test_of_two_who_open_a_stage_at_once_one_is_told(store: Store) -> None:
    await store.rankings.create_ranking(a_ranking(), a_stage(), [])
    results = await asyncio.gather(
        *(store.rankings.open_stage(WORKSPACE, "R1", 1, a_stage(2), []) for _ in range(8)),
        return_exceptions=True,
    )
    assert [type(result) for result in results if result] == [ConflictError] * 7
    assert len(await store.rankings.list_stages(WORKSPACE, "R1")) == 2


async def test_ending_keeps_the_outcome_and_closes_the_stage(store: Store) -> None:
    await add_sent_homes(store, AMINA, DEV)
    await store.rankings.create_ranking(a_ranking(), a_stage(), [])
    for message in await store.messages.dirty_messages():
        await store.messages.record_sent(WORKSPACE, message.id, message.version, "1.0")
    outcome = a_message(id="ranking.outcome:R1")
    await store.rankings.end_ranking(WORKSPACE, "R1", 1, "decided", ("two", "one"), minutes(8), [outcome])
    ended = a_ranking(status="decided", outcome=("two", "one"), ended_at=minutes(8))
    assert await store.rankings.get_ranking(WORKSPACE, "R1") == ended
    assert (await store.rankings.list_stages(WORKSPACE, "R1"))[-1].closed_at == minutes(8)
    assert await dirty_ids(store) == {outcome.id, a_home(AMINA).id, a_home(DEV).id}


async def test_what_has_ended_moves_no_more(store: Store) -> None:
    with pytest.raises(NotFoundError):
        await store.rankings.end_ranking(WORKSPACE, "R1", 1, "decided", (), minutes(8), [])
    await store.rankings.create_ranking(a_ranking(), a_stage(), [])
    with pytest.raises(ConflictError):
        await store.rankings.end_ranking(WORKSPACE, "R1", 2, "decided", (), minutes(8), [])
    await store.rankings.end_ranking(WORKSPACE, "R1", 1, "undecided", (), minutes(8), [])
    with pytest.raises(ConflictError):
        await store.rankings.end_ranking(WORKSPACE, "R1", 1, "decided", ("one",), minutes(9), [])
    with pytest.raises(ConflictError):
        await store.rankings.open_stage(WORKSPACE, "R1", 1, a_stage(2), [])
    with pytest.raises(ConflictError):
        await store.rankings.close_stage(WORKSPACE, "R1", 1, minutes(9))
    ended = await store.rankings.get_ranking(WORKSPACE, "R1")
    assert ended == a_ranking(status="undecided", ended_at=minutes(8))


async def test_those_that_have_ended_come_last_ended_first_in_pages_of_their_workspace(store: Store) -> None:
    for number in (1, 2, 3):
        for workspace_id in (WORKSPACE, "T0MOORSIDE"):
            ranking = a_ranking(id=f"R{number}", workspace_id=workspace_id)
            await store.rankings.create_ranking(ranking, a_stage(ranking_id=f"R{number}"), [])
    for number in (2, 1):
        await store.rankings.end_ranking(
            WORKSPACE, f"R{number}", 1, "cancelled", (), minutes(20 - number), []
        )
    assert [each.id for each in await store.rankings.list_ended(WORKSPACE, limit=5)] == ["R1", "R2"]
    assert [each.id for each in await store.rankings.list_ended(WORKSPACE, limit=1, offset=1)] == ["R2"]
    assert await store.rankings.list_ended("T0MOORSIDE", limit=5) == []
