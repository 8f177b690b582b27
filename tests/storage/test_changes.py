"""What may change after a ranking has begun, each change with its event, its message and its work."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from storage.records.people import Person
from storage.records.rankings import Participant, RankingEvent, Rules
from storage.store import ConflictError, NotFoundError, NotTakingPartError, StageClosedError, Store
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
    an_answer,
    answering,
    minutes,
)

KEY = (WORKSPACE, "R1")
BY: dict[str, Any] = {"actor": AMINA, "at": minutes(5)}
NOTE = a_message(id="ranking.note:R1", kind="ranking.note", parent_id="ranking.board:R1")


@pytest.fixture
async def ranking(store: Store) -> None:
    """An open ranking with reminders, whose stage has a deadline in an hour."""
    await store.rankings.create_ranking(
        a_ranking(rules=Rules(remind_hours=24)), a_stage(deadline=minutes(60)), []
    )
    await store.messages.add_message(a_message(sent_version=1))


async def stored(store: Store) -> Any:
    return await store.rankings.get_ranking(*KEY)


async def current_deadline(store: Store) -> Any:
    return (await store.rankings.list_stages(*KEY))[-1].deadline


async def planned(store: Store) -> dict[str, Any]:
    """When each piece of work of open stages is due; leaves all of it as it was."""
    works = await store.work.claim(minutes(10**6), 0, 100)
    for work in works:
        await store.work.postpone(work, work.due_at)
    return {work.id: work.due_at for work in works if work.kind != "ranking.pictures"}


async def answer(store: Store, person: Person, seq: int = 1) -> None:
    await store.rankings.edit_answer(*KEY, seq, person, answering(an_answer(person, "one")))


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
async def test_a_stage_plans_its_work_and_its_end_cancels_it(store: Store) -> None:
    day = timedelta(hours=24)
    first = {
        "deadline:R1:1": minutes(60),
        "last_call:R1:1": minutes(60) - timedelta(minutes=59) / 4,
        "reminder:R1:1": a_stage().opened_at + day,
    }
    assert await planned(store) == first
    await store.rankings.open_stage(*KEY, 1, a_stage(2), [])
    assert await planned(store) == {"reminder:R1:2": minutes(2) + day}
    await store.rankings.close_stage(*KEY, 2, minutes(3))
    assert await planned(store) == {}
    await store.rankings.open_stage(*KEY, 2, a_stage(3, kind="compare", deadline=minutes(90)), [])
    assert await planned(store) == {"deadline:R1:3": minutes(90)}
    *_pictures, work = await store.work.claim(minutes(90), 60, 10)
    assert (work.workspace_id, work.kind, work.subject) == (WORKSPACE, "ranking.deadline", "R1:3")
    await store.rankings.end_ranking(*KEY, 3, "cancelled", (), minutes(91), [])
    assert await planned(store) == {}


async def pictures(store: Store) -> list[Any]:
    """What pictures are planned, and for when."""
    works = await store.work.claim(minutes(10**6), 0, 100)
    return [(work.id, work.subject, work.due_at) for work in works if work.kind == "ranking.pictures"]


@pytest.mark.usefixtures("ranking")
async def test_an_order_that_is_closed_has_its_pictures_planned_once(store: Store) -> None:
    assert await pictures(store) == []
    await store.rankings.close_stage(*KEY, 1, minutes(3))
    assert await pictures(store) == [("pictures:R1:1", "R1:1", minutes(3))]
    for work in await store.work.claim(minutes(10**6), 60, 100):
        await store.work.finish(work)
    with pytest.raises(ConflictError):
        await store.rankings.close_stage(*KEY, 1, minutes(4))
    await store.rankings.open_stage(*KEY, 1, a_stage(2, kind="compare"), [])
    await store.rankings.open_stage(*KEY, 2, a_stage(3, kind="choose"), [])
    await store.rankings.close_stage(*KEY, 3, minutes(5))
    assert await pictures(store) == []


async def test_a_stage_that_takes_answers_has_the_deadline_of_the_rules(store: Store) -> None:
    ranking = a_ranking(rules=Rules(stage_hours=48))
    await store.rankings.create_ranking(ranking, a_stage(kind="read"), [])
    assert await current_deadline(store) is None
    await store.rankings.open_stage(*KEY, 1, a_stage(2), [])
    assert await current_deadline(store) == minutes(2) + timedelta(hours=48)
    assert await planned(store) == {"deadline:R1:2": minutes(2) + timedelta(hours=48)}
    await store.rankings.open_stage(*KEY, 2, a_stage(3, deadline=minutes(90)), [])
    assert await planned(store) == {"deadline:R1:3": minutes(90)}
    await store.rankings.open_stage(*KEY, 3, a_stage(4, kind="compare"), [])
    assert await planned(store) == {}


@pytest.mark.usefixtures("ranking")
async def test_a_deadline_is_moved_and_taken_away(store: Store) -> None:
    event = await store.rankings.set_deadline(*KEY, 1, minutes(90), **BY)
    assert event.detail == {
        "seq": 1,
        "deadline": minutes(90).isoformat(),
        "before": minutes(60).isoformat(),
    }
    assert await current_deadline(store) == minutes(90)
    assert (await planned(store))["deadline:R1:1"] == minutes(90)
    days = timedelta(days=10)
    await store.rankings.set_deadline(*KEY, 1, minutes(90) + days, **BY)
    assert (await planned(store))["last_call:R1:1"] == minutes(90) + days - timedelta(days=1)
    await store.rankings.set_deadline(*KEY, 1, None, **BY)
    assert await current_deadline(store) is None
    assert list(await planned(store)) == ["reminder:R1:1"]


@pytest.mark.usefixtures("ranking")
async def test_each_complete_answer_puts_off_the_look_whether_all_have_answered(store: Store) -> None:
    await store.rankings.edit_answer(*KEY, 1, BEN, answering(an_answer(BEN, complete=False)))
    assert "answered:R1:1" not in await planned(store)
    for minute in (3, 7):
        await store.rankings.edit_answer(
            *KEY, 1, BEN, answering(an_answer(BEN, "one", answered_at=minutes(minute)))
        )
        assert (await planned(store))["answered:R1:1"] == minutes(minute + 1)
    await store.rankings.mark_left(*KEY, CHIOMA, actor=AMINA, at=minutes(9))
    assert (await planned(store))["answered:R1:1"] == minutes(10)
    await store.rankings.set_paused(*KEY, actor=AMINA, at=minutes(20))
    await store.rankings.set_resumed(*KEY, actor=AMINA, at=minutes(30))
    assert (await planned(store))["answered:R1:1"] == minutes(31)
    await store.rankings.close_stage(*KEY, 1, minutes(40))
    assert "answered:R1:1" not in await planned(store)


@pytest.mark.usefixtures("ranking")
async def test_only_the_open_stage_has_a_deadline_to_move(store: Store) -> None:
    await store.rankings.open_stage(*KEY, 1, a_stage(2), [])
    await store.rankings.close_stage(*KEY, 2, minutes(3))
    for seq in (1, 2, 3):
        with pytest.raises(StageClosedError):
            await store.rankings.set_deadline(*KEY, seq, minutes(90), **BY)
    assert await planned(store) == {}
    assert await store.rankings.list_events(*KEY) == []


@pytest.mark.usefixtures("ranking")
async def test_a_pause_keeps_what_was_left_of_the_deadline(store: Store) -> None:
    await store.rankings.set_paused(*KEY, actor=AMINA, at=minutes(20))
    assert (await stored(store)).paused_at == minutes(20)
    ballot = await store.rankings.get_ballot(*KEY, BEN)
    assert ballot is not None
    assert ballot.paused_at == minutes(20)
    assert await planned(store) == {}
    assert await current_deadline(store) == minutes(60)
    event = await store.rankings.set_resumed(*KEY, actor=AMINA, at=minutes(500))
    assert (await stored(store)).paused_at is None
    assert await current_deadline(store) == minutes(540)
    assert event.detail["deadline"] == minutes(540).isoformat()
    assert await planned(store) == {
        "deadline:R1:1": minutes(540),
        "last_call:R1:1": minutes(530),
        "reminder:R1:1": minutes(500) + timedelta(hours=24),
    }


@pytest.mark.usefixtures("ranking")
async def test_a_paused_ranking_waits_but_can_end(store: Store) -> None:
    with pytest.raises(ConflictError):
        await store.rankings.set_resumed(*KEY, **BY)
    await store.rankings.set_paused(*KEY, **BY)
    for refused in (
        store.rankings.set_paused(*KEY, **BY),
        store.rankings.set_deadline(*KEY, 1, minutes(90), **BY),
        store.rankings.open_stage(*KEY, 1, a_stage(2), []),
    ):
        with pytest.raises(ConflictError):
            await refused
    await store.rankings.close_stage(*KEY, 1, minutes(7))
    await store.rankings.set_resumed(*KEY, actor=AMINA, at=minutes(8))
    assert await planned(store) == {}
    assert await current_deadline(store) == minutes(60)
    await store.rankings.set_paused(*KEY, **BY)
    await store.rankings.end_ranking(*KEY, 1, "cancelled", (), minutes(9), [])
    assert (await stored(store)).status == "cancelled"


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


@pytest.mark.usefixtures("ranking")
async def test_of_two_who_set_the_same_end_at_once_one_is_told(store: Store) -> None:
    setting = [store.rankings.set_deadline(*KEY, 1, minutes(90), **BY) for _ in range(2)]
    found = await asyncio.gather(*setting, return_exceptions=True)
    assert sorted(type(one).__name__ for one in found) == ["ConflictError", "RankingEvent"]


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
