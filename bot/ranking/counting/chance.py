"""What chance alone would give: Kendall's W when everybody orders the items at random."""

import math
from functools import lru_cache
from typing import Any

SIMULATED_PEOPLE = 20
"""Up to here chance is simulated; above, the chi-square approximation is within a few hundredths."""
SAMPLES = 2_000
SEED = 1939  # any fixed number: the same question gets the same answer


def expected_w(people: int) -> float:
    """Mean of Kendall's W over random orders: 1 in the number of people, ties or not."""
    return 1 / people


def chance_of_w(w: float, people: int, items: int) -> float:
    """Probability that random orders without ties reach this W, for two or more people and items.

    Up to SIMULATED_PEOPLE from a seeded simulation (never below 1 in SAMPLES + 1), where the approximation is
    poor; above it people * (items - 1) * W is taken as chi-square with items - 1 degrees of freedom.
    """
    if people > SIMULATED_PEOPLE:
        return chi_square_tail(people * (items - 1) * w, items - 1)
    reached = int((_random_w(people, items) >= w - 1e-9).sum())
    return (reached + 1) / (SAMPLES + 1)


def chi_square_tail(x: float, degrees: int) -> float:
    """Probability that chi-square with so many degrees of freedom exceeds x."""
    if x <= 0:
        return 1.0
    half = x / 2  # the closed sums for even and odd degrees, in logarithms against overflow
    odd = degrees % 2
    steps = (step + odd / 2 for step in range((degrees - odd) // 2))
    tail = sum(math.exp(step * math.log(half) - half - math.lgamma(step + 1)) for step in steps)
    return min(1.0, tail + (math.erfc(math.sqrt(half)) if odd else 0.0))


@lru_cache(maxsize=64)
def _random_w(people: int, items: int) -> Any:
    import numpy as np  # noqa: PLC0415 - loaded at the first count, not when the bot starts

    orders = np.random.default_rng(SEED).random((SAMPLES, people, items)).argsort(axis=2)
    away = orders.sum(axis=1) - people * (items - 1) / 2
    return 12 * (away**2).sum(axis=1) / (people**2 * (items**3 - items))
