import pytest

from bot.ranking.counting.ballots import Ballot, ballot_weights
from bot.ranking.counting.profile import Profile, weighted_sum
from tests.bot.ranking.counting.elections import election


def test_ties_and_unranked_items_count_for_neither_side() -> None:
    profile = Profile("ABCDE", [Ballot("Ann", (("A",), ("B", "C")))])
    assert profile.preferences([1]).tolist() == [
        [0, 1, 1, 1, 1],
        [0, 0, 0, 1, 1],
        [0, 0, 0, 1, 1],
        [0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0],
    ]


def test_a_ballot_without_any_place_says_nothing() -> None:
    assert Profile("AB", [Ballot("Ann", ())]).preferences([1]).tolist() == [[0, 0], [0, 0]]


def test_large_weights_are_summed_exactly() -> None:
    ballots = election((1, "AB"), (1, "BA"), (1, "AB"))
    huge = 2**80
    assert Profile("AB", ballots).preferences([huge, huge + 1, 3]).tolist() == [[0, huge + 3], [huge + 1, 0]]


def test_weights_just_past_the_limit_of_floats() -> None:
    ballots = election((1, "AB"), (1, "BA"), (1, "AB"))
    weights = [2**53, 2**53 + 1, 1]
    assert Profile("AB", ballots).preferences(weights).tolist() == [[0, 2**53 + 1], [2**53 + 1, 0]]


def test_weighted_sum_takes_the_size_of_the_rows_into_account() -> None:
    rows = Profile("AB", election((2**52, "AB"), (1, "BA"))).double_ranks[0]
    assert weighted_sum([2**52, 1], rows).tolist() == [2**53 + 4, 2**54 + 2]


def test_people_weigh_their_count() -> None:
    assert ballot_weights(election((3, "AB"), (1, "BA")), "person") == ([3, 1], 1)


def test_an_agency_shares_one_vote_among_its_people() -> None:
    ballots = [
        Ballot("Ann", (("A",),), "police", count=2),
        Ballot("Ben", (("A",),), "police"),
        Ballot("Cas", (("A",),), "school", count=4),
    ]
    weights, scale = ballot_weights(ballots, "agency")
    assert (weights, scale) == ([8, 4, 12], 12)


def test_people_without_an_agency_share_one_vote() -> None:
    ballots = [Ballot("Ann", (("A",),), "police"), Ballot("Ben", (("A",),)), Ballot("Cas", (("A",),))]
    assert ballot_weights(ballots, "agency") == ([2, 1, 1], 2)


@pytest.mark.parametrize(
    ("items", "ballots", "fault"),
    [
        ("", [], "at least one item"),
        ("AA", [], "each item once"),
        ("AB", [Ballot("Ann", (("A",), ("C",)))], "'C', which is not one of the items"),
        ("AB", [Ballot("Ann", (("A",), ("A",)))], "ranks an item twice"),
        ("AB", [Ballot("Ann", (("A", "A"),))], "ranks an item twice"),
        ("AB", [Ballot("Ann", (("A",),), count=0)], "at least once"),
    ],
)
def test_ballots_that_do_not_fit_the_items(items: str, ballots: list[Ballot], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        Profile(items, ballots)
