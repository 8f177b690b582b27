"""What may change after a ranking has begun, each change with its event and its message."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from storage.records.people import Person
from storage.records.rankings import Participant, RankingEvent, Rules
from storage.store import ConflictError, NotFoundError, NotTakingPartError, Store
from tests.storage.changing import BY, KEY, NOTE, answer, begin, stored
from tests.storage.examples import (
    AMINA,
    BEN,
    CHIOMA,
    DEV,
    STRANGER,
    WORKSPACE,
    a_home,
    a_ranking,
    a_stage,
    an_answer,
    minutes,
)


@pytest.fixture
async def ranking(store: Store) -> None:
    await begin(store)


@pytest.mark.usefixtures("ranking")
async def test_a_change_comes_with_its_event_and_its_message(store: Store) -> None:
    first = await store.rankings.add_participants(*KEY, [Participant(AMINA, "Schools")], **BY, note=NOTE)
    second = await store.rankings.set_paused(*KEY, actor=BEN, at=minutes(6))
    assert first == RankingEvent(
        WORKSPACE, "R1", 1, minutes(5), "added", AMINA, {"people": [["T0HARBOUR", "U0AMINA"]]}
    )
    assert second == RankingEvent(WORKSPACE, "R1", 2, minutes(6), "paused", BEN, {"seq": 1})
    assert await store.rankings.list_events(*KEY) == [first, second]
    message = await store.messages.get_message(WORKSPACE, "ranking.note:R1:1")
    assert message is not None
    assert (message.kind, message.parent_id) == ("ranking.note", "ranking.board:R1")
    dirty = {each.id for each in await store.messages.dirty_messages()}
    assert dirty == {"ranking.note:R1:1", "ranking.board:R1"}
    assert await store.rankings.list_events(WORKSPACE, "R9") == []


@pytest.mark.usefixtures("ranking")
async def test_people_added_before_the_first_answer_are_there_from_the_start(store: Store) -> None:
    await store.rankings.add_participants(*KEY, [Participant(AMINA, "Schools"), Participant(BEN)], **BY)
    await answer(store, AMINA)
    event = await store.rankings.add_participants(*KEY, [Participant(STRANGER, "Health")], **BY)
    assert event.detail == {"people": [["T0MOORSIDE", "U0AMINA"]]}
    ranking = await stored(store)
    assert ranking.people == (BEN, CHIOMA, DEV, AMINA, STRANGER)
    assert ranking.participants[3:] == (
        Participant(AMINA, "Schools"),
        Participant(STRANGER, "Health", added_at=minutes(5)),
    )
    await answer(store, STRANGER)
    with pytest.raises(ConflictError):
        await store.rankings.add_participants(*KEY, [Participant(STRANGER), Participant(BEN)], **BY)
    assert len(await store.rankings.list_events(*KEY)) == 2


@pytest.mark.usefixtures("ranking")
async def test_who_leaves_answers_no_more_but_their_answers_stand(store: Store) -> None:
    await answer(store, BEN)
    assert await store.rankings.list_waiting(*KEY, 1) == [CHIOMA, DEV]
    await store.rankings.mark_left(*KEY, CHIOMA, **BY)
    event = await store.rankings.mark_left(*KEY, BEN, **BY)
    assert event.detail == {"person": ["T0HARBOUR", "U0BEN"]}
    ranking = await stored(store)
    assert ranking.people == (BEN, CHIOMA, DEV)
    assert ranking.active == (DEV,)
    assert ranking.participants[0] == Participant(BEN, left_at=minutes(5))
    assert await store.rankings.list_waiting(*KEY, 1) == [DEV]
    with pytest.raises(NotTakingPartError):
        await answer(store, BEN)
    ballot = await store.rankings.get_ballot(*KEY, BEN)
    assert ballot is not None
    assert not ballot.takes_part
    assert await store.rankings.list_answers(*KEY, 1) == [an_answer(BEN, "one")]
    for person in (BEN, STRANGER):
        with pytest.raises(NotTakingPartError):
            await store.rankings.mark_left(*KEY, person, **BY)


@pytest.mark.usefixtures("ranking")
async def test_who_comes_back_has_their_answer_and_agency(store: Store) -> None:
    await store.people.set_agency(WORKSPACE, BEN, "Health")
    await answer(store, BEN)
    await store.rankings.mark_left(*KEY, BEN, **BY)
    await store.rankings.add_participants(*KEY, [Participant(BEN)], **BY)
    ranking = await stored(store)
    assert ranking.participants[0] == Participant(BEN, "Health", added_at=minutes(5))
    await answer(store, BEN)
    assert (await store.rankings.list_stages(*KEY))[0].answered == 1


@pytest.mark.usefixtures("ranking")
async def test_a_ranking_is_handed_over(store: Store) -> None:
    await store.rankings.set_deputies(*KEY, [DEV, STRANGER], **BY)
    for person in (AMINA, DEV):
        await store.messages.add_message(a_home(person, sent_version=1))
    event = await store.rankings.set_facilitator(*KEY, DEV, **BY)
    assert event.detail == {"person": ["T0MOORSIDE", "U0DEV"], "before": ["T0HARBOUR", "U0AMINA"]}
    ranking = await stored(store)
    assert (ranking.facilitator, ranking.deputies) == (DEV, (STRANGER,))
    assert {a_home(AMINA).id, a_home(DEV).id} <= {m.id for m in await store.messages.dirty_messages()}
    with pytest.raises(ConflictError):
        await store.rankings.set_facilitator(*KEY, DEV, **BY)


@pytest.mark.usefixtures("ranking")
async def test_deputies_are_replaced_and_see_the_ranking(store: Store) -> None:
    for person in (AMINA, STRANGER):
        await store.messages.add_message(a_home(person, sent_version=1))
    event = await store.rankings.set_deputies(*KEY, [STRANGER], **BY)
    assert event.detail == {"people": [["T0MOORSIDE", "U0AMINA"]]}
    assert (await stored(store)).deputies == (STRANGER,)
    assert [each.id for each in await store.rankings.list_rankings(WORKSPACE, person=STRANGER)] == ["R1"]
    home = await store.messages.get_message(WORKSPACE, a_home(STRANGER).id)
    await store.rankings.set_deputies(*KEY, [], **BY)
    assert (await stored(store)).deputies == ()
    assert await store.rankings.list_rankings(WORKSPACE, person=STRANGER) == []
    after = await store.messages.get_message(WORKSPACE, a_home(STRANGER).id)
    assert home is not None
    assert after is not None
    assert after.version > home.version


@pytest.mark.usefixtures("ranking")
async def test_an_event_can_be_kept_by_itself(store: Store) -> None:
    clock = Person("", "")
    event = await store.rankings.record_event(
        *KEY, "reminded", {"seq": 1, "people": 2}, actor=clock, at=minutes(9)
    )
    assert await store.rankings.list_events(*KEY) == [event]
    assert (event.kind, event.actor, event.detail) == ("reminded", clock, {"seq": 1, "people": 2})
    assert await store.messages.dirty_messages() == []


@pytest.mark.usefixtures("ranking")
async def test_that_nobody_runs_it_is_announced_once_until_somebody_does(store: Store) -> None:
    async def announce() -> None:
        await store.rankings.record_event(*KEY, "unattended", {}, actor=Person("", ""), at=minutes(9))

    found = await asyncio.gather(*(announce() for _ in range(5)), return_exceptions=True)
    assert sorted(type(one).__name__ for one in found) == [*["ConflictError"] * 4, "NoneType"]
    await store.rankings.set_facilitator(*KEY, DEV, **BY)
    await announce()
    kinds = [event.kind for event in await store.rankings.list_events(*KEY)]
    assert kinds == ["unattended", "facilitator", "unattended"]


CHANGES: list[Callable[[Store], Awaitable[Any]]] = [
    lambda store: store.rankings.add_participants(*KEY, [Participant(STRANGER)], **BY, note=NOTE),
    lambda store: store.rankings.mark_left(*KEY, BEN, **BY, note=NOTE),
    lambda store: store.rankings.set_deadline(*KEY, 1, minutes(90), **BY, note=NOTE),
    lambda store: store.rankings.set_paused(*KEY, **BY, note=NOTE),
    lambda store: store.rankings.set_resumed(*KEY, **BY, note=NOTE),
    lambda store: store.rankings.set_facilitator(*KEY, BEN, **BY, note=NOTE),
    lambda store: store.rankings.set_deputies(*KEY, [BEN], **BY, note=NOTE),
    lambda store: store.rankings.record_event(*KEY, "reminded", {}, **BY, note=NOTE),
]


@pytest.mark.parametrize("change", CHANGES)
async def test_what_has_ended_or_never_was_does_not_change(
    store: Store, change: Callable[[Store], Awaitable[Any]]
) -> None:
    with pytest.raises(NotFoundError):
        await change(store)
    await store.rankings.create_ranking(a_ranking(), a_stage(), [])
    await store.rankings.end_ranking(*KEY, 1, "cancelled", (), minutes(3), [])
    before = await stored(store)
    with pytest.raises(ConflictError):
        await change(store)
    assert await stored(store) == before
    assert await store.rankings.list_events(*KEY) == []
    assert await store.messages.dirty_messages() == []


@pytest.mark.usefixtures("ranking")
async def test_events_at_once_get_a_number_each(store: Store) -> None:
    people = [Person("T0HARBOUR", f"U{number}") for number in range(12)]
    await asyncio.gather(
        *(store.rankings.add_participants(*KEY, [Participant(each)], **BY, note=NOTE) for each in people)
    )
    events = await store.rankings.list_events(*KEY)
    assert [event.number for event in events] == list(range(1, 13))
    assert set((await stored(store)).people) == {BEN, CHIOMA, DEV, *people}
    assert len(await store.messages.dirty_messages()) == 13


async def test_rules_deputies_and_agencies_are_read_back(store: Store) -> None:
    rules = Rules(
        anonymous=True,
        weights="agency",
        quorum="two_thirds",
        blocks_needed=2,
        steps=("discard", "choose"),
        stage_hours=48,
        remind_hours=12,
        pin=True,
    )
    ranking = a_ranking(rules=rules, deputies=(DEV, STRANGER), participants=(Participant(BEN, "Health"),))
    await store.rankings.create_ranking(ranking, a_stage(), [])
    assert await stored(store) == ranking
    ballot = await store.rankings.get_ballot(*KEY, BEN)
    assert ballot is not None
    assert ballot.rules == rules


async def test_a_person_keeps_one_draft_of_a_setup(store: Store) -> None:
    values = {"title": "What matters \ud83e", "people": [["T0HARBOUR", "U0BEN"]], "hours": None, "pin": True}
    assert await store.rankings.get_setup(WORKSPACE, AMINA) is None
    await store.rankings.save_setup(WORKSPACE, AMINA, {"title": "Before"})
    await store.rankings.save_setup(WORKSPACE, AMINA, values)
    await store.rankings.save_setup(WORKSPACE, STRANGER, {})
    assert await store.rankings.get_setup(WORKSPACE, AMINA) == values | {"title": "What matters \ufffd"}
    assert await store.rankings.get_setup("T0ELSE", AMINA) is None
    await store.rankings.drop_setup(WORKSPACE, AMINA)
    assert await store.rankings.get_setup(WORKSPACE, AMINA) is None
    assert await store.rankings.get_setup(WORKSPACE, STRANGER) == {}
