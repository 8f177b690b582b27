"""Exact Kemeny-Young: the orders with the fewest pairwise disagreements, by dynamic programming.

The programme runs over the sets of items that can fill the first places (Held and Karp's scheme), so it
takes 2^n steps of n, not n! orders: the optimal orders are counted and bounded without listing one.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.ranking.bands import Band

MAX_ITEMS = 16
"""Sixteen items are 65,536 sets; each further item doubles time and memory."""


@dataclass(frozen=True)
class KemenyResult:
    """Items are numbers, as in the matrix given; places begin at 1.

    `bands` holds each item's best and worst place over all `orders_optimal` orders. `settled[a, b]` says
    that a comes before b in every one of them.
    """

    distance: int
    orders_optimal: int
    bands: list[Band]
    settled: NDArray[np.bool_]


@dataclass(frozen=True)
class _Layer:
    """All sets of one size. Row: a set; column: one of its members, taken as the last placed."""

    sets: NDArray[np.int64]
    last: NDArray[np.int64]
    before: NDArray[np.int64]
    tight: NDArray[np.bool_]


def kemeny(preferences: NDArray[Any]) -> KemenyResult:
    """`preferences[a, b]`: weight of the ballots with a before b, as `Profile.preferences` gives it.

    Raises ValueError above MAX_ITEMS items.
    """
    n = len(preferences)
    if n > MAX_ITEMS:
        raise ValueError(f"The exact count takes at most {MAX_ITEMS} items, not {n}.")
    layers, distance, orders = _forward(preferences)
    best, worst, reach = _backward(layers, n)
    may_precede = (reach[:, None] >> np.arange(n)) & 1 == 1  # row: item, column: one that can come before it
    return KemenyResult(
        distance=distance,
        orders_optimal=orders,
        bands=list(zip(best.tolist(), worst.tolist(), strict=True)),
        settled=may_precede.T & ~may_precede,
    )


def _forward(preferences: NDArray[Any]) -> tuple[list[_Layer], int, int]:
    """Layers from one item to all, the least distance, and in how many orders it is reached."""
    n = len(preferences)
    cost = np.zeros((n, 1), dtype=preferences.dtype)
    for b in range(n):  # cost[a, S]: what it costs to place a after the set S; bit b of S is item b
        cost = np.concatenate([cost, cost + preferences[:, b : b + 1]], axis=1)
    least = np.zeros(1 << n, dtype=preferences.dtype)
    ways = np.zeros(1 << n, dtype=np.int64)  # 16! fits with room to spare
    ways[0] = 1
    members = (np.arange(1 << n)[:, None] >> np.arange(n)) & 1 == 1
    size = members.sum(axis=1)
    layers = []
    for k in range(1, n + 1):
        sets = np.flatnonzero(size == k)
        last = np.nonzero(members[sets])[1].reshape(len(sets), k)
        before = sets[:, None] ^ (1 << last)
        candidates = least[before] + cost[last, before]
        least[sets] = candidates.min(axis=1)
        tight = (candidates == least[sets][:, None]).astype(bool)
        ways[sets] = np.where(tight, ways[before], 0).sum(axis=1)
        layers.append(_Layer(sets, last, before, tight))
    return layers, int(least[-1]), int(ways[-1])


def _backward(layers: list[_Layer], n: int) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Best and worst place of each item, and the set of all that can come before it, over optimal orders."""
    best = np.zeros(n, dtype=np.int64)
    worst = np.zeros(n, dtype=np.int64)
    reach = np.zeros(n, dtype=np.int64)
    optimal = np.zeros(1 << n, dtype=bool)
    optimal[-1] = True
    for place, layer in zip(range(n, 0, -1), reversed(layers), strict=True):
        steps = layer.tight & optimal[layer.sets][:, None]
        placed, before = layer.last[steps], layer.before[steps]
        optimal[before] = True
        here = np.unique(placed)
        best[here] = place
        worst[here] = np.maximum(worst[here], place)
        np.bitwise_or.at(reach, placed, before)
    return best, worst, reach
