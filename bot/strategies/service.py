"""What somebody sees for what they typed or pressed; the same behind every door.

Nothing here ends nowhere: an id that is unknown or no longer there leads to its
theme or to all themes, and a question that nothing fits leads to the nearest ones.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeAlias, TypeVar

from knowledge.answer import Answer, Match
from knowledge.model import Area, Library, Strategy, Theme
from knowledge.search import Search

STRATEGIES_A_PAGE = 8
THEMES_A_PAGE = 14
MATCHES = 5

PlaceKind: TypeAlias = Literal["themes", "theme", "query", "related"]
T = TypeVar("T")

_NOT_OF_AN_ID = re.compile(r"[\W_]+")
_NUMBERED = re.compile(r"(?P<theme>.*?[^\W\d_])[\W_]*(?P<number>\d{1,9})")


@dataclass(frozen=True, slots=True)
class Place:
    """A list that somebody can look at and come back to; `page` counts from 0.

    `key` is an area's id or "" for "themes", a theme's id for "theme", the words
    for "query", and a strategy's id for "related".
    """

    kind: PlaceKind
    key: str = ""
    page: int = 0


ALL_THEMES = Place("themes")


@dataclass(frozen=True, slots=True)
class CardRef:
    """A strategy, and the place from which somebody came to it."""

    strategy_id: str
    back: Place | None = None


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some of many; `number` counts from 0 to `count` - 1."""

    items: tuple[T, ...]
    number: int
    count: int
    total: int


@dataclass(frozen=True, slots=True)
class ThemeList:
    """Themes of one area, or of all when `area` is None."""

    area: Area | None
    themes: Page[Theme]


@dataclass(frozen=True, slots=True)
class ThemePage:
    """The strategies of a theme, its own first."""

    theme: Theme
    strategies: Page[Strategy]


@dataclass(frozen=True, slots=True)
class Card:
    """One strategy; `back` is where its Back button leads."""

    strategy: Strategy
    related: tuple[Strategy, ...]
    back: Place

    @property
    def ref(self) -> CardRef:
        return CardRef(self.strategy.id, self.back)


@dataclass(frozen=True, slots=True)
class RelatedList:
    """Strategies near to that of a card, perhaps none."""

    card: Card


@dataclass(frozen=True, slots=True)
class Found:
    """The best matches of a question, at least one; `theme` is where there are more."""

    query: str
    matches: tuple[Match, ...]
    theme: Theme


@dataclass(frozen=True, slots=True)
class NothingFound:
    """A question that nothing fits, with the nearest themes, perhaps none."""

    query: str
    themes: tuple[Theme, ...]


@dataclass(frozen=True, slots=True)
class UnknownStrategy:
    """An id that no strategy has, with the theme that it seems to mean."""

    wanted: str
    theme: Theme | None


@dataclass(frozen=True, slots=True)
class Help:
    """How to look something up."""


Result: TypeAlias = ThemeList | ThemePage | Card | RelatedList | Found | NothingFound | UnknownStrategy | Help


def page_of(items: Sequence[T], number: int, size: int) -> Page[T]:
    """That page of `items`; a number past either end gives the nearest page."""
    count = max(1, -(-len(items) // size))
    number = min(max(number, 0), count - 1)
    return Page(tuple(items[number * size : (number + 1) * size]), number, count, len(items))


class Lookup:
    """The library as people ask for it."""

    def __init__(self, library: Library, search: Search) -> None:
        self.library = library
        self._search = search
        self._by_plain_id = {_plain_id(strategy.id): strategy for strategy in library.strategies}

    def answer(self, text: str) -> Result:
        """What typed words ask for: browsing, help, a strategy, a theme, or the best matches."""
        text = text.strip()
        if not text:
            return self.visit(ALL_THEMES)
        if text.casefold() == "help":
            return Help()
        named = self._by_id(text)
        if named:
            return named
        theme = self._search.theme_named(text)
        if theme:
            return self.visit(Place("theme", theme.id))
        return self._matches(text)

    def find(self, text: str) -> Answer:
        """The same as plain data: an id gives its strategy alone, all other words the best matches."""
        named = self._by_id(text.strip())
        if isinstance(named, Card):
            theme = self.library.theme_of(named.strategy)
            return Answer(text, (Match(named.strategy, 1.0, ()),), (theme,))
        if named:
            return Answer(text, (), (named.theme,) if named.theme else ())
        return self._search.find(text, MATCHES)

    def visit(self, place: Place) -> Result:
        """What that place shows now."""
        if place.kind == "query":
            return self.answer(place.key)
        if place.kind == "related":
            return self.related(CardRef(place.key))
        if place.kind == "theme":
            theme = self.library.theme(place.key)
            if theme:
                strategies = self.library.strategies_of(theme.id)
                return ThemePage(theme, page_of(strategies, place.page, STRATEGIES_A_PAGE))
        area = self.library.area(place.key)
        themes = self.library.themes_of(area.id) if area else self.library.themes
        return ThemeList(area, page_of(themes, place.page, THEMES_A_PAGE))

    def card(self, ref: CardRef) -> Card | UnknownStrategy:
        """The strategy's card, unless the content has changed and it is no longer there."""
        strategy = self.library.strategy(ref.strategy_id)
        return self._card(strategy, ref.back) if strategy else UnknownStrategy(ref.strategy_id, None)

    def related(self, ref: CardRef) -> RelatedList | UnknownStrategy:
        """What is near to a strategy."""
        card = self.card(ref)
        return RelatedList(card) if isinstance(card, Card) else card

    def _card(self, strategy: Strategy, back: Place | None) -> Card:
        return Card(strategy, self._search.related(strategy), back or Place("theme", strategy.theme_id))

    def _by_id(self, text: str) -> Card | UnknownStrategy | None:
        """A theme's name with a number behind it is meant as an id, whether there is one or not."""
        known = self.library.strategy(text) or self._by_plain_id.get(_plain_id(text))
        if known:
            return self._card(known, None)
        parts = _NUMBERED.fullmatch(text)
        themes = {_plain_id(theme.id): theme for theme in self.library.themes}
        theme = themes.get(_plain_id(parts["theme"])) if parts else None
        if parts is None or theme is None:
            return None
        wanted = f"{theme.id}-{int(parts['number'])}"
        known = self._by_plain_id.get(_plain_id(wanted))
        return self._card(known, None) if known else UnknownStrategy(wanted, theme)

    def _matches(self, text: str) -> Found | NothingFound:
        answer = self._search.find(text, MATCHES)
        if not answer.matches:
            return NothingFound(text, answer.themes)
        return Found(text, answer.matches, self.library.theme_of(answer.matches[0].strategy))


def _plain_id(text: str) -> str:
    """An id as it is compared: no case, and nothing between letters and digits."""
    return _NOT_OF_AN_ID.sub("", text.casefold())
