"""What a round of ballots has in common, and what changed since the round before."""

import pytest

from bot.ranking.compare.comparison import compare_ballots
from bot.ranking.compare.movement import ItemMove, OwnMove, compare_rounds, own_moves
from storage.records.rankings import Answer
from tests.bot.ranking.examples import PEOPLE, answer

ITEMS = tuple("abcdef")


def ballots(*orders: str) -> list[Answer]:
    return [answer(person, *order) for person, order in zip(PEOPLE, orders, strict=False)]


def test_what_all_put_close_together_is_told_from_what_splits_them() -> None:
    found = compare_ballots(ballots("abcdef", "afcdeb", "abcdef", "afcdeb"), ITEMS)
    assert found.agreed == ("a", "c", "d", "e")
    assert found.contested == ("b", "f")


def test_pairs_that_go_together_are_told() -> None:
    found = compare_ballots(ballots("abcdef", "cdefab", "cdabef", "abefcd"), ITEMS)
    assert {(pair.first, pair.second) for pair in found.alike} >= {("a", "b")}


@pytest.mark.parametrize("given", [[], ballots("abcdef")])
def test_below_two_ballots_there_is_nothing_to_compare(given: list[Answer]) -> None:
    found = compare_ballots(given, ITEMS)
    assert (found.agreed, found.contested, found.alike) == ((), (), ())


def test_items_that_moved_furthest_come_first_with_their_bands() -> None:
    movement = compare_rounds(ballots("abc", "abc"), ballots("cab", "cab"), "abc")
    assert movement is not None
    assert movement.items[0] == ItemMove("c", (3, 3), (1, 1))
    assert [move.up for move in movement.items] == [2, -1, -1]
    assert all(move.clear for move in movement.items)


def test_a_move_between_bands_that_overlap_is_not_clear() -> None:
    movement = compare_rounds(ballots("abc", "bac"), ballots("abc", "abc"), "abc")
    assert movement is not None
    by_item = {move.item: move for move in movement.items}
    assert by_item["a"] == ItemMove("a", (1, 2), (1, 1))
    assert by_item["a"].up == 0.5
    assert not by_item["a"].clear


def test_agreement_of_each_round_stands_beside_its_chance_level() -> None:
    movement = compare_rounds(ballots("abcdef", "fedcba"), ballots(*["abcdef"] * 4), ITEMS)
    assert movement is not None
    assert (movement.before.ballots, movement.before.w, movement.before.expected_w) == (2, 0, 0.5)
    assert movement.before.by_chance == 1
    assert movement.before.mean_correlation == -1
    assert (movement.after.ballots, movement.after.w, movement.after.expected_w) == (4, 1, 0.25)
    assert movement.after.by_chance is not None
    assert movement.after.by_chance < 0.01


def test_only_people_who_ranked_twice_can_have_moved() -> None:
    movement = compare_rounds(ballots("abc", "bca", "cab"), ballots("abc", "abc"), "abc")
    assert movement is not None
    assert movement.people == 2
    assert movement.change_by_chance is not None


def test_one_ballot_has_no_agreement_to_compare() -> None:
    movement = compare_rounds(ballots("abc"), ballots("cba"), "abc")
    assert movement is not None
    assert (movement.before.w, movement.before.by_chance, movement.change_by_chance) == (None, None, None)


def test_rounds_are_counted_by_agency_where_the_group_agreed_so() -> None:
    police = [answer(person, *"abc", agency="police") for person in PEOPLE[:3]]
    others = [answer(person, *"bac", agency=name) for person, name in zip(PEOPLE[3:], "xy", strict=True)]
    movement = compare_rounds(police, [*police, *others], "abc", "agency")
    assert movement is not None
    assert {move.item: move.after for move in movement.items}["b"] == (1, 1)


def test_a_round_without_ballots_is_not_compared() -> None:
    assert compare_rounds([], ballots("abc"), "abc") is None
    assert compare_rounds(ballots("abc"), [], "abc") is None


def test_own_moves_are_furthest_first_and_leave_out_what_stayed() -> None:
    assert own_moves("abcd", "dbca") == (OwnMove("d", 4, 1), OwnMove("a", 1, 4))
    assert [move.up for move in own_moves("abcd", "dbca")] == [3, -3]
    assert own_moves("abc", "abc") == ()


def test_what_was_placed_once_only_did_not_move() -> None:
    assert own_moves("ab", "ca") == (OwnMove("a", 1, 2),)
    assert own_moves("", "abc") == ()
