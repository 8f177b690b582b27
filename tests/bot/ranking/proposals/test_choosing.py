"""The five: what is missing, and what to propose next."""

from itertools import combinations

import pytest

from bot.ranking.proposals.choosing import Shortfall, next_proposals, shortfalls
from bot.ranking.results import GroupOrder, Marks, count_marks, count_order
from tests.bot.ranking.examples import PEOPLE, answer

ITEMS = tuple("abcdefg")
ANNA, BEN, CARA, DEV, ELI = PEOPLE
MARKED = [answer(ANNA, *"abc"), answer(BEN, *"abd"), answer(CARA, *"ade")]


@pytest.fixture(scope="module")
def order() -> GroupOrder:
    found = count_order([answer(person, *ITEMS) for person in PEOPLE], ITEMS)
    assert found is not None
    return found


def marks_of(**counts: int) -> Marks:
    return Marks(tuple(sorted(counts.items(), key=lambda pair: -pair[1])), 5)


def test_what_everybody_marked_lacks_nothing_and_the_rest_is_told_nearest_first() -> None:
    found = shortfalls(MARKED, ITEMS, anonymous=False)
    assert [shortfall.item for shortfall in found] == list("bdcefg")
    assert found[0] == Shortfall("b", 2, 3, (CARA,))
    assert found[-1] == Shortfall("g", 0, 3, (ANNA, BEN, CARA))


def test_without_names_nobody_is_told_apart() -> None:
    found = shortfalls(MARKED, ITEMS, anonymous=True)
    assert [shortfall.count for shortfall in found] == [2, 2, 1, 1, 0, 0]
    assert all(shortfall.without == () for shortfall in found)


def test_unfinished_marks_hold_nothing_back() -> None:
    assert shortfalls([*MARKED, answer(DEV, complete=False)], ITEMS, anonymous=False) == shortfalls(
        MARKED, ITEMS, anonymous=False
    )


def test_the_first_proposal_is_what_was_marked_most_in_the_groups_order(order: GroupOrder) -> None:
    marks = marks_of(e=5, d=4, a=4, b=1)
    assert next_proposals(marks, order, 3, [], limit=1) == (("a", "d", "e"),)


def test_a_tie_for_the_last_place_gives_both_ways(order: GroupOrder) -> None:
    marks = marks_of(a=5, b=4, c=2, d=2)
    assert next_proposals(marks, order, 3, [], limit=2) == (("a", "b", "c"), ("a", "b", "d"))


def test_after_a_block_the_least_marked_gives_way_to_the_most_marked_outside(order: GroupOrder) -> None:
    marks = marks_of(a=5, b=2, c=4, d=3, e=1)
    assert next_proposals(marks, order, 3, ["abc"])[0] == ("a", "c", "d")


def test_between_equals_the_lower_placed_gives_way_and_the_higher_placed_comes(order: GroupOrder) -> None:
    marks = marks_of(a=3, b=3, c=3, d=2, e=2)
    assert next_proposals(marks, order, 3, ["abc"], limit=2) == (("a", "b", "d"), ("a", "b", "e"))


def test_what_everybody_marked_stays_in(order: GroupOrder) -> None:
    marks = marks_of(a=5, b=5, c=1, d=1, e=1)
    for proposal in next_proposals(marks, order, 3, ["abc"], limit=50):
        assert {"a", "b"} <= set(proposal)


def test_nothing_that_was_tried_is_proposed_again_in_whatever_order(order: GroupOrder) -> None:
    marks = marks_of(a=4, b=4, c=4, d=3, e=2, f=1)
    tried: list[tuple[str, ...]] = []
    for _ in range(15):
        proposal = next_proposals(marks, order, 3, tried, limit=1)[0]
        assert set(proposal) not in [set(one) for one in tried]
        tried.append(proposal[::-1])


def test_two_give_way_once_every_single_swap_was_tried(order: GroupOrder) -> None:
    marks = marks_of(a=4, b=3, c=2, d=1)
    singles = [tuple(set("abc") - {out} | {into}) for out in "abc" for into in "defg"]
    found = next_proposals(marks, order, 3, [*singles, "abc"], limit=1)
    assert found == (("a", "d", "e"),)


def test_when_all_was_tried_there_is_nothing_to_propose(order: GroupOrder) -> None:
    marks = marks_of(a=5, b=5, c=1)
    assert next_proposals(marks, order, 3, list(combinations(ITEMS, 3))) == ()


def test_without_any_ballot_the_marks_alone_give_the_order() -> None:
    marks = count_marks(MARKED, ITEMS)
    assert next_proposals(marks, None, 2, [], limit=2) == (("a", "b"), ("a", "d"))
