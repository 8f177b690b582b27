"""Which strategies say something near to each other."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from knowledge.index import Bag, Index
from knowledge.model import Library, Strategy

Matrix = npt.NDArray[np.float64]

_LEAST, _MOST = 2, 4
# How alike two strategies must be to count as related, and what a theme in common adds to that.
_ALIKE = 0.15
_SAME_THEME = 0.05


def likeness(bags: Sequence[Bag]) -> Matrix:
    """How alike any two strategies are by all their words and meanings, 0 to 1; 0 with itself."""
    index = Index(bags)
    one_way = np.array([index.likeness(bag) for bag in bags]).reshape(len(bags), len(bags))
    alike: Matrix = (one_way + one_way.T) / 2
    np.fill_diagonal(alike, 0.0)
    return alike


def same_theme(library: Library) -> Matrix:
    """1 for two strategies that can be read under one theme, else 0; 0 with itself."""
    themes = [{strategy.theme_id, *strategy.also} for strategy in library.strategies]
    same = np.array([[float(bool(one & other)) for other in themes] for one in themes])
    np.fill_diagonal(same, 0.0)
    return same


def related_strategies(library: Library, alike: Matrix) -> dict[str, tuple[Strategy, ...]]:
    """By strategy id, two to four others, the nearest first; fewer only where there are no more."""
    strategies = library.strategies
    related = {}
    for number, row in enumerate(alike + _SAME_THEME * same_theme(library)):
        order = [int(other) for other in np.argsort(-row, kind="stable") if other != number][:_MOST]
        kept = [other for place, other in enumerate(order) if place < _LEAST or row[other] >= _ALIKE]
        related[strategies[number].id] = tuple(strategies[other] for other in kept)
    return related
