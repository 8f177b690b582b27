"""Every result of a look-up as a panel."""

from collections.abc import Sequence

from slackblocks import Block, Element

from bot.blocks import actions, button, context, cut, escape, header, plain, section
from bot.commands import command, usage_lines
from bot.panels import Panel
from bot.strategies import ids
from bot.strategies.cards import Sharing, card_panel, titles
from bot.strategies.service import (
    ALL_THEMES,
    Card,
    CardRef,
    Found,
    Help,
    NothingFound,
    Page,
    Place,
    RelatedList,
    Result,
    T,
    ThemeList,
    ThemePage,
    UnknownStrategy,
)
from knowledge.model import Library, Strategy, Theme

LISTED_TEXT = 300
"""Characters of a strategy's text in a list; its card has all of it."""
QUOTED = 120
"""Characters of a question that are shown again, in a heading with other words."""


def result_panel(library: Library, result: Result, sharing: Sharing) -> Panel:
    """What is shown for `result`; `sharing` matters for a card only."""
    match result:
        case Card():
            panel = card_panel(library, result, sharing)
        case ThemeList():
            panel = themes_panel(library, result)
        case ThemePage():
            panel = theme_panel(library, result)
        case RelatedList(card):
            panel = related_panel(library, card)
        case Found():
            panel = found_panel(library, result)
        case NothingFound():
            panel = nothing_panel(library, result)
        case UnknownStrategy():
            panel = unknown_panel(library, result)
        case Help():
            panel = help_panel()
    return panel


def themes_panel(library: Library, shown: ThemeList) -> Panel:
    """Areas with their themes, each with a button."""
    title = shown.area.title if shown.area else "Areas and themes"
    # Each area is a heading of its own, so the list of all has none above them.
    blocks: list[Block] = [
        header(title) if shown.area else section(f"{title}. Choose a theme to see its strategies.")
    ]
    words = [title]
    area_id = None
    for theme in shown.themes.items:
        area = library.area_of(theme)
        if area.id != area_id:
            area_id = area.id
            if shown.area is None:
                blocks.append(header(area.title))
            blocks.append(context(escape(area.summary)))
            words.append(f"{area.title}: {area.summary}")
        blocks.append(_theme_row(library, theme))
        words.append(f"- {theme.title} ({theme.id}): {theme.summary}")
    place = Place("themes", shown.area.id if shown.area else "")
    blocks += _turning(shown.themes, place, ids.THEMES_PREVIOUS, ids.THEMES_NEXT)
    if shown.area:
        blocks.append(actions(_all_themes()))
    blocks.append(context("To search, type `/strategies` and your question, or mention me with it."))
    return Panel("Strategies", blocks, "\n".join(words))


def theme_panel(library: Library, shown: ThemePage) -> Panel:
    """A page of a theme's strategies; those of other themes say so."""
    theme, page = shown.theme, shown.strategies
    counted = _counted(page.total)
    if page.count > 1:
        counted += f", page {page.number + 1} of {page.count}"
    summary = f"{theme.summary} {counted}."
    blocks: list[Block] = [header(theme.title), section(plain(summary))]
    words = [theme.title, summary]
    back = Place("theme", theme.id, page.number)
    for strategy in page.items:
        note = ""
        if strategy.theme_id != theme.id:
            note = f"Also listed here. Its own theme: {library.theme_of(strategy).title}"
        blocks.append(_strategy_row(strategy, back, note))
        words.append(_line(strategy) + (f" ({note})" if note else ""))
    blocks += _turning(page, back, ids.THEME_PREVIOUS, ids.THEME_NEXT)
    blocks.append(actions(_all_themes()))
    return Panel("Theme", blocks, "\n".join(words))


def found_panel(library: Library, found: Found) -> Panel:
    """The best matches, then the way to more."""
    title = f"What may help with “{_quoted(found.query)}”"
    blocks: list[Block] = [header(title)]
    back = Place("query", found.query)
    strategies = [match.strategy for match in found.matches]
    for strategy in strategies:
        blocks.append(_strategy_row(strategy, back, f"Theme: {library.theme_of(strategy).title}"))
    more = f"More in this theme: {found.theme.title}"
    more_button = _theme_button("More in this theme", found.theme, spoken=more)
    blocks.append(section(f"The theme of the best match: *{escape(found.theme.title)}*", more_button))
    blocks.append(actions(_all_themes()))
    return Panel("Best matches", blocks, "\n".join([title, *map(_line, strategies), more]))


def nothing_panel(library: Library, nothing: NothingFound) -> Panel:
    """Nothing fits, said plainly, with the nearest themes."""
    sorry = f"I found no strategy that fits “{_quoted(nothing.query)}”."
    if nothing.themes:
        advice = "These themes are the nearest. You can also ask in other words."
    else:
        advice = "Ask in other words, about working with other agencies, or browse all themes."
    return _dead_end_panel(library, sorry, advice, nothing.themes)


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
        blocks.append(_strategy_row(strategy, Place("related", card.strategy.id), note))
    theme = library.theme_of(card.strategy)
    back = button("Back", ids.CARD_OPEN, ids.encode_card(card.ref), spoken=f"Back to {card.strategy.title}")
    blocks.append(actions(_theme_button("More in this theme", theme), back))
    words = titles(card.related) or "Nothing else is close to it."
    return Panel("Related", blocks, f"{title}\n{words}\nMore in this theme: {theme.title}")


def help_panel() -> Panel:
    """How to ask, from the command table."""
    lines = [*usage_lines([command(ids.COMMAND)]), (f"{ids.COMMAND} help", "show this help")]
    typed = "\n".join(f"`{words}`  {does}" for words, does in lines)
    elsewhere = (
        "You can also mention me in a channel, and I answer in the thread, or write to me in a direct "
        "message. Just say what you are looking for."
    )
    private = "The answer to a command is for you alone. “Share here” shows it to the channel."
    return Panel(
        "Help",
        [
            header("Look something up"),
            section(typed),
            section(elsewhere),
            section(private),
            actions(_all_themes()),
        ],
        "\n".join([*(f"{words}: {does}" for words, does in lines), elsewhere, private]),
    )


def _dead_end_panel(library: Library, sorry: str, advice: str, themes: Sequence[Theme]) -> Panel:
    blocks: list[Block] = [section(plain(f"{sorry} {advice}"))]
    blocks += [_theme_row(library, theme) for theme in themes]
    blocks.append(actions(_all_themes()))
    words = [f"- {theme.title} ({theme.id})" for theme in themes]
    return Panel("Strategies", blocks, "\n".join([f"{sorry} {advice}", *words]))


def _theme_row(library: Library, theme: Theme) -> Block:
    text = (
        f"*{escape(theme.title)}* ({_counted(len(library.strategies_of(theme.id)))})\n{escape(theme.summary)}"
    )
    return section(text, _theme_button("Show", theme, spoken=f"Show the theme {theme.title}"))


def _theme_button(label: str, theme: Theme, spoken: str = "") -> Element:
    return button(label, ids.THEME_OPEN, ids.encode_place(Place("theme", theme.id)), spoken=spoken or None)


def _all_themes() -> Element:
    return button("Browse all themes", ids.THEMES_OPEN, ids.encode_place(ALL_THEMES))


def _strategy_row(strategy: Strategy, back: Place, note: str) -> Block:
    text = f"*{escape(strategy.title)}*\n{escape(cut(strategy.text, LISTED_TEXT))}"
    if note:
        text += f"\n{escape(note)}"
    value = ids.encode_card(CardRef(strategy.id, back))
    return section(text, button("Show", ids.CARD_OPEN, value, spoken=f"Show {strategy.title}"))


def _line(strategy: Strategy) -> str:
    return f"- {strategy.title} ({strategy.id}): {cut(strategy.text, LISTED_TEXT)}"


def _turning(page: Page[T], place: Place, previous: str, following: str) -> list[Block]:
    """The row with Previous and Next, where there is something to turn to."""
    buttons: list[Element] = []
    if page.number > 0:
        to = Place(place.kind, place.key, page.number - 1)
        buttons.append(button("Previous", previous, ids.encode_place(to), spoken="Previous page"))
    if page.number + 1 < page.count:
        to = Place(place.kind, place.key, page.number + 1)
        buttons.append(button("Next", following, ids.encode_place(to), spoken="Next page"))
    return [actions(*buttons)] if buttons else []


def _counted(strategies: int) -> str:
    return "1 strategy" if strategies == 1 else f"{strategies} strategies"


def _quoted(query: str) -> str:
    return cut(" ".join(query.split()), QUOTED)
