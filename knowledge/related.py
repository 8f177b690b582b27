"""Which strategies say something near to each other."""

from knowledge.index import Index, TextField, strongest
from knowledge.model import Library, Strategy

_MOST = 4
# How alike two strategies must be to count as related, and what a theme in common adds to that.
_ALIKE = 0.16
_SAME_THEME = 0.12


def related_strategies(library: Library) -> dict[str, tuple[Strategy, ...]]:
    """By strategy id, up to four others, the nearest first.

    A strategy that is like no other gets those of its own theme, so that nobody is left with nothing.
    """
    strategies = library.strategies
    texts = [[TextField(strategy.title, 1.5), TextField(strategy.text, 1.0)] for strategy in strategies]
    related = {}
    for strategy, alike in zip(strategies, Index(texts).likeness(), strict=True):
        others = [
            (number, likeness + _SAME_THEME * bool(_themes(strategy) & _themes(other)))
            for number, (other, likeness) in enumerate(zip(strategies, alike, strict=True))
            if other is not strategy
        ]
        near = [(number, score) for number, score in others if score >= _ALIKE]
        in_theme = [(number, score) for number, score in others if score >= _SAME_THEME]
        nearest = strongest(near or in_theme, _MOST)
        related[strategy.id] = tuple(strategies[number] for number, _ in nearest)
    return related


def _themes(strategy: Strategy) -> set[str]:
    return {strategy.theme_id, *strategy.also}
