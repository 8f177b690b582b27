"""The rows and buttons that several lists of strategies and themes share."""

from collections.abc import Sequence

from slackblocks import Block, Element

from bot.blocks import actions, button, context, cut, escape, section
from bot.handover import FEWEST_RANKED, MOST_RANKED, RANK_STRATEGIES
from bot.plurals import counted
from bot.strategies import ids
from bot.strategies.results import ALL_THEMES, CardRef, Page, Place, T
from knowledge.model import Library, Strategy, Theme

LISTED_TEXT = 300
"""Characters of a strategy's text in a list; its card has all of it."""
QUOTED = 120
"""Characters of a question that are shown again, in a heading with other words."""


def strategy_row(strategy: Strategy, back: Place, *notes: str) -> Block:
    """A strategy in a list, with the button that shows its card; empty notes are left out."""
    lines = [f"*{escape(strategy.title)}*", escape(cut(strategy.text, LISTED_TEXT))]
    lines += [escape(note) for note in notes if note]
    return section("\n".join(lines), show_button(strategy, back))


def show_button(strategy: Strategy, back: Place) -> Element:
    value = ids.encode_card(CardRef(strategy.id, back))
    return button("Show", ids.CARD_OPEN, value, spoken=f"Show {strategy.title}")


def strategy_line(strategy: Strategy, *notes: str) -> str:
    """The same for a screen reader."""
    line = f"- {strategy.title} ({strategy.id}): {cut(strategy.text, LISTED_TEXT)}"
    said = "; ".join(note for note in notes if note)
    return f"{line} ({said})" if said else line


def theme_row(library: Library, theme: Theme) -> Block:
    count = strategies_counted(len(library.strategies_of(theme.id)))
    text = f"*{escape(theme.title)}* ({count})\n{escape(theme.summary)}"
    return section(text, theme_button("Show", theme, spoken=f"Show the theme {theme.title}"))


def theme_button(label: str, theme: Theme, spoken: str = "") -> Element:
    return button(label, ids.THEME_OPEN, ids.encode_place(Place("theme", theme.id)), spoken=spoken or None)


def all_themes_button() -> Element:
    return button("Browse all themes", ids.THEMES_OPEN, ids.encode_place(ALL_THEMES))


def turning(page: Page[T], place: Place, previous: str, following: str) -> list[Block]:
    """The row with Previous and Next, where there is something to turn to."""
    buttons: list[Element] = []
    if page.number > 0:
        to = Place(place.kind, place.key, page.number - 1)
        buttons.append(button("Previous", previous, ids.encode_place(to), spoken="Previous page"))
    if page.number + 1 < page.count:
        to = Place(place.kind, place.key, page.number + 1)
        buttons.append(button("Next", following, ids.encode_place(to), spoken="Next page"))
    return [actions(*buttons)] if buttons else []


def ranking_row(count: int, value: str, others: Sequence[Element] = ()) -> list[Block]:
    """The button that starts a ranking of a list, before others; or why the list cannot be ranked."""
    if FEWEST_RANKED <= count <= MOST_RANKED:
        rank = button("Rank these", RANK_STRATEGIES, value, spoken="Rank these strategies as a group")
        return [actions(rank, *others)]
    why = f"A group can rank {FEWEST_RANKED} to {MOST_RANKED} strategies. This list has {count}."
    return [context(why), *([actions(*others)] if others else [])]


def page_note(page: Page[T]) -> str:
    """`12 strategies, page 1 of 2`."""
    note = strategies_counted(page.total)
    return f"{note}, page {page.number + 1} of {page.count}" if page.count > 1 else note


def strategies_counted(number: int) -> str:
    """Such as "12 strategies"."""
    return counted(number, "strategy", "strategies")


def quoted(query: str) -> str:
    """A question on one line, cut."""
    return cut(" ".join(query.split()), QUOTED)
