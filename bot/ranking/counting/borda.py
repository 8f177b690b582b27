"""Borda points: one for each item placed lower on a ballot, half for each item level with it."""

from fractions import Fraction
from typing import Any

from numpy.typing import NDArray


def borda_points(preferences: NDArray[Any], weight: int, scale: int = 1) -> list[Fraction]:
    """Points of each item: 0 for one that is last on every ballot, ties and unranked items share the average.

    `weight` is that of all ballots together and `scale` what one vote weighs, as in `ballot_weights`.
    """
    rivals = len(preferences) - 1
    ahead = [int(total) for total in preferences.sum(axis=1)]
    behind = [int(total) for total in preferences.sum(axis=0)]
    return [Fraction(rivals * weight + up - down, 2 * scale) for up, down in zip(ahead, behind, strict=True)]
