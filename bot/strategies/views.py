"""Every result of a look-up as a panel."""

from slackblocks import Block

from bot.blocks import actions, button, context, escape, header, plain, section
from bot.commands import command, usage_lines
from bot.handover import MY_DATA, theme_value
from bot.panels import Panel
from bot.strategies import ids
from bot.strategies.answers import (
    found_panel,
    not_needed_panel,
    nothing_panel,
    related_panel,
    unknown_panel,
)
from bot.strategies.cards import Sharing, card_panel
from bot.strategies.results import (
    Card,
    Found,
    Help,
    NothingFound,
    NotNeeded,
    Place,
    RelatedList,
    Result,
    SavedList,
    ThemeList,
    ThemePage,
    UnknownStrategy,
)
from bot.strategies.rows import (
    all_themes_button,
    page_note,
    ranking_row,
    strategy_line,
    strategy_row,
    theme_row,
    turning,
)
from bot.strategies.saved_views import saved_panel
from knowledge.model import Library


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
        case NotNeeded():
            panel = not_needed_panel(library, result)
        case UnknownStrategy():
            panel = unknown_panel(library, result)
        case SavedList():
            panel = saved_panel(library, result)
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
        blocks.append(theme_row(library, theme))
        words.append(f"- {theme.title} ({theme.id}): {theme.summary}")
    place = Place("themes", shown.area.id if shown.area else "")
    blocks += turning(shown.themes, place, ids.THEMES_PREVIOUS, ids.THEMES_NEXT)
    if shown.area:
        blocks.append(actions(all_themes_button()))
    blocks.append(context("To search, type `/strategies` and your question, or mention me with it."))
    return Panel("Strategies", blocks, "\n".join(words))


def theme_panel(library: Library, shown: ThemePage) -> Panel:
    """A page of a theme's strategies; those of other themes say so."""
    theme, page = shown.theme, shown.strategies
    summary = f"{theme.summary} {page_note(page)}."
    blocks: list[Block] = [header(theme.title), section(plain(summary))]
    words = [theme.title, summary]
    back = Place("theme", theme.id, page.number)
    for strategy in page.items:
        note = ""
        if strategy.theme_id != theme.id:
            note = f"Also listed here. Its own theme: {library.theme_of(strategy).title}"
        blocks.append(strategy_row(strategy, back, note))
        words.append(strategy_line(strategy, note))
    blocks += turning(page, back, ids.THEME_PREVIOUS, ids.THEME_NEXT)
    blocks += ranking_row(page.total, theme_value(theme.id), [all_themes_button()])
    return Panel("Theme", blocks, "\n".join(words))


def help_panel() -> Panel:
    """How to ask, from the command table."""
    lines = [*usage_lines([command(ids.COMMAND)]), (f"{ids.COMMAND} help", "show this help")]
    typed = "\n".join(f"`{words}`  {does}" for words, does in lines)
    elsewhere = (
        "You can also mention me in a channel, and I answer in the thread, or write to me in a direct "
        "message. Just say what you are looking for. In the menu of any message, “Find strategies for this” "
        "looks up what it is about."
    )
    private = "The answer to a command is for you alone. “Share here” shows it to the channel."
    return Panel(
        "Help",
        [
            header("Look something up"),
            section(typed),
            section(elsewhere),
            section(private),
            actions(
                all_themes_button(),
                button("My data", MY_DATA, spoken="My data: a look, a copy, or be erased"),
            ),
        ],
        "\n".join([*(f"{words}: {does}" for words, does in lines), elsewhere, private]),
    )
