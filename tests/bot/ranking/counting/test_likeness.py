"""Pairs of items that people rank alike."""

from itertools import combinations
from random import Random

import numpy as np
import pytest
from scipy import stats

from bot.ranking.counting.ballots import Ballot
from bot.ranking.counting.chance import SIMULATED_PEOPLE
from bot.ranking.counting.likeness import alike_pairs
from tests.bot.ranking.counting.elections import election

ITEMS = "ABCDEF"


def _random(seed: int, people: int) -> list[Ballot]:
    rng = Random(seed)
    return election(*((1, "".join(rng.sample(ITEMS, len(ITEMS)))) for _ in range(people)))


def test_two_items_that_move_together_are_found_first() -> None:
    ballots = election((4, "ABCDEF"), (4, "CDEFAB"), (4, "CDABEF"), (1, "FEDCBA"))
    first = alike_pairs(ballots, ITEMS)[0]
    assert (first.first, first.second) == ("A", "B")
    assert first.correlation > 0.9
    assert first.by_chance < 0.05


@pytest.mark.parametrize("seed", range(10))
def test_the_correlation_is_that_of_the_places(seed: int) -> None:
    ballots = _random(seed, 8)
    places = np.array([[ballot.ranking.index((item,)) + 1 for item in ITEMS] for ballot in ballots])
    expected = sorted(
        (stats.pearsonr(places[:, a], places[:, b]).statistic for a, b in combinations(range(6), 2)),
        reverse=True,
    )
    found = [pair.correlation for pair in alike_pairs(ballots, ITEMS)]
    assert found == pytest.approx([value for value in expected[:3] if value > 0])


@pytest.mark.parametrize("people", [12, SIMULATED_PEOPLE + 20])
def test_random_ballots_seldom_look_alike(people: int) -> None:
    told = [
        min((pair.by_chance for pair in alike_pairs(_random(seed, people), ITEMS)), default=1)
        for seed in range(40)
    ]
    assert sum(chance <= 0.05 for chance in told) <= 6  # 2 expected


def test_both_ways_to_tell_chance_agree_where_they_meet() -> None:
    simulated, by_z = (
        alike_pairs(_random(3, 20) + _random(4, people - 20), ITEMS) for people in (20, SIMULATED_PEOPLE + 1)
    )
    assert simulated[0].by_chance == pytest.approx(by_z[0].by_chance, abs=0.25)


def test_an_item_that_all_put_in_one_place_goes_with_none() -> None:
    ballots = election((2, "ABC"), (2, "ACB"))
    assert alike_pairs(ballots, "ABC") == ()


def test_three_people_are_too_few_to_tell() -> None:
    assert alike_pairs(election((2, "ABCDEF"), (1, "CDEFAB")), ITEMS) == ()
    assert alike_pairs([], ITEMS) == ()
