"""A ballot changes press by press and never holds anything twice."""

from hypothesis import given
from hypothesis import strategies as st

from bot.ranking.answers.ballot import add, place, remove, shuffled

ITEMS = [f"s-{number}" for number in range(1, 10)]
PRESSES = st.lists(st.tuples(st.sampled_from(ITEMS), st.integers(-3, 30), st.booleans()))


def test_adding_puts_an_item_last_and_leaves_it_where_it_stands() -> None:
    assert add(("a", "b"), "c") == ("a", "b", "c")
    assert add(("a", "b"), "a") == ("a", "b")


def test_moving_up_swaps_with_the_one_before() -> None:
    assert place(("a", "b", "c"), "c", 2) == ("a", "c", "b")


def test_the_same_press_twice_changes_nothing_more() -> None:
    once = place(("a", "b", "c"), "a", 2)
    assert place(once, "a", 2) == once == ("b", "a", "c")


def test_removing_what_is_not_there_changes_nothing() -> None:
    assert remove(("a", "b"), "z") == ("a", "b")


@given(PRESSES)
def test_any_presses_leave_each_item_at_most_once(presses: list[tuple[str, int, bool]]) -> None:
    order: tuple[str, ...] = ()
    for item, to, away in presses:
        order = remove(order, item) if away else place(order, item, to)
        assert (item in order) is not away
        assert len(order) == len(set(order))


def test_each_person_keeps_an_order_of_their_own() -> None:
    orders = {shuffled(ITEMS, f"r1|T|U{number}") for number in range(50)}
    assert len(orders) > 45
    assert all(sorted(order) == sorted(ITEMS) for order in orders)
    assert shuffled(ITEMS, "r1|T|U1") == shuffled(ITEMS, "r1|T|U1")
