"""Admins put the names of agencies in order; people and open rankings follow, ended ones stay."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.governance import ids
from bot.governance.agencies.listeners import GONE, NOTHING_NEW, TAKEN
from bot.governance.agencies.views import agencies_modal, joining_modal
from sandbox.limits import view_faults
from storage.records.people import Agency, Person
from storage.records.rankings import Answer, Participant, Rules, Stage
from storage.store import Store
from tests.bot.governance.desk import Desk
from tests.slack import ANNA, BEN, PIA, TEAM, words_of
from tests.storage.examples import a_ranking

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
PEOPLE = {user: Person(user.team_id, user.id) for user in (ANNA, BEN, PIA)}


@pytest.fixture(autouse=True)
async def agencies(store: Store) -> None:
    for user, agency in ((ANNA, "Hillside School"), (BEN, "Hilside Schol"), (PIA, "Harbour Trust")):
        await store.people.set_agency(TEAM, PEOPLE[user], agency)


async def rank(store: Store, ranking_id: str, *, anonymous: bool = False, answered: bool = False) -> None:
    seats = tuple(
        Participant(person, agency)
        for person, agency in zip(
            PEOPLE.values(), ("Hillside School", "Hilside Schol", "Harbour Trust"), strict=True
        )
    )
    ranking = replace(
        a_ranking(), id=ranking_id, workspace_id=TEAM, participants=seats, rules=Rules(anonymous=anonymous)
    )
    items = tuple(item.id for item in ranking.items)
    await store.rankings.create_ranking(ranking, Stage(ranking_id, 1, "rank", items, NOW), [])
    if answered:

        def answer(_stage: Stage, _before: Answer | None) -> Answer:
            return Answer(PEOPLE[BEN], items, True, NOW)

        await store.rankings.edit_answer(TEAM, ranking_id, 1, PEOPLE[BEN], answer)


async def seats_of(store: Store, ranking_id: str) -> list[str]:
    ranking = await store.rankings.get_ranking(TEAM, ranking_id)
    assert ranking is not None
    return [participant.agency for participant in ranking.participants]


async def test_two_spellings_become_one_in_open_rankings_and_stay_in_ended_ones(
    desk: Desk, store: Store
) -> None:
    for ranking_id in ("open", "ended"):
        await rank(store, ranking_id)
    await rank(store, "secret", anonymous=True, answered=True)
    await store.rankings.end_ranking(TEAM, "ended", 1, "cancelled", (), NOW, [])
    form = await desk.press(await desk.open("Agencies"), "Make part of another", nth=2)
    assert "Hilside Schol" in words_of(form.blocks)
    answer = await desk.bot.submit(form, {ids.INTO_FIELD: "Hillside School"})
    assert "That changed the agency of 1 person." in words_of(answer["view"]["blocks"])
    assert await store.people.count_agencies(TEAM) == [
        Agency("Harbour Trust", 1),
        Agency("Hillside School", 2),
    ]
    assert await seats_of(store, "open") == ["Hillside School", "Hillside School", "Harbour Trust"]
    assert await seats_of(store, "ended") == ["Hillside School", "Hilside Schol", "Harbour Trust"]
    # What Ben answered would show in the difference.
    assert await seats_of(store, "secret") == ["Hillside School", "Hilside Schol", "Harbour Trust"]
    line = (await store.audit.list_entries(TEAM, limit=1))[0]
    assert (line.kind, line.actor) == ("agencies_joined", PEOPLE[ANNA])
    assert line.detail == {"people": 1, "rankings": 1, "joined": True}


async def test_a_new_name_goes_everywhere_even_where_answers_are_secret(desk: Desk, store: Store) -> None:
    await rank(store, "secret", anonymous=True, answered=True)
    form = await desk.press(await desk.open("Agencies"), "Rename", nth=2)
    await desk.bot.submit(form, {ids.NAME_FIELD: "Hillside Primary"})
    assert await store.people.get_agency(TEAM, PEOPLE[BEN]) == "Hillside Primary"
    assert await seats_of(store, "secret") == ["Hillside School", "Hillside Primary", "Harbour Trust"]
    assert (await store.audit.list_entries(TEAM, limit=1))[0].kind == "agency_renamed"


async def test_a_name_that_is_taken_or_the_same_is_refused_beside_the_field(desk: Desk, store: Store) -> None:
    form = await desk.press(await desk.open("Agencies"), "Rename", nth=2)
    for name, words in (("Hillside School", TAKEN), ("Hilside Schol", NOTHING_NEW)):
        assert (await desk.bot.submit(form, {ids.NAME_FIELD: name}))["errors"] == {ids.NAME_FIELD: words}
    assert len(await store.people.count_agencies(TEAM)) == 3


async def test_what_has_gone_meanwhile_is_said(desk: Desk, store: Store) -> None:
    listed = await desk.open("Agencies")
    renaming = await desk.press(listed, "Rename", nth=2)
    joining = await desk.press(listed, "Make part of another", nth=2)
    await store.people.set_agency(TEAM, PEOPLE[BEN], "Hillside School")
    for form, values in ((renaming, {ids.NAME_FIELD: "New"}), (joining, {ids.INTO_FIELD: "Harbour Trust"})):
        answer = await desk.bot.submit(form, values)
        assert GONE in words_of(answer["view"]["blocks"])


def test_lists_stay_within_slacks_limits_empty_and_at_their_largest() -> None:
    many = [Agency(f"{number:03} {'&' * 71}", number) for number in range(150)]
    for view in (agencies_modal([]), *(agencies_modal(many, offset) for offset in (0, 20, 140))):
        assert view_faults(view) == []
    assert view_faults(joining_modal(many[0].name, many)) == []
