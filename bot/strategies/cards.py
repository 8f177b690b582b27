"""One strategy, as its card: to one person, or shared with everybody in a channel."""

from collections.abc import Sequence
from typing import Literal, TypeAlias

from slackblocks import Block, Element

from bot.blocks import actions, button, context, cut, escape, header, plain, section
from bot.delivery.content import Content
from bot.panels import Panel
from bot.strategies import ids
from bot.strategies.service import Card
from knowledge.model import Library, Strategy

Sharing: TypeAlias = Literal["here", "choose", "shared", "public"]
"""What the card's first button does: share in this channel, ask for a channel, nothing more (it has been
shared), or, on a card that everybody sees, show more like it to whoever presses."""

SOURCE_LENGTH = 300


def card_panel(library: Library, card: Card, sharing: Sharing) -> Panel:
    """The card with its buttons."""
    strategy = card.strategy
    blocks = _card_blocks(library, strategy)
    if card.related and sharing != "public":
        blocks.append(context(f"Related: {escape(titles(card.related))}"))
    if sharing == "shared":
        blocks.append(section("*Shared.* Everybody in the channel can see it now."))
    blocks.append(actions(*_buttons(card, sharing)))
    words = card_words(library, strategy)
    if card.related:
        words += f"\nRelated: {titles(card.related)}"
    if sharing == "shared":
        words = f"Shared. Everybody in the channel can see it now.\n{words}"
    return Panel("Strategy", blocks, words)


def shared_card(library: Library, strategy: Strategy, user_id: str) -> Content:
    """The card as a message to a channel, with who shared it."""
    who = f"<@{user_id}> shared a strategy"
    more = button("More like this", ids.SHARED_MORE, strategy.id, spoken=f"More like this: {strategy.title}")
    return Content(
        f"{who}:\n{escape(card_words(library, strategy))}",
        [context(who), *_card_blocks(library, strategy), actions(more)],
    )


def card_words(library: Library, strategy: Strategy) -> str:
    """All that the card says, as plain text."""
    return (
        f"{strategy.title}\n{strategy.text}\n{_place(library, strategy)}\n"
        f"Source: {cut(library.source_of(strategy), SOURCE_LENGTH)}"
    )


def titles(strategies: Sequence[Strategy]) -> str:
    """Their titles with their ids, in one line."""
    return "; ".join(f"{strategy.title} ({strategy.id})" for strategy in strategies)


def _card_blocks(library: Library, strategy: Strategy) -> list[Block]:
    return [
        header(strategy.title),
        section(plain(strategy.text)),
        context(escape(_place(library, strategy))),
        context(f"Source: {escape(cut(library.source_of(strategy), SOURCE_LENGTH))}"),
    ]


def _place(library: Library, strategy: Strategy) -> str:
    """`Theme, in Area. Also under Theme. Id trust-2.`"""
    theme = library.theme_of(strategy)
    others = [other.title for other in map(library.theme, strategy.also) if other]
    also = f" Also under: {', '.join(others)}." if others else ""
    return f"Theme: {theme.title}, in {library.area_of(theme).title}.{also} Id: {strategy.id}"


def _buttons(card: Card, sharing: Sharing) -> list[Element]:
    value = ids.encode_card(card.ref)
    title = card.strategy.title
    if sharing == "public":
        return [button("More like this", ids.SHARED_MORE, value, spoken=f"More like this: {title}")]
    buttons: list[Element] = []
    if sharing == "here":
        buttons.append(button("Share here", ids.CARD_SHARE, value, spoken=f"Share here: {title}"))
    if sharing == "choose":
        label = "Share in a channel"
        buttons.append(button(label, ids.CARD_CHOOSE_CHANNEL, value, spoken=f"{label}: {title}"))
    return [
        *buttons,
        button("Related", ids.CARD_RELATED, value, spoken=f"Related: {title}"),
        button("Back", ids.CARD_BACK, ids.encode_place(card.back), spoken="Back to the list"),
    ]
