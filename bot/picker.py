"""What the picker offers while somebody types: the best matches first, then names that begin like it."""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from slackblocks import Option, OptionGroup

from bot.blocks import OPTION_LENGTH, cut, plain
from knowledge.answer import Answer
from knowledge.model import Library, Strategy, Theme
from knowledge.words import plain as folded

MOST_OPTIONS = 100
"""Slack takes no more options in one answer."""


class Picker:
    """Answers from memory; `find` is the look-up that people know."""

    def __init__(self, library: Library, find: Callable[[str], Answer]) -> None:
        self._library = library
        self._find = find

    def groups(self, typed: str) -> dict[Theme, list[Strategy]]:
        """Strategies by theme, those of the best match first; none where nothing fits."""
        found: dict[Theme, list[Strategy]] = {}
        for strategy in self._found(typed):
            found.setdefault(self._library.theme_of(strategy), []).append(strategy)
        return found

    def _found(self, typed: str) -> Iterable[Strategy]:
        if not typed.strip():
            return self._some_of_each_theme()
        best = [match.strategy for match in self._find(typed).matches]
        fitting = {strategy.id: strategy for strategy in [*best, *self._beginning_like(typed)]}
        return list(fitting.values())[:MOST_OPTIONS]

    def _some_of_each_theme(self) -> Iterator[Strategy]:
        themes = self._library.themes[:MOST_OPTIONS]
        each = MOST_OPTIONS // max(1, len(themes))
        for theme in themes:
            own = [one for one in self._library.strategies_of(theme.id) if one.theme_id == theme.id]
            yield from own[:each]

    def _beginning_like(self, typed: str) -> Iterator[Strategy]:
        """Each typed word, perhaps not finished, begins a word of the title or of the theme's title."""
        begun = _parts(typed)
        for words, strategy in self._names:
            if begun and all(any(word.startswith(part) for word in words) for part in begun):
                yield strategy

    @cached_property
    def _names(self) -> list[tuple[set[str], Strategy]]:
        return [(self._words_of(strategy), strategy) for strategy in self._library.strategies]

    def _words_of(self, strategy: Strategy) -> set[str]:
        return set(_parts(f"{strategy.title} {self._library.theme_of(strategy).title}"))


def picker_groups(groups: dict[Theme, list[Strategy]]) -> list[OptionGroup]:
    """The options under their themes' titles."""
    return [
        OptionGroup(
            plain(theme.title),
            [Option(plain(cut(strategy.title, OPTION_LENGTH)), value=strategy.id) for strategy in strategies],
        )
        for theme, strategies in groups.items()
    ]


def _parts(text: str) -> list[str]:
    return "".join(char if char.isalnum() else " " for char in folded(text)).split()
