"""Saved strategies and misses, on both engines."""

import asyncio
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from storage.records.lookups import Miss
from storage.records.people import Person
from storage.store import ConflictError, Store
from tests.storage.examples import AMINA, BEN, STRANGER, WORKSPACE, a_home, a_message, minutes

OTHER = "T0MOORSIDE"
MARCH = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


async def save(store: Store, person: Person, *strategy_ids: str) -> None:
    for minute, strategy_id in enumerate(strategy_ids):
        assert await store.lookups.save_strategy(WORKSPACE, person, strategy_id, minutes(minute))


async def dirty_ids(store: Store) -> set[str]:
    return {message.id for message in await store.messages.dirty_messages()}


async def watch(store: Store) -> None:
    """Keep Home tabs and a board, all of them sent."""
    await store.messages.add_message(a_message(sent_version=1))
    for person in (AMINA, BEN, STRANGER):
        await store.messages.add_message(a_home(person, sent_version=1))
    await store.messages.add_message(a_home(BEN, workspace_id=OTHER, sent_version=1))


async def test_saved_strategies_are_listed_newest_first(store: Store) -> None:
    await save(store, BEN, "trust-2", "roles-1", "aims-3")
    assert await store.lookups.list_saved(WORKSPACE, BEN) == ["aims-3", "roles-1", "trust-2"]
    assert await store.lookups.list_saved(WORKSPACE, AMINA) == []


async def test_a_list_is_the_persons_own(store: Store) -> None:
    await save(store, AMINA, "trust-2")
    await save(store, STRANGER, "roles-1")
    assert await store.lookups.list_saved(WORKSPACE, AMINA) == ["trust-2"]
    assert await store.lookups.list_saved(WORKSPACE, STRANGER) == ["roles-1"]
    assert not await store.lookups.unsave_strategy(WORKSPACE, STRANGER, "trust-2")
    assert await store.lookups.list_saved(WORKSPACE, AMINA) == ["trust-2"]


async def test_saving_shows_in_the_persons_home_only(store: Store) -> None:
    await watch(store)
    await save(store, BEN, "trust-2")
    assert [(each.workspace_id, each.id) for each in await store.messages.dirty_messages()] == [
        (WORKSPACE, a_home(BEN).id)
    ]


async def test_what_is_saved_already_is_not_saved_again(store: Store) -> None:
    await save(store, BEN, "trust-2", "roles-1")
    await watch(store)
    assert not await store.lookups.save_strategy(WORKSPACE, BEN, "trust-2", minutes(9))
    assert await store.lookups.list_saved(WORKSPACE, BEN) == ["roles-1", "trust-2"]
    assert await dirty_ids(store) == set()


async def test_a_strategy_is_taken_off_once(store: Store) -> None:
    await save(store, BEN, "trust-2", "roles-1")
    await watch(store)
    assert await store.lookups.unsave_strategy(WORKSPACE, BEN, "trust-2")
    assert await store.lookups.list_saved(WORKSPACE, BEN) == ["roles-1"]
    assert await dirty_ids(store) == {a_home(BEN).id}


async def test_taking_off_what_is_not_there_changes_nothing(store: Store) -> None:
    await save(store, BEN, "roles-1")
    await watch(store)
    assert not await store.lookups.unsave_strategy(WORKSPACE, BEN, "trust-2")
    assert await dirty_ids(store) == set()


async def test_a_strategy_saved_again_is_the_newest(store: Store) -> None:
    await save(store, BEN, "trust-2", "roles-1")
    await store.lookups.unsave_strategy(WORKSPACE, BEN, "trust-2")
    assert await store.lookups.save_strategy(WORKSPACE, BEN, "trust-2", minutes(9))
    assert await store.lookups.list_saved(WORKSPACE, BEN) == ["trust-2", "roles-1"]


async def test_a_full_list_takes_no_more_until_one_is_taken_off(store: Store) -> None:
    await save(store, BEN, *(f"s-{number}" for number in range(100)))
    await watch(store)
    with pytest.raises(ConflictError, match="100"):
        await store.lookups.save_strategy(WORKSPACE, BEN, "one-more", minutes(200))
    assert not await store.lookups.save_strategy(WORKSPACE, BEN, "s-0", minutes(200))
    assert len(await store.lookups.list_saved(WORKSPACE, BEN)) == 100
    assert await dirty_ids(store) == set()
    await save(store, AMINA, "one-more")
    await store.lookups.unsave_strategy(WORKSPACE, BEN, "s-0")
    assert await store.lookups.save_strategy(WORKSPACE, BEN, "one-more", minutes(200))
    assert (await store.lookups.list_saved(WORKSPACE, BEN))[0] == "one-more"


async def test_of_two_presses_at_once_one_saves(store: Store) -> None:
    saves = [store.lookups.save_strategy(WORKSPACE, BEN, "trust-2", minutes(0)) for _ in range(6)]
    assert sorted(await asyncio.gather(*saves)) == [False] * 5 + [True]
    assert await store.lookups.list_saved(WORKSPACE, BEN) == ["trust-2"]


async def test_presses_at_once_do_not_pass_the_limit(store: Store) -> None:
    await save(store, BEN, *(f"s-{number}" for number in range(98)))
    saves = [store.lookups.save_strategy(WORKSPACE, BEN, f"late-{n}", minutes(200)) for n in range(8)]
    results = await asyncio.gather(*saves, return_exceptions=True)
    assert [type(result) for result in results].count(ConflictError) == 6
    assert results.count(True) == 2
    assert len(await store.lookups.list_saved(WORKSPACE, BEN)) == 100


async def test_lists_stop_at_the_workspace(store: Store) -> None:
    await save(store, BEN, "trust-2")
    assert await store.lookups.list_saved(OTHER, BEN) == []
    assert not await store.lookups.unsave_strategy(OTHER, BEN, "trust-2")
    assert await store.lookups.save_strategy(OTHER, BEN, "trust-2", minutes(0))
    assert await store.lookups.unsave_strategy(WORKSPACE, BEN, "trust-2")
    assert await store.lookups.list_saved(OTHER, BEN) == ["trust-2"]


async def test_misses_are_counted_most_frequent_first(store: Store) -> None:
    for words, days in [("parking", 0), ("car park", 3), ("parking", 2), ("parking", 1), ("lunch", 4)]:
        await store.lookups.record_miss(WORKSPACE, words, "nothing", MARCH + timedelta(days=days))
    assert await store.lookups.list_misses(WORKSPACE) == [
        Miss("parking", "nothing", 3, date(2026, 3, 4)),
        Miss("lunch", "nothing", 1, date(2026, 3, 6)),
        Miss("car park", "nothing", 1, date(2026, 3, 5)),
    ]
    assert [miss.words for miss in await store.lookups.list_misses(WORKSPACE, limit=2)] == [
        "parking",
        "lunch",
    ]


async def test_the_two_kinds_are_counted_apart(store: Store) -> None:
    await store.lookups.record_miss(WORKSPACE, "parking", "unhelpful", MARCH)
    await store.lookups.record_miss(WORKSPACE, "parking", "nothing", MARCH)
    await store.lookups.record_miss(WORKSPACE, "parking", "unhelpful", MARCH)
    assert await store.lookups.list_misses(WORKSPACE) == [
        Miss("parking", "unhelpful", 2, date(2026, 3, 2)),
        Miss("parking", "nothing", 1, date(2026, 3, 2)),
    ]


async def test_misses_counted_at_once_are_all_counted(store: Store) -> None:
    await asyncio.gather(
        *(store.lookups.record_miss(WORKSPACE, "parking", "nothing", MARCH) for _ in range(12))
    )
    assert await store.lookups.list_misses(WORKSPACE) == [Miss("parking", "nothing", 12, MARCH.date())]


async def test_the_day_is_that_of_utc(store: Store) -> None:
    late = datetime(2026, 7, 1, 0, 30, tzinfo=timezone(timedelta(hours=1)))
    await store.lookups.record_miss(WORKSPACE, "parking", "nothing", late)
    assert await store.lookups.list_misses(WORKSPACE) == [Miss("parking", "nothing", 1, date(2026, 6, 30))]


async def test_a_miss_without_a_time_zone_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="time zone"):
        await store.lookups.record_miss(WORKSPACE, "parking", "nothing", datetime(2026, 7, 1))  # noqa: DTZ001 - that is what is refused
    assert await store.lookups.list_misses(WORKSPACE) == []


async def test_long_words_are_cut_and_count_as_cut(store: Store) -> None:
    await store.lookups.record_miss(WORKSPACE, "é" * 201, "nothing", MARCH)
    await store.lookups.record_miss(WORKSPACE, "é" * 3000, "nothing", MARCH)
    assert await store.lookups.list_misses(WORKSPACE) == [Miss("é" * 200, "nothing", 2, MARCH.date())]
    await store.lookups.forget_misses(WORKSPACE, "é" * 500, by=BEN, at=minutes(9))
    assert await store.lookups.list_misses(WORKSPACE) == []


@pytest.mark.parametrize(("words", "kept"), [("a\0b", "ab"), ("a\ud800", "a\ufffd"), ("%s :x '", "%s :x '")])
async def test_words_are_kept_as_any_text_is(store: Store, words: str, kept: str) -> None:
    await store.lookups.record_miss(WORKSPACE, words, "nothing", MARCH)
    assert [miss.words for miss in await store.lookups.list_misses(WORKSPACE)] == [kept]
    await store.lookups.forget_misses(WORKSPACE, words, by=BEN, at=minutes(9))
    assert await store.lookups.list_misses(WORKSPACE) == []


@pytest.mark.parametrize("words", ["", " ", "\0"])
async def test_where_there_are_no_words_nothing_is_counted(store: Store, words: str) -> None:
    await store.lookups.record_miss(WORKSPACE, words, "nothing", MARCH)
    assert await store.lookups.list_misses(None) == []


async def test_forgotten_words_go_in_both_kinds_and_others_stay(store: Store) -> None:
    for words in ("parking", "car park"):
        await store.lookups.record_miss(WORKSPACE, words, "nothing", MARCH)
    await store.lookups.record_miss(WORKSPACE, "parking", "unhelpful", MARCH)
    await store.lookups.forget_misses(WORKSPACE, "parking", by=BEN, at=minutes(9))
    assert await store.lookups.list_misses(WORKSPACE) == [Miss("car park", "nothing", 1, MARCH.date())]
    await store.lookups.record_miss(WORKSPACE, "parking", "nothing", MARCH)
    assert [miss.count for miss in await store.lookups.list_misses(WORKSPACE)] == [1, 1]


async def test_misses_stop_at_the_workspace_unless_all_are_asked_for(store: Store) -> None:
    await store.lookups.record_miss(WORKSPACE, "parking", "nothing", MARCH)
    await store.lookups.record_miss(OTHER, "parking", "nothing", MARCH + timedelta(days=1))
    await store.lookups.record_miss(OTHER, "lunch", "nothing", MARCH)
    assert await store.lookups.list_misses(WORKSPACE) == [Miss("parking", "nothing", 1, date(2026, 3, 2))]
    assert await store.lookups.list_misses(None) == [
        Miss("parking", "nothing", 2, date(2026, 3, 3)),
        Miss("lunch", "nothing", 1, date(2026, 3, 2)),
    ]
    await store.lookups.forget_misses(WORKSPACE, "parking", by=BEN, at=minutes(9))
    assert await store.lookups.list_misses(None) == [
        Miss("parking", "nothing", 1, date(2026, 3, 3)),
        Miss("lunch", "nothing", 1, date(2026, 3, 2)),
    ]
