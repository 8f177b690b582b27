"""What somebody sees for what they typed or pressed; the same behind every door.

Nothing here ends nowhere: an id that is unknown or no longer there leads to its
theme or to all themes, and a question that nothing fits leads to the nearest ones.
"""

import re

from bot.strategies.results import (
    ALL_THEMES,
    Card,
    CardRef,
    Found,
    Help,
    NothingFound,
    Place,
    RelatedList,
    Result,
    ThemeList,
    ThemePage,
    UnknownStrategy,
    page_of,
)
from knowledge.answer import Answer, Match
from knowledge.model import Library, Strategy
from knowledge.search import Search

STRATEGIES_A_PAGE = 8
THEMES_A_PAGE = 14
MATCHES = 5

_NOT_OF_AN_ID = re.compile(r"[\W_]+")
_NUMBERED = re.compile(r"(?P<theme>.*?[^\W\d_])[\W_]*(?P<number>\d{1,9})")


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
        """Come to from a question, the card says why the strategy fits it."""
        asked = self._search.find(back.key, MATCHES).matches if back and back.kind == "query" else ()
        match = next((one for one in asked if one.strategy.id == strategy.id), None)
        return Card(
            strategy, self._search.related(strategy), back or Place("theme", strategy.theme_id), match
        )

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
