from itertools import product

import pytest

from bot.ranking.counting.agreement import kendall_w, mean_correlation
from bot.ranking.counting.ballots import Ballot
from bot.ranking.counting.chance import chance_of_w, expected_w
from bot.ranking.counting.profile import Profile
from tests.bot.ranking.counting.elections import election, from_places


def test_the_same_order_from_everybody_is_one() -> None:
    profile = Profile("ABCD", election((3, "ABCD")))
    assert kendall_w(profile) == 1
    assert mean_correlation(profile) == 1


def test_the_same_ties_from_everybody_are_one_too() -> None:
    profile = Profile("ABCD", election((2, "A BC D")))
    assert kendall_w(profile) == 1
    assert mean_correlation(profile) == 1


def test_w_and_mean_correlation_hang_together_without_ties() -> None:
    profile = Profile("ABCD", election((3, "ABCD"), (2, "BDAC"), (4, "DCAB")))
    w, correlation = kendall_w(profile), mean_correlation(profile)
    assert w is not None
    assert correlation == pytest.approx((9 * w - 1) / 8)


def test_unranked_items_tie_for_last() -> None:
    short = Profile("ABCD", [Ballot("Ann", (("A",),)), *election((1, "BACD"))])
    full = Profile("ABCD", election((1, "A BCD"), (1, "BACD")))
    assert kendall_w(short) == kendall_w(full)
    assert mean_correlation(short) == mean_correlation(full)


@pytest.mark.parametrize(
    ("items", "ballots"),
    [
        ("AB", []),
        ("AB", election((1, "AB"))),
        ("A", election((5, "A"))),
        ("AB", [Ballot("Ann", (("A", "B"),), count=5)]),
        ("AB", [Ballot("Ann", (), count=5)]),
    ],
)
def test_nothing_to_compare(items: str, ballots: list[Ballot]) -> None:
    profile = Profile(items, ballots)
    assert kendall_w(profile) is None
    assert mean_correlation(profile) is None


def test_ballots_that_tell_nothing_apart_have_no_correlation() -> None:
    level = Ballot("Ann", (("A", "B", "C"),), count=7)
    pair = election((1, "ABC"), (1, "CBA"))
    assert mean_correlation(Profile("ABC", [level, *pair])) == -1
    assert mean_correlation(Profile("ABC", [level, pair[0]])) is None


def test_huge_counts_lose_nothing() -> None:
    million = 10**9
    profile = Profile("AB", election((million, "AB"), (million, "BA")))
    assert kendall_w(profile) == 0
    assert mean_correlation(profile) == pytest.approx(-1 / (2 * million - 1), abs=1e-12)


def test_w_that_chance_gives_on_average() -> None:
    assert expected_w(4) == 0.25


def test_simulated_chance_is_near_the_exact_one() -> None:
    three = ("123", "132", "213", "231", "312", "321")
    draws = [kendall_w(Profile("abc", from_places("abc", *rows))) or 0.0 for rows in product(three, repeat=3)]
    for w in sorted(set(draws)):
        exact = sum(draw >= w for draw in draws) / len(draws)
        assert chance_of_w(w, people=3, items=3) == pytest.approx(exact, abs=0.03)
    assert sum(draws) / len(draws) == pytest.approx(expected_w(3))


def test_simulated_chance_is_the_same_each_time() -> None:
    assert chance_of_w(0.6, people=6, items=4) == chance_of_w(0.6, people=6, items=4)


def test_simulation_and_approximation_meet() -> None:
    assert chance_of_w(0.075, people=20, items=9) == pytest.approx(
        chance_of_w(0.075 * 20 / 21, people=21, items=9), abs=0.03
    )


def test_chance_falls_as_agreement_rises() -> None:
    for people in (6, 60):
        chances = [chance_of_w(w, people, items=9) for w in (0.0, 0.1, 0.2, 0.4, 1.0)]
        assert chances == sorted(chances, reverse=True)
        assert chances[0] == pytest.approx(1, abs=0.01)
        assert chances[-1] < 0.001
