"""Whether agreement changed by more than chance explains."""

from collections.abc import Sequence
from itertools import product
from random import Random

import pytest

from bot.ranking.counting.agreement import kendall_w
from bot.ranking.counting.ballots import Ballot
from bot.ranking.counting.exchange import chance_of_change
from bot.ranking.counting.profile import Profile
from tests.bot.ranking.counting.elections import tiers

ITEMS = "ABCDE"


def _pairs(first: Sequence[str], second: Sequence[str]) -> list[tuple[Ballot, Ballot]]:
    return [
        (Ballot(str(number), tiers(one)), Ballot(str(number), tiers(other)))
        for number, (one, other) in enumerate(zip(first, second, strict=True))
    ]


def _w(ballots: Sequence[Ballot]) -> float:
    found = kendall_w(Profile(ITEMS, ballots))
    assert found is not None
    return found


def _exact(pairs: Sequence[tuple[Ballot, Ballot]]) -> float:
    """The share of all ways to swap that change W as much."""
    seen = abs(_w([one for one, _ in pairs]) - _w([other for _, other in pairs]))
    changes = [
        abs(
            _w([pair[swap] for pair, swap in zip(pairs, swaps, strict=True)])
            - _w([pair[1 - swap] for pair, swap in zip(pairs, swaps, strict=True)])
        )
        for swaps in product((0, 1), repeat=len(pairs))
    ]
    return sum(change >= seen - 1e-9 for change in changes) / len(changes)


def _drawn(rng: Random) -> str:
    """A random order, with its first two tied every other time."""
    order = "".join(rng.sample(ITEMS, 5))
    return order if rng.random() < 0.5 else " ".join([order[:2], *order[2:]])


@pytest.mark.parametrize("seed", range(6))
def test_it_is_near_the_share_of_all_swaps_ties_too(seed: int) -> None:
    rng = Random(seed)
    rounds = [[_drawn(rng) for _ in range(6)] for _ in range(2)]
    pairs = _pairs(*rounds)
    assert chance_of_change(pairs, ITEMS) == pytest.approx(_exact(pairs), abs=0.04)


def test_a_group_that_came_together_did_more_than_chance() -> None:
    rng = Random(1)
    apart = ["".join(rng.sample(ITEMS, 5)) for _ in range(12)]
    found = chance_of_change(_pairs(apart, ["ABCDE"] * 12), ITEMS)
    assert found is not None
    assert found < 0.05


def test_the_same_ballots_again_are_what_chance_gives() -> None:
    assert chance_of_change(_pairs(["ABCDE", "BACDE"], ["ABCDE", "BACDE"]), ITEMS) == 1


def test_too_little_to_tell() -> None:
    assert chance_of_change([], ITEMS) is None
    assert chance_of_change(_pairs(["ABCDE"], ["EDCBA"]), ITEMS) is None
    level = Ballot("1", (tuple(ITEMS),))
    assert chance_of_change([(level, level)] * 2, ITEMS) is None
