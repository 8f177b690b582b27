"""Answers: counted exactly, whoever clicks at once and whenever the stage closes."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from storage.records.people import Person
from storage.records.rankings import Answer, Stage
from storage.store import NotFoundError, NotTakingPartError, PausedError, StageClosedError, Store
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
    seats,
)


@pytest.fixture
async def ranking(store: Store) -> None:
    """A ranking whose board and whose people's Home tabs have all been sent."""
    await store.rankings.create_ranking(a_ranking(), a_stage(), [])
    await store.messages.add_message(a_message(sent_version=1))
    for person in (AMINA, BEN, CHIOMA, DEV):
        await store.messages.add_message(a_home(person, sent_version=1))


async def answered(store: Store) -> int:
    return (await store.rankings.list_stages(WORKSPACE, "R1"))[-1].answered


async def versions(store: Store) -> dict[str, int]:
    return {message.id: message.version for message in await store.messages.dirty_messages()}


@pytest.mark.usefixtures("ranking")
async def test_an_answer_is_read_back_as_it_was_given(store: Store) -> None:
    given = an_answer(BEN, "two", "one", reason="It comes up at every meeting.")
    assert await store.rankings.edit_answer(WORKSPACE, "R1", 1, BEN, answering(given)) == given
    assert await store.rankings.get_answer(WORKSPACE, "R1", 1, BEN) == given
    assert await store.rankings.get_answer(WORKSPACE, "R1", 1, DEV) is None
    assert await store.rankings.list_answers(WORKSPACE, "R1", 1) == [given]


@pytest.mark.usefixtures("ranking")
async def test_an_edit_is_given_the_answer_so_far(store: Store) -> None:
    seen: list[Answer | None] = []

    def add(_stage: Stage, so_far: Answer | None) -> Answer:
        seen.append(so_far)
        return an_answer(BEN, *(so_far.choice if so_far else ()), "one", complete=False)

    first = await store.rankings.edit_answer(WORKSPACE, "R1", 1, BEN, add)
    await store.rankings.edit_answer(WORKSPACE, "R1", 1, BEN, add)
    assert seen == [None, first]


@pytest.mark.usefixtures("ranking")
async def test_the_count_follows_complete_answers(store: Store) -> None:
    await store.rankings.edit_answer(WORKSPACE, "R1", 1, BEN, answering(an_answer(BEN, complete=False)))
    assert await answered(store) == 0
    await store.rankings.edit_answer(WORKSPACE, "R1", 1, BEN, answering(an_answer(BEN, "one")))
    await store.rankings.edit_answer(WORKSPACE, "R1", 1, BEN, answering(an_answer(BEN, "two")))
    await store.rankings.edit_answer(WORKSPACE, "R1", 1, DEV, answering(an_answer(DEV, "two")))
    assert await answered(store) == 2
    assert await store.rankings.list_answered(WORKSPACE, "R1", 1) == [BEN, DEV]
    await store.rankings.edit_answer(WORKSPACE, "R1", 1, BEN, answering(an_answer(BEN, complete=False)))
    assert await answered(store) == 1
    assert await store.rankings.list_answered(WORKSPACE, "R1", 1) == [DEV]


@pytest.mark.usefixtures("ranking")
async def test_the_board_changes_only_with_the_count_and_the_home_with_each_edit(store: Store) -> None:
    home = a_home(BEN).id
    for choice, complete, expected in [
        (("one",), False, {home: 2}),
        (("one", "two", "three"), True, {home: 3, "ranking.board:R1": 2}),
        (("two", "one", "three"), True, {home: 4, "ranking.board:R1": 2}),
        (("two",), False, {home: 5, "ranking.board:R1": 3}),
    ]:
        edit = answering(an_answer(BEN, *choice, complete=complete))
        await store.rankings.edit_answer(WORKSPACE, "R1", 1, BEN, edit)
        assert await versions(store) == expected


@pytest.mark.usefixtures("ranking")
async def test_answers_are_listed_in_order_of_person(store: Store) -> None:
    for person in (DEV, CHIOMA, BEN):
        await store.rankings.edit_answer(WORKSPACE, "R1", 1, person, answering(an_answer(person, "one")))
    listed = await store.rankings.list_answers(WORKSPACE, "R1", 1)
    assert [answer.person for answer in listed] == [BEN, CHIOMA, DEV]


@pytest.mark.usefixtures("ranking")
async def test_each_stage_has_its_own_answers(store: Store) -> None:
    await store.rankings.edit_answer(WORKSPACE, "R1", 1, BEN, answering(an_answer(BEN, "one")))
    await store.rankings.open_stage(WORKSPACE, "R1", 1, a_stage(2), [])
    await store.rankings.edit_answer(WORKSPACE, "R1", 2, BEN, answering(an_answer(BEN, "three")))
    assert await store.rankings.list_answers(WORKSPACE, "R1", 1) == [an_answer(BEN, "one")]
    assert await store.rankings.list_answers(WORKSPACE, "R1", 2) == [an_answer(BEN, "three")]
    assert [stage.answered for stage in await store.rankings.list_stages(WORKSPACE, "R1")] == [1, 1]


@pytest.mark.usefixtures("ranking")
async def test_an_answer_is_kept_under_the_person_who_gave_it(store: Store) -> None:
    given = await store.rankings.edit_answer(WORKSPACE, "R1", 1, BEN, answering(an_answer(DEV, "one")))
    assert given.person == BEN
    assert await store.rankings.get_answer(WORKSPACE, "R1", 1, DEV) is None


@pytest.mark.usefixtures("ranking")
async def test_a_ballot_shows_one_person_the_current_stage(store: Store) -> None:
    ballot = await store.rankings.get_ballot(WORKSPACE, "R1", BEN)
    assert ballot is not None
    ranking = a_ranking()
    assert (ballot.ranking_id, ballot.title, ballot.source) == ("R1", ranking.title, ranking.source)
    assert (ballot.items, ballot.status) == (ranking.items, "open")
    assert (ballot.stage, ballot.takes_part, ballot.answer) == (a_stage(), True, None)
    given = an_answer(BEN, "one")
    await store.rankings.edit_answer(WORKSPACE, "R1", 1, BEN, answering(given))
    answered_ballot = await store.rankings.get_ballot(WORKSPACE, "R1", BEN)
    assert answered_ballot == replace(ballot, stage=a_stage(answered=1), answer=given)
    await store.rankings.open_stage(WORKSPACE, "R1", 1, a_stage(2), [])
    assert await store.rankings.get_ballot(WORKSPACE, "R1", BEN) == replace(ballot, stage=a_stage(2))
    outside = await store.rankings.get_ballot(WORKSPACE, "R1", STRANGER)
    assert outside == replace(ballot, stage=a_stage(2), takes_part=False)
    assert await store.rankings.get_ballot(WORKSPACE, "R9", BEN) is None


async def test_an_unknown_ranking_takes_no_answer(store: Store) -> None:
    with pytest.raises(NotFoundError):
        await store.rankings.edit_answer(WORKSPACE, "R1", 1, BEN, answering(an_answer(BEN, "one")))


@pytest.mark.usefixtures("ranking")
@pytest.mark.parametrize("person", [STRANGER, AMINA])
async def test_only_those_on_the_list_answer(store: Store, person: Person) -> None:
    with pytest.raises(NotTakingPartError):
        await store.rankings.edit_answer(WORKSPACE, "R1", 1, person, answering(an_answer(person, "one")))
    assert await store.rankings.list_answers(WORKSPACE, "R1", 1) == []


@pytest.mark.usefixtures("ranking")
async def test_a_closed_past_or_unknown_stage_takes_no_answer(store: Store) -> None:
    await store.rankings.open_stage(WORKSPACE, "R1", 1, a_stage(2), [])
    await store.rankings.close_stage(WORKSPACE, "R1", 2, minutes(5))
    for seq in (1, 2, 3):
        with pytest.raises(StageClosedError):
            await store.rankings.edit_answer(WORKSPACE, "R1", seq, BEN, answering(an_answer(BEN, "one")))
    assert await store.rankings.list_answers(WORKSPACE, "R1", 2) == []


@pytest.mark.usefixtures("ranking")
async def test_an_ended_ranking_takes_no_answer(store: Store) -> None:
    await store.rankings.end_ranking(WORKSPACE, "R1", 1, "cancelled", (), minutes(5), [])
    with pytest.raises(StageClosedError):
        await store.rankings.edit_answer(WORKSPACE, "R1", 1, BEN, answering(an_answer(BEN, "one")))


@pytest.mark.usefixtures("ranking")
async def test_what_an_edit_raises_undoes_everything(store: Store) -> None:
    def refuse(_stage: Stage, so_far: Answer | None) -> Answer:
        raise ValueError("not one of the statements")

    with pytest.raises(ValueError, match="not one of the statements"):
        await store.rankings.edit_answer(WORKSPACE, "R1", 1, BEN, refuse)
    assert await store.rankings.get_answer(WORKSPACE, "R1", 1, BEN) is None
    assert await versions(store) == {}


@pytest.mark.usefixtures("ranking")
async def test_all_clicks_of_one_person_count(store: Store) -> None:
    async def add(item: str) -> None:
        def edit(_stage: Stage, so_far: Answer | None) -> Answer:
            return an_answer(BEN, *(so_far.choice if so_far else ()), item, complete=False)

        await store.rankings.edit_answer(WORKSPACE, "R1", 1, BEN, edit)

    items = {f"item-{number}" for number in range(25)}
    await asyncio.gather(*(add(item) for item in items))
    kept = await store.rankings.get_answer(WORKSPACE, "R1", 1, BEN)
    assert kept is not None
    assert len(kept.choice) == 25
    assert set(kept.choice) == items


async def test_all_people_who_click_at_once_count(store: Store) -> None:
    people = tuple(Person(f"T{number % 3}", f"U{number:03}") for number in range(80))
    await store.rankings.create_ranking(a_ranking(participants=seats(*people)), a_stage(), [a_message()])
    await asyncio.gather(
        *(
            store.rankings.edit_answer(
                WORKSPACE, "R1", 1, person, answering(an_answer(person, "one", complete=complete))
            )
            for person in people
            for complete in (True, False, True)
        )
    )
    listed = await store.rankings.list_answers(WORKSPACE, "R1", 1)
    complete = [answer.person for answer in listed if answer.complete]
    assert [answer.person for answer in listed] == sorted(people)
    assert await answered(store) == len(complete)
    assert await store.rankings.list_answered(WORKSPACE, "R1", 1) == complete


@pytest.mark.usefixtures("ranking")
async def test_a_paused_ranking_takes_no_answer_until_it_is_resumed(store: Store) -> None:
    given = an_answer(BEN, "one")
    await store.rankings.edit_answer(WORKSPACE, "R1", 1, BEN, answering(given))
    await store.rankings.set_paused(WORKSPACE, "R1", actor=AMINA, at=minutes(1))
    for person in (BEN, DEV):
        with pytest.raises(PausedError):
            await store.rankings.edit_answer(WORKSPACE, "R1", 1, person, answering(an_answer(person, "two")))
    assert await store.rankings.list_answers(WORKSPACE, "R1", 1) == [given]
    assert await answered(store) == 1
    await store.rankings.set_resumed(WORKSPACE, "R1", actor=AMINA, at=minutes(2))
    await store.rankings.edit_answer(WORKSPACE, "R1", 1, DEV, answering(an_answer(DEV, "two")))
    assert await answered(store) == 2


async def pause(store: Store) -> None:
    await store.rankings.set_paused(WORKSPACE, "R1", actor=AMINA, at=minutes(3))


async def close(store: Store) -> None:
    await store.rankings.close_stage(WORKSPACE, "R1", 1, minutes(3))


@pytest.mark.parametrize(("end", "refusal"), [(close, StageClosedError), (pause, PausedError)])
async def test_what_is_acknowledged_while_a_stage_closes_or_pauses_is_what_is_kept(
    store: Store, end: Callable[[Store], Awaitable[None]], refusal: type[Exception]
) -> None:
    people = tuple(Person("T1", f"U{number:03}") for number in range(20))
    await store.rankings.create_ranking(a_ranking(participants=seats(*people)), a_stage(), [])
    acknowledged: dict[Person, Answer] = {}
    enough = asyncio.Event()

    async def change_until_refused(person: Person) -> None:
        for number in range(1000):
            answer = an_answer(person, f"choice {number}", complete=number % 3 == 0)
            try:
                await store.rankings.edit_answer(WORKSPACE, "R1", 1, person, answering(answer))
            except refusal:
                return
            acknowledged[person] = answer
            if number == 10:
                enough.set()
        raise AssertionError("the stage was never closed or paused")

    async def end_it() -> list[Answer]:
        await enough.wait()
        await end(store)
        return await store.rankings.list_answers(WORKSPACE, "R1", 1)

    at_close, *_ = await asyncio.gather(end_it(), *(change_until_refused(person) for person in people))
    assert at_close is not None
    assert {answer.person: answer for answer in at_close} == acknowledged
    assert await store.rankings.list_answers(WORKSPACE, "R1", 1) == at_close
    assert await answered(store) == sum(answer.complete for answer in at_close)


async def test_of_answers_given_together_each_is_taken_or_refused_by_itself(store: Store) -> None:
    for number in range(1, 5):
        await store.rankings.create_ranking(a_ranking(id=f"R{number}"), a_stage(ranking_id=f"R{number}"), [])
    await store.rankings.set_paused(WORKSPACE, "R3", actor=AMINA, at=minutes(1))
    await store.rankings.close_stage(WORKSPACE, "R4", 1, minutes(1))

    def refuse(_stage: Stage, _before: Answer | None) -> Answer:
        raise ValueError("not one of the statements")

    async def give(ranking_id: str, person: Person, choice: str) -> Answer:
        change = answering(an_answer(person, choice)) if choice else refuse
        return await store.rankings.edit_answer(WORKSPACE, ranking_id, 1, person, change)

    outcomes = await asyncio.gather(
        give("R1", BEN, "one"),
        give("R2", BEN, "two"),
        give("R1", STRANGER, "one"),
        give("R1", DEV, ""),
        give("R3", BEN, "one"),
        give("R4", BEN, "one"),
        give("R9", BEN, "one"),
        give("R1", BEN, "three"),
        give("R1", CHIOMA, "one"),
        return_exceptions=True,
    )
    assert [type(each) for each in outcomes] == [
        Answer,
        Answer,
        NotTakingPartError,
        ValueError,
        PausedError,
        StageClosedError,
        NotFoundError,
        Answer,
        Answer,
    ]
    kept = {
        ranking_id: {
            answer.person: answer.choice
            for answer in await store.rankings.list_answers(WORKSPACE, ranking_id, 1)
        }
        for ranking_id in ("R1", "R2", "R3", "R4")
    }
    assert kept == {"R1": {BEN: ("three",), CHIOMA: ("one",)}, "R2": {BEN: ("two",)}, "R3": {}, "R4": {}}
    assert await answered(store) == 2
