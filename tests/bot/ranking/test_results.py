"""What answers come to."""

from bot.ranking.results import (
    count_marks,
    count_order,
    own_differences,
    suggest_chosen,
    suggest_discard,
)
from tests.bot.ranking.examples import PEOPLE, answer

ITEMS = tuple("abcdefg")
ANNA, BEN, CARA, DEV, ELI = PEOPLE


def test_marks_are_counted_most_first_and_ties_in_the_order_of_the_statements() -> None:
    marks = count_marks([answer(ANNA, "c"), answer(BEN, "a"), answer(CARA, "c"), answer(DEV, "b")], ITEMS)
    assert marks.counts == (("c", 2), ("a", 1), ("b", 1))
    assert marks.voters == 4


def test_unfinished_marks_do_not_count() -> None:
    marks = count_marks([answer(ANNA, "a", complete=False), answer(BEN, "a")], ITEMS)
    assert marks.counts == (("a", 1),)


def test_unanimous_means_marked_by_everybody_who_answered() -> None:
    marks = count_marks([answer(ANNA, "a", "b"), answer(BEN, "b", "c")], ITEMS)
    assert marks.unanimous == ("b",)
    assert count_marks([], ITEMS).unanimous == ()


def test_the_group_order_tells_ties_as_bands() -> None:
    order = count_order([answer(ANNA, "a", "b", "c"), answer(BEN, "b", "a", "c")], ("a", "b", "c"))
    assert order is not None
    assert order.tally.bands == {"a": (1, 2), "b": (1, 2), "c": (3, 3)}
    assert order.tally.order is None


def test_what_somebody_left_unplaced_counts_as_last_on_their_ballot() -> None:
    order = count_order([answer(ANNA, "c", complete=False)], ("a", "b", "c"))
    assert order is not None
    assert order.items[0] == "c"
    assert order.tally.bands["a"] == order.tally.bands["b"] == (2, 3)


def test_no_ballot_gives_no_order() -> None:
    assert count_order([answer(ANNA, complete=False)], ITEMS) is None


def test_the_item_named_most_is_suggested_unless_it_was_tried() -> None:
    marks = count_marks([answer(ANNA, "c"), answer(BEN, "c"), answer(CARA, "a")], ITEMS)
    assert suggest_discard(marks, []) == "c"
    assert suggest_discard(marks, ["c"]) == "a"
    assert suggest_discard(marks, ["a", "c"]) is None


def test_a_tie_suggests_nothing() -> None:
    assert suggest_discard(count_marks([answer(ANNA, "c"), answer(BEN, "a")], ITEMS), []) is None


def test_five_are_suggested_by_marks_and_set_in_the_groups_order() -> None:
    order = count_order([answer(person, *"abcdefg") for person in PEOPLE], ITEMS)
    marks = count_marks([answer(ANNA, *"gfedc"), answer(BEN, *"gfeda")], ITEMS)
    assert suggest_chosen(marks, order, 5) == ("a", "d", "e", "f", "g")


def test_five_are_suggested_without_any_ballot_by_marks_alone() -> None:
    assert suggest_chosen(count_marks([answer(ANNA, *"gfedc")], ITEMS), None, 5) == tuple("cdefg")


def test_own_differences_are_largest_first_and_leave_out_what_hardly_differs() -> None:
    answers = [*(answer(person, *"abcdefg") for person in PEOPLE[1:]), answer(ANNA, *"gbcdefa")]
    order = count_order(answers, ITEMS)
    assert order is not None
    found = own_differences(order, "gbcdefa")
    assert [(one.item, one.own, one.gap) for one in found] == [("g", 1, 6), ("a", 7, 6)]
    assert own_differences(order, "abcdefg") == ()
    assert own_differences(order, ()) == ()
