"""Agencies: asked once, kept by workspace, carried into what is open."""

from storage.records.rankings import Rules
from storage.store import Store
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
    answering,
    minutes,
)


async def agencies_in(store: Store, ranking_id: str) -> list[str]:
    ranking = await store.rankings.get_ranking(WORKSPACE, ranking_id)
    assert ranking is not None
    return [each.agency for each in ranking.participants]


async def test_an_agency_is_unknown_until_it_is_said_even_if_it_is_withheld(store: Store) -> None:
    assert await store.people.get_agency(WORKSPACE, BEN) is None
    await store.people.set_agency(WORKSPACE, BEN, " Harbour Health ")
    assert await store.people.get_agency(WORKSPACE, BEN) == "Harbour Health"
    await store.people.set_agency(WORKSPACE, BEN, "")
    assert await store.people.get_agency(WORKSPACE, BEN) == ""
    assert await store.people.get_agency("T0ELSE", BEN) is None


async def test_agencies_are_read_for_many_and_listed_once(store: Store) -> None:
    for person, agency in [(AMINA, "Schools"), (BEN, "Health"), (CHIOMA, "Health"), (DEV, "")]:
        await store.people.set_agency(WORKSPACE, person, agency)
    await store.people.set_agency("T0ELSE", AMINA, "Police")
    found = await store.people.get_agencies(WORKSPACE, [AMINA, DEV, STRANGER])
    assert found == {AMINA: "Schools", DEV: ""}
    assert await store.people.get_agencies(WORKSPACE, []) == {}
    assert await store.people.list_agencies(WORKSPACE) == ["Health", "Schools"]


async def test_open_rankings_follow_and_ended_ones_stay(store: Store) -> None:
    for ranking_id in ("R1", "R2"):
        await store.rankings.create_ranking(a_ranking(id=ranking_id), a_stage(ranking_id=ranking_id), [])
    await store.rankings.end_ranking(WORKSPACE, "R2", 1, "cancelled", (), minutes(3), [])
    await store.rankings.edit_answer(WORKSPACE, "R1", 1, BEN, answering(an_answer(BEN, "one")))
    await store.messages.add_message(a_home(BEN, sent_version=1))
    await store.people.set_agency(WORKSPACE, BEN, "Health")
    assert await agencies_in(store, "R1") == ["Health", "", ""]
    assert await agencies_in(store, "R2") == ["", "", ""]
    assert [each.id for each in await store.messages.dirty_messages()] == [a_home(BEN).id]
    own = an_answer(BEN, "one", agency="Health")
    assert await store.rankings.list_answers(WORKSPACE, "R1", 1) == [own]
    assert await store.rankings.get_answer(WORKSPACE, "R1", 1, BEN) == own


async def test_an_anonymous_answer_is_not_moved_to_another_agency(store: Store) -> None:
    await store.rankings.create_ranking(a_ranking(rules=Rules(anonymous=True)), a_stage(), [])
    await store.people.set_agency(WORKSPACE, BEN, "Health")
    await store.rankings.edit_answer(WORKSPACE, "R1", 1, BEN, answering(an_answer(BEN, "one")))
    for person in (BEN, CHIOMA):
        await store.people.set_agency(WORKSPACE, person, "Schools")
    assert await agencies_in(store, "R1") == ["Health", "Schools", ""]
    assert await store.people.get_agency(WORKSPACE, BEN) == "Schools"
