"""What a look-up can come to, as plain values, and the places that lead to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeAlias, TypeVar

from knowledge.answer import Match
from knowledge.model import Area, Strategy, Theme

PlaceKind: TypeAlias = Literal["themes", "theme", "query", "related", "saved"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Place:
    """A list that somebody can look at and come back to; `page` counts from 0.

    `key` is an area's id or "" for "themes", a theme's id for "theme", the words
    for "query", a strategy's id for "related", and "" for "saved".
    """

    kind: PlaceKind
    key: str = ""
    page: int = 0


ALL_THEMES = Place("themes")
MY_SAVED = Place("saved")


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
    """One strategy; `back` is where its Back button leads.

    `match` says why it fitted, when it was found by a question; `is_saved` is the reader's own.
    `uses` are the case studies in the reader's library that used it.
    """

    strategy: Strategy
    related: tuple[Strategy, ...]
    back: Place
    match: Match | None = None
    is_saved: bool = False
    uses: int = 0

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
class NotNeeded:
    """Somebody said that the matches of a question do not help; `themes` are where they came from."""

    query: str
    themes: tuple[Theme, ...]


@dataclass(frozen=True, slots=True)
class UnknownStrategy:
    """An id that no strategy has, with the theme that it seems to mean."""

    wanted: str
    theme: Theme | None


@dataclass(frozen=True, slots=True)
class Kept:
    """A strategy on somebody's own list; `strategy` is None when the content no longer has it."""

    strategy_id: str
    strategy: Strategy | None


@dataclass(frozen=True, slots=True)
class SavedList:
    """Somebody's own strategies, the last saved first, perhaps none; `rankable` are still in the content."""

    kept: Page[Kept]
    rankable: int


@dataclass(frozen=True, slots=True)
class Help:
    """How to look something up."""


Result: TypeAlias = (
    ThemeList
    | ThemePage
    | Card
    | RelatedList
    | Found
    | NothingFound
    | NotNeeded
    | UnknownStrategy
    | SavedList
    | Help
)


def page_of(items: Sequence[T], number: int, size: int) -> Page[T]:
    """That page of `items`; a number past either end gives the nearest page."""
    count = max(1, -(-len(items) // size))
    number = min(max(number, 0), count - 1)
    return Page(tuple(items[number * size : (number + 1) * size]), number, count, len(items))
