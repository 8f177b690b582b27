"""Somebody's own list of strategies: as a panel, and in App Home."""

from slackblocks import Block, Element

from bot.blocks import actions, button, context, escape, header, section
from bot.handover import SAVED
from bot.panels import Panel
from bot.strategies import ids
from bot.strategies.results import MY_SAVED, CardRef, Kept, Place, SavedList
from bot.strategies.rows import (
    all_themes_button,
    page_note,
    ranking_row,
    show_button,
    strategies_counted,
    strategy_line,
    turning,
)
from knowledge.model import Library

NOTHING_SAVED = (
    "You have not saved a strategy yet. Press Save on a strategy’s card, and it is kept here for you."
)
ASK_PRIVATELY = "Saved strategies are each person’s own. Press the button to see yours; nobody else will."


def saved_panel(library: Library, saved: SavedList) -> Panel:
    """The list, each strategy with its buttons."""
    page = saved.kept
    blocks: list[Block] = [header("Saved strategies")]
    if not page.total:
        blocks += [section(NOTHING_SAVED), actions(all_themes_button())]
        return Panel("Saved", blocks, NOTHING_SAVED)
    back = Place("saved", "", page.number)
    for kept in page.items:
        blocks += _kept_rows(library, kept, back)
    blocks.append(context(f"{page_note(page)}."))
    blocks += turning(page, back, ids.SAVED_PREVIOUS, ids.SAVED_NEXT)
    blocks += ranking_row(saved.rankable, SAVED, [all_themes_button()])
    words = [_line(kept) for kept in page.items]
    return Panel("Saved", blocks, "\n".join([f"Saved strategies: {page_note(page)}.", *words]))


def ask_privately_panel() -> Panel:
    """What everybody sees when somebody asks for their list where others read along."""
    show = button("Show my saved strategies", ids.SAVED_OPEN, ids.encode_place(MY_SAVED))
    return Panel("Saved", [section(ASK_PRIVATELY), actions(show)], ASK_PRIVATELY)


def saved_at_home(library: Library, saved: SavedList) -> list[Block]:
    """The newest of the list, and the way to all; nothing for an empty list."""
    page = saved.kept
    if not page.total:
        return []
    rows = [block for kept in page.items for block in _kept_rows(library, kept, MY_SAVED)]
    everything = button("All saved strategies", ids.SAVED_OPEN, ids.encode_place(MY_SAVED))
    count = f"{strategies_counted(page.total)} saved."
    if page.count > 1:
        count += f" These are the newest {len(page.items)}."
    return [*rows, context(count), *ranking_row(saved.rankable, SAVED, [everything])]


def _kept_rows(library: Library, kept: Kept, back: Place) -> list[Block]:
    strategy = kept.strategy
    if strategy is None:
        gone = f"{escape(kept.strategy_id)} is no longer in the content."
        return [section(gone, _remove_button(kept, kept.strategy_id, back))]
    theme = library.theme_of(strategy)
    return [
        section(f"*{escape(strategy.title)}*\nTheme: {escape(theme.title)}"),
        actions(show_button(strategy, back), _remove_button(kept, strategy.title, back)),
    ]


def _remove_button(kept: Kept, title: str, back: Place) -> Element:
    value = ids.encode_card(CardRef(kept.strategy_id, back))
    return button("Remove", ids.SAVED_REMOVE, value, spoken=f"Remove {title}")


def _line(kept: Kept) -> str:
    if kept.strategy is None:
        return f"- {kept.strategy_id} is no longer in the content."
    return strategy_line(kept.strategy)
