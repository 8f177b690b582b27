"""What the pictures say to those who do not see them."""

import pytest

from bot.ranking.counting.ballots import Ballot
from bot.ranking.counting.spread import spreads
from bot.ranking.counting.tally import count_ballots
from bot.ranking.pictures.agencies import Agency, agencies_chart
from bot.ranking.pictures.chart import IMAGE_ALT, UPLOAD_ALT
from bot.ranking.pictures.diamond import diamond_chart
from bot.ranking.pictures.movement import movement_chart
from bot.ranking.pictures.places import places_chart
from bot.ranking.results import GroupOrder
from tests.bot.ranking.pictures.examples import HARD, LONG, make_charts, make_order


def ordered(*orders: str, items: str) -> GroupOrder:
    """A count of ballots such as "ABC" over statements of one letter."""
    ballots = [Ballot(str(at), tuple((item,) for item in order)) for at, order in enumerate(orders)]
    return GroupOrder(count_ballots(ballots, list(items)), spreads(ballots, list(items)))


def test_places_are_told_with_the_groups_place_and_how_many_gave_which() -> None:
    chart = places_chart("Joint work", ordered("ABC", "ABC", "AC", items="ABC"))
    assert chart.alt_text() == (
        "Table: where 3 people put each statement. Each with the group's place, then how many people gave it "
        "which place. A: place 1 (3 at 1). B: place 2 (2 at 2, 1 unplaced). C: place 3 (1 at 2, 2 at 3)."
    )


def test_agencies_are_told_with_their_means_and_how_far_apart_they_are() -> None:
    agencies = [Agency("Elm School", 3), Agency("Police", 1)]
    chart = agencies_chart(
        "", ordered("AB", items="AB"), agencies, [{"A": 1.25, "B": 1.75}, {"A": 2, "B": 1}]
    )
    assert chart is not None
    assert chart.alt_text() == (
        "Table: the mean place of each statement by agency (and how many people): Elm School (3), Police (1)."
        " A: 1.2, 2.0; apart 0.8. B: 1.8, 1.0; apart 0.8."
    )


def test_there_is_no_comparison_of_one_agency() -> None:
    assert agencies_chart("", ordered("AB", items="AB"), [Agency("", 1)], [{"A": 1, "B": 2}]) is None


def test_movement_is_told_with_both_places_and_the_change() -> None:
    chart = movement_chart("", [("A", (2, 3), (1, 1)), ("B", (1, 1), (2, 2)), ("C", (2, 3), (2, 3))], 3)
    assert chart.alt_text() == (
        "Chart: how places moved from round 2 to round 3. A: places 2 to 3, now place 1, up 1.5. "
        "B: place 1, now place 2, down 1. C: places 2 to 3, now places 2 to 3, same."
    )


def test_the_diamond_tells_its_rows_and_the_ties_that_reach_beyond_them() -> None:
    chart = diamond_chart("", ordered("ABCDEFGHI", "ABDCEFGHI", items="ABCDEFGHI"))
    assert chart is not None
    assert chart.alt_text() == (
        "Diamond of nine statements in rows of one, two, three, two and one. The most important on top. "
        "Dashed: a tie, so it could stand in another row too. Row 1, place 1: A. Row 2, place 2: B. "
        "Row 2, places 3 to 4, could stand in another row: C. "
        "Row 3, places 3 to 4, could stand in another row: D. "
        "Row 3, place 5: E. Row 3, place 6: F. Row 4, place 7: G. Row 4, place 8: H. Row 5, place 9: I."
    )


def test_a_tie_inside_a_row_leaves_the_diamond_as_it_is() -> None:
    chart = diamond_chart("", ordered("ABCDEFGHI", "ACBDEFGHI", items="ABCDEFGHI"))
    assert chart is not None
    assert chart.note == "The most important on top."
    assert chart.cards[1].band == (2, 3)


@pytest.mark.parametrize("count", [8, 10])
def test_there_is_a_diamond_of_nine_statements_only(count: int) -> None:
    assert diamond_chart("", make_order(count, 3)) is None


@pytest.mark.parametrize("limit", [UPLOAD_ALT, IMAGE_ALT])
@pytest.mark.parametrize(
    ("count", "people", "title"), [(3, 2, "Trust"), (9, 12, LONG), (10, 2, HARD), (25, 40, LONG)]
)
def test_the_words_keep_to_slacks_limits_and_name_every_statement(
    limit: int, count: int, people: int, title: str
) -> None:
    for chart in make_charts(count, people, title):
        text = chart.alt_text(limit)
        assert len(text) <= limit
        assert text.count(title[:15]) >= count
        assert "in the record" not in text


def test_what_does_not_fit_at_all_is_counted() -> None:
    (places, *_rest) = make_charts(25, 40, LONG)
    text = places.alt_text(400)
    assert len(text) <= 400
    assert text.endswith("more are in the record.")
    assert len(places.alt_text(50)) <= 50
