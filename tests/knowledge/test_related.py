"""Which strategies are related."""

import pytest

from knowledge.model import Library
from knowledge.search import Search


def test_every_strategy_has_related_ones_and_is_not_among_them(search: Search, shipped: Library) -> None:
    for strategy in shipped.strategies:
        related = search.related(strategy)
        assert 2 <= len(set(related)) == len(related) <= 4
        assert strategy not in related


@pytest.mark.parametrize(
    ("strategy_id", "related"),
    [
        ("understanding-4", "communication-13"),
        ("roles-5", "time-3"),
        ("commitment-10", "leadership-7"),
        ("communication-11", "communication-12"),
        ("planning-14", "planning-1"),
        ("roles-4", "understanding-1"),
        ("communication-6", "staffing-3"),
        ("purpose-9", "planning-8"),
        ("staffing-1", "leadership-6"),
        ("time-1", "time-4"),
        ("performance-1", "purpose-6"),
        ("commitment-7", "planning-1"),
        ("funding-2", "funding-4"),
        ("roles-1", "purpose-5"),
    ],
)
def test_strategies_that_say_nearly_the_same_are_related(
    search: Search, shipped: Library, strategy_id: str, related: str
) -> None:
    strategy = shipped.strategy(strategy_id)
    assert strategy is not None
    assert related in [other.id for other in search.related(strategy)]
