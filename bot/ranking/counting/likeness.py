"""Pairs of items that people rank alike: who puts the one high puts the other high."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from bot.ranking.counting.ballots import Ballot
from bot.ranking.counting.chance import SIMULATED_PEOPLE
from bot.ranking.counting.division import average_places

FEWEST_PEOPLE = 4
"""With three people some pair of ten items nearly always moves in step."""
SAMPLES = 1_000
SEED = 1904  # any fixed number: the same ballots get the same answer


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two items whose places go together.

    `correlation` is that of their places over the people, above 0 to 1; `by_chance` the probability that some
    pair of as many items reaches it where each item's places are dealt out to the people at random.
    """

    first: str
    second: str
    correlation: float
    by_chance: float


def alike_pairs(ballots: Sequence[Ballot], items: Sequence[str], limit: int = 3) -> tuple[Likeness, ...]:
    """The `limit` pairs with the highest correlation above 0, highest first; none below FEWEST_PEOPLE.

    Each person counts once. Tied and unranked items share the average of their places; an item that
    everybody puts in one place goes with none. Up to SIMULATED_PEOPLE chance comes from seeded
    permutations, as the largest of all pairs; above, from R. A. Fisher's z (1921) times the number of pairs.
    """
    import numpy as np  # noqa: PLC0415 - loaded at the first count, not when the bot starts

    people = [ballot for ballot in ballots for _ in range(ballot.count)]
    if len(people) < FEWEST_PEOPLE:
        return ()
    away = average_places(people, items)
    away = away - away.mean(axis=0)
    length = np.sqrt((away**2).sum(axis=0))
    unit = np.divide(away, length, out=np.zeros_like(away), where=length > 0)
    together = unit.T @ unit
    pairs = [(one, other) for one, other in combinations(range(len(items)), 2) if together[one, other] > 0]
    pairs.sort(key=lambda pair: (-round(float(together[pair]), 9), pair))
    found = [(pair, min(1.0, float(together[pair]))) for pair in pairs[:limit]]
    largest = _largest_by_chance(unit) if len(people) <= SIMULATED_PEOPLE else None
    return tuple(
        Likeness(items[one], items[other], value, _by_chance(value, len(people), len(items), largest))
        for (one, other), value in found
    )


def _largest_by_chance(unit: Any) -> Any:
    """The highest correlation of any pair in each of the samples, every column shuffled by itself."""
    import numpy as np  # noqa: PLC0415 - loaded at the first count, not when the bot starts

    draw = np.random.default_rng(SEED)
    shuffled = draw.permuted(np.broadcast_to(unit, (SAMPLES, *unit.shape)), axis=1)
    together = shuffled.transpose(0, 2, 1) @ shuffled
    one, other = np.triu_indices(unit.shape[1], 1)
    return together[:, one, other].max(axis=1)


def _by_chance(correlation: float, people: int, items: int, largest: Any) -> float:
    if largest is not None:
        return float(((largest >= correlation - 1e-9).sum() + 1) / (SAMPLES + 1))
    z = math.atanh(min(correlation, 1 - 1e-12)) * math.sqrt(people - 3)
    one_pair = math.erfc(z / math.sqrt(2)) / 2
    return min(1.0, math.comb(items, 2) * one_pair)
