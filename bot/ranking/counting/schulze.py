"""Schulze's beatpath method, with a link as strong as the votes for its winning side.

A link runs from a to b where more weight has a before b than b before a ("winning votes"); a path is as
strong as its weakest link; a beats b when its strongest path to b is stronger than b's strongest to a.
Source: M. Schulze, Social Choice and Welfare 36 (2011), 267-303.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.ranking.bands import Band


def beatpaths(preferences: NDArray[Any]) -> NDArray[Any]:
    """Cell [a, b]: strength of the strongest path from a to b, 0 where there is none."""
    strength = np.where(preferences > preferences.T, preferences, 0)
    for via in range(len(strength)):
        strength = np.maximum(strength, np.minimum(strength[:, [via]], strength[[via], :]))
    np.fill_diagonal(strength, 0)
    return strength


def beats(preferences: NDArray[Any]) -> NDArray[np.bool_]:
    """Cell [a, b]: a beats b. A strict partial order; an item that nothing beats is a winner."""
    strength = beatpaths(preferences)
    return np.asarray(strength > strength.T, dtype=bool)


def bands(beaten: NDArray[np.bool_]) -> list[Band]:
    """Best and worst place of each item over all orders that respect the relation."""
    best = 1 + beaten.sum(axis=0)
    worst = len(beaten) - beaten.sum(axis=1)
    return list(zip(best.tolist(), worst.tolist(), strict=True))
