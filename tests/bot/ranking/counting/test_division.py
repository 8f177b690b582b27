"""What brings a group together, and what divides its agencies or the people inside them."""

from itertools import permutations
from random import Random

import pytest
from scipy import stats

from bot.ranking.counting.ballots import Ballot
from bot.ranking.counting.division import Division, divisions

ITEMS = "ABCDEFGH"


def _ballots(*rows: tuple[str, str | None]) -> list[Ballot]:
    return [
        Ballot(str(number), tuple((item,) for item in order), agency)
        for number, (order, agency) in enumerate(rows)
    ]


def _random(seed: int, agencies: tuple[str | None, ...]) -> list[Ballot]:
    rng = Random(seed)
    return _ballots(*(("".join(rng.sample(ITEMS, len(ITEMS))), agency) for agency in agencies))


def test_what_everybody_puts_in_one_place_is_agreed() -> None:
    found = divisions(_ballots(("ABC", "x"), ("ACB", "y"), ("ABC", "x")), "ABC")
    assert found["A"].total == 0
    assert found["A"].agreed
    assert not found["A"].contested
    assert found["A"].divides is None
    assert found["A"].between is None


def test_all_orders_once_are_as_far_apart_as_chance() -> None:
    ballots = _ballots(*(("".join(order), None) for order in permutations("ABCD")))
    for division in divisions(ballots, "ABCD").values():
        assert division.total == pytest.approx(24 / 23)  # the estimate from 24 people


def test_an_item_that_splits_the_agencies_is_told_from_one_that_splits_everybody() -> None:
    police = [(order, "police") for order in ("ABCDEFGH", "AHCDEFGB", "ACBDEFGH", "AHCBEFGD")]
    health = [(order, "health") for order in ("BCDEFGHA", "HCDEFGBA", "CBDEFGHA", "HCBEFGDA")]
    found = divisions(_ballots(*police, *health), ITEMS)
    assert found["A"].divides == "agencies"
    assert (found["A"].between, found["A"].within) == (1, 0)
    assert found["H"].divides == "people"


@pytest.mark.parametrize("seed", range(10))
def test_the_share_between_agencies_is_that_of_an_analysis_of_variance(seed: int) -> None:
    ballots = _random(seed, ("x", "x", "x", "y", "y", "y", "y", "z", "z"))
    found = divisions(ballots, ITEMS)
    for item in ITEMS:
        places = {
            name: [b.ranking.index((item,)) + 1 for b in ballots if b.agency == name]
            for name in ("x", "y", "z")
        }
        if all(len(set(given)) == 1 for given in places.values()):
            continue
        f = stats.f_oneway(*places.values()).statistic
        assert found[item].between == pytest.approx(f * 2 / (f * 2 + 6))
        assert found[item].expected == 2 / 8


def test_agencies_without_a_difference_seldom_look_divided() -> None:
    agencies = ("x", "x", "x", "x", "y", "y", "y", "y", "z", "z", "z", "z")
    told = [
        min(division.by_chance or 0 for division in divisions(_random(seed, agencies), ITEMS).values())
        for seed in range(40)
    ]
    assert sum(chance <= 0.05 for chance in told) <= 6  # 2 expected; 7 or more in 1 of 300
    assert 0.3 < sum(told) / len(told) < 0.7


def test_one_agency_is_not_compared() -> None:
    found = divisions(_ballots(("AB", "x"), ("BA", "x"), ("BA", None)), "AB")
    assert (found["A"].between, found["A"].within) == (None, None)
    assert found["A"].contested
    assert found["A"].divides is None


def test_agencies_of_one_person_each_do_not_tell_within_from_between() -> None:
    found = divisions(_ballots(("AB", "x"), ("BA", "y")), "AB")
    assert found["A"].within is None
    assert found["A"].divides is None


def test_ballots_without_an_agency_count_for_the_total_only() -> None:
    rows = [("ABC", "x"), ("ABC", "x"), ("CBA", "y"), ("CBA", "y")]
    without, with_others = divisions(_ballots(*rows), "ABC"), divisions(_ballots(*rows, ("BAC", None)), "ABC")
    assert without["A"].between == with_others["A"].between == 1
    assert without["A"].total != with_others["A"].total


def test_a_count_is_that_many_people() -> None:
    counted = [Ballot("1", (("A",), ("B",)), "x", count=3), Ballot("2", (("B",), ("A",)), "y", count=2)]
    written_out = _ballots(*[("AB", "x")] * 3, *[("BA", "y")] * 2)
    assert divisions(counted, "AB") == divisions(written_out, "AB")


@pytest.mark.parametrize("ballots", [[], _ballots(("AB", "x"))])
def test_fewer_than_two_ballots_have_no_variance(ballots: list[Ballot]) -> None:
    assert divisions(ballots, "AB") == {"A": Division(None), "B": Division(None)}
