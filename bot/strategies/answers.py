"""What a question comes to: the best matches, nothing, or something near."""

from collections.abc import Sequence

from slackblocks import Block

from bot.blocks import actions, button, escape, header, plain, section
from bot.panels import Panel
from bot.strategies import ids
from bot.strategies.cards import titles
from bot.strategies.reasons import reason
from bot.strategies.results import Card, Found, NothingFound, NotNeeded, Place, UnknownStrategy
from bot.strategies.rows import (
    all_themes_button,
    quoted,
    strategy_line,
    strategy_row,
    theme_button,
    theme_row,
)
from knowledge.model import Library, Theme

THANKS = (
    "Thank you. The words of your question go to whoever looks after the content, so that it gets better. "
    "Your name does not."
)


def found_panel(library: Library, found: Found) -> Panel:
    """The best matches with the reason for each, then the way to more."""
    title = f"What may help with “{quoted(found.query)}”"
    blocks: list[Block] = [header(title)]
    words = [title]
    back = Place("query", found.query)
    for match in found.matches:
        notes = (reason(match), f"Theme: {library.theme_of(match.strategy).title}")
        blocks.append(strategy_row(match.strategy, back, *notes))
        words.append(strategy_line(match.strategy, *notes))
    more = f"More in this theme: {found.theme.title}"
    more_button = theme_button("More in this theme", found.theme, spoken=more)
    blocks.append(section(f"The theme of the best match: *{escape(found.theme.title)}*", more_button))
    unhelpful = button("Not what I needed", ids.FOUND_UNHELPFUL, ids.encode_place(back))
    blocks.append(actions(all_themes_button(), unhelpful))
    return Panel("Best matches", blocks, "\n".join([*words, more]))


def nothing_panel(library: Library, nothing: NothingFound) -> Panel:
    """Nothing fits, said plainly, with the nearest themes."""
    sorry = f"I found no strategy that fits “{quoted(nothing.query)}”."
    if nothing.themes:
        advice = "These themes are the nearest. You can also ask in other words."
    else:
        advice = "Ask in other words, about working with other agencies, or browse all themes."
    return _dead_end_panel(library, sorry, advice, nothing.themes)


def not_needed_panel(library: Library, shown: NotNeeded) -> Panel:
    """Thanks for saying so, and other ways on."""
    ask = f"You asked about “{quoted(shown.query)}”. Ask in other words, or look through a theme."
    back = button(
        "Back", ids.FOUND_BACK, ids.encode_place(Place("query", shown.query)), spoken="Back to the matches"
    )
    blocks: list[Block] = [section(THANKS), section(plain(ask))]
    blocks += [theme_row(library, theme) for theme in shown.themes]
    blocks.append(actions(all_themes_button(), back))
    words = [f"- {theme.title} ({theme.id})" for theme in shown.themes]
    return Panel("Thank you", blocks, "\n".join([THANKS, ask, *words]))


def unknown_panel(library: Library, unknown: UnknownStrategy) -> Panel:
    """An id that is not there, with its theme."""
    sorry = f"There is no strategy {unknown.wanted}."
    if unknown.theme:
        return _dead_end_panel(library, sorry, "Here is its theme.", [unknown.theme])
    return _dead_end_panel(library, sorry, "It may have been taken out. Browse all themes instead.", [])


def related_panel(library: Library, card: Card) -> Panel:
    """What is near to a strategy."""
    title = f"Related to “{card.strategy.title}”"
    blocks: list[Block] = [header(title)]
    if not card.related:
        blocks.append(section("Nothing else is close to it. Its theme may have more for you."))
    for strategy in card.related:
        note = f"Theme: {library.theme_of(strategy).title}"
        blocks.append(strategy_row(strategy, Place("related", card.strategy.id), note))
    theme = library.theme_of(card.strategy)
    back = button("Back", ids.CARD_OPEN, ids.encode_card(card.ref), spoken=f"Back to {card.strategy.title}")
    blocks.append(actions(theme_button("More in this theme", theme), back))
    words = titles(card.related) or "Nothing else is close to it."
    return Panel("Related", blocks, f"{title}\n{words}\nMore in this theme: {theme.title}")


def _dead_end_panel(library: Library, sorry: str, advice: str, themes: Sequence[Theme]) -> Panel:
    blocks: list[Block] = [section(plain(f"{sorry} {advice}"))]
    blocks += [theme_row(library, theme) for theme in themes]
    blocks.append(actions(all_themes_button()))
    words = [f"- {theme.title} ({theme.id})" for theme in themes]
    return Panel("Strategies", blocks, "\n".join([f"{sorry} {advice}", *words]))
