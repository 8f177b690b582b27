import math
import random
from itertools import permutations

import numpy as np
import pytest

from bot.ranking.counting.ballots import Ballot
from bot.ranking.counting.kemeny import kemeny
from bot.ranking.counting.tally import count_ballots
from tests.bot.ranking.counting.elections import election, slow_kemeny


def _random_ballots(rng: random.Random, items: str) -> list[Ballot]:
    """A few ballots with ties and gaps; few, so that ties between orders are common."""
    ballots = []
    for number in range(rng.randint(1, 6)):
        placed = rng.sample(items, rng.randint(0, len(items)))
        tiers: list[tuple[str, ...]] = []
        while placed:
            size = rng.choice([1, 1, 1, 2, 3])
            tiers.append(tuple(placed[:size]))
            placed = placed[size:]
        ballots.append(Ballot(str(number), tuple(tiers), count=rng.randint(1, 3)))
    return ballots


@pytest.mark.parametrize("seed", range(60))
def test_same_as_trying_every_order(seed: int) -> None:
    rng = random.Random(seed)
    items = "ABCDEFGH"[: rng.randint(1, 8)]
    ballots = _random_ballots(rng, items)
    distance, orders, bands, settled = slow_kemeny(ballots, items)
    tally = count_ballots(ballots, items)
    assert tally.distance == distance
    assert tally.orders_optimal == orders
    assert tally.bands == bands
    assert set(tally.settled) == settled
    assert {frozenset(pair) for pair in tally.open_pairs} == {
        frozenset(pair) for pair in permutations(items, 2) if not settled & {pair, pair[::-1]}
    }
    assert (tally.order is None) == (orders > 1)


def test_sixteen_items_without_a_ballot_tie_in_every_order() -> None:
    items = "ABCDEFGHIJKLMNOP"
    tally = count_ballots([], items)
    assert tally.method == "kemeny"
    assert tally.orders_optimal == math.factorial(16)
    assert set(tally.bands.values()) == {(1, 16)}


def test_sixteen_items_with_one_swap_open() -> None:
    items = "ABCDEFGHIJKLMNOP"
    swapped = "ABCDEFGIHJKLMNOP"
    tally = count_ballots(election((5, items), (5, swapped)), items)
    assert tally.orders_optimal == 2
    assert tally.open_pairs == (("H", "I"),)
    assert (tally.bands["G"], tally.bands["H"], tally.bands["I"]) == ((7, 7), (8, 9), (8, 9))


def test_more_than_sixteen_items_are_refused() -> None:
    with pytest.raises(ValueError, match="at most 16 items, not 17"):
        kemeny(np.zeros((17, 17), dtype=np.int64))


def test_weights_beyond_floats_stay_exact() -> None:
    large = 10**30
    near_tie = np.array([[0, large + 1], [large, 0]], dtype=object)
    assert kemeny(near_tie).distance == large
    assert kemeny(near_tie).bands == [(1, 1), (2, 2)]
    assert kemeny(np.array([[0, large], [large, 0]], dtype=object)).orders_optimal == 2
