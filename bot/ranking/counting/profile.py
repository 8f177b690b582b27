"""All ballots of one count as arrays: places, average ranks and pairwise preferences."""

from collections.abc import Sequence
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.ranking.counting.ballots import Ballot

FLOAT_EXACT = 2**53  # whole numbers up to here are exact as float64, which multiplies fastest
DIGIT_BITS = 20  # leaves room for the sum over eight billion ballots, or millions of ballots times a rank


class Profile:
    """Ballots over `items`.

    `tiers` has a row a ballot and a column an item: 0 for the first tier, 1 for the second,
    `len(items)` for what is unranked. Raises ValueError for no items, an item given twice, a ballot
    that names an item not in `items` or names one twice, and a count below one.
    """

    def __init__(self, items: Sequence[str], ballots: Sequence[Ballot]) -> None:
        self.items = tuple(items)
        self.ballots = tuple(ballots)
        self.counts = [ballot.count for ballot in self.ballots]
        if not self.items or len(set(self.items)) < len(self.items):
            raise ValueError("A count needs at least one item, and each item once.")
        if any(count < 1 for count in self.counts):
            raise ValueError("A ballot counts at least once.")
        self.tiers = _tiers(self.items, self.ballots)

    def preferences(self, weights: Sequence[int]) -> NDArray[Any]:
        """Cell [a, b]: the weight of the ballots that put item a before item b. Exact.

        int64 while all weights together stay below FLOAT_EXACT, else Python integers.
        """
        digits = _digits(weights, 1)
        rows = [_sums(digits, self.tiers[:, [a]] < self.tiers) for a in range(len(self.items))]
        return np.array(rows)

    @cached_property
    def double_ranks(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Twice the average rank of each item on each ballot, and how many items share its tier.

        Doubled, so that the average of a tie is a whole number: 2 for a clear first place.
        """
        ahead = np.zeros(self.tiers.shape, dtype=np.int64)
        level = np.zeros(self.tiers.shape, dtype=np.int64)
        for a in range(len(self.items)):
            ahead += self.tiers[:, [a]] < self.tiers
            level += self.tiers[:, [a]] == self.tiers
        return 2 * ahead + level + 1, level


def weighted_sum(weights: Sequence[int], rows: NDArray[Any]) -> NDArray[Any]:
    """Sum of weight times row (whole numbers, none negative). Exact: int64 or Python integers."""
    return _sums(_digits(weights, int(rows.max(initial=1))), rows)


def _digits(weights: Sequence[int], largest: int) -> NDArray[np.float64]:
    """One row of weights if their sum times `largest` is exact as a float, else a row a digit, base 2**20."""
    if sum(weights) * largest < FLOAT_EXACT:
        return np.array([weights], dtype=np.float64)
    places = range(0, max(weights).bit_length(), DIGIT_BITS)
    mask = (1 << DIGIT_BITS) - 1
    return np.array([[weight >> place & mask for weight in weights] for place in places], dtype=np.float64)


def _sums(digits: NDArray[np.float64], rows: NDArray[Any]) -> NDArray[Any]:
    sums: NDArray[Any] = (digits @ rows.astype(np.float64)).astype(np.int64)
    if len(sums) > 1:
        values = np.array([1 << DIGIT_BITS * place for place in range(len(sums))], dtype=object)
        sums = values[None, :] @ sums.astype(object)
    total: NDArray[Any] = sums[0]
    return total


def _tiers(items: tuple[str, ...], ballots: tuple[Ballot, ...]) -> NDArray[np.int32]:
    rankings = [ballot.ranking for ballot in ballots]
    column = {item: index for index, item in enumerate(items)}
    tiers_on = np.fromiter(map(len, rankings), dtype=np.int64, count=len(rankings))
    tier_sizes = np.array([len(tier) for tier in chain.from_iterable(rankings)], dtype=np.int64)
    named = chain.from_iterable(chain.from_iterable(rankings))
    try:
        columns = np.array([column[item] for item in named], dtype=np.int64)
    except KeyError as unknown:
        raise ValueError(f"A ballot ranks {unknown.args[0]!r}, which is not one of the items.") from None
    tier_row = np.repeat(np.arange(len(rankings)), tiers_on)
    first_tier = np.cumsum(tiers_on) - tiers_on
    tier_number = np.arange(len(tier_sizes)) - first_tier[tier_row]
    table = np.full((len(rankings), len(items)), len(items), dtype=np.int32)
    table[np.repeat(tier_row, tier_sizes), columns] = np.repeat(tier_number, tier_sizes)
    if np.count_nonzero(table < len(items)) < len(columns):
        raise ValueError("A ballot ranks an item twice.")
    return table
