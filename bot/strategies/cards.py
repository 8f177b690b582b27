"""One strategy, as its card: to one person, or shared with everybody in a channel."""

from collections.abc import Sequence
from typing import Literal, TypeAlias

from slackblocks import Block, Element

from bot.blocks import actions, button, context, cut, escape, header, plain, section
from bot.delivery.content import Content
from bot.handover import STUDIES_USING
from bot.panels import Panel
from bot.strategies import ids
from bot.strategies.reasons import reason
from bot.strategies.results import Card
from bot.uses import uses_sentence
from knowledge.model import Library, Strategy

Sharing: TypeAlias = Literal["here", "thread", "choose", "shared", "public", "within"]
"""What the card's first buttons do: share in this channel, share in the thread of the message it was looked
up for, ask for a channel, nothing more (it has been shared), or, on a card that everybody sees, show more
like it to whoever presses. Within something else that is read, a card can only be saved."""

SHARE_LABELS = {"here": "Share here", "thread": "Share in the thread"}
SHARED_NOW = "Everybody in the channel can see it now."
SAVED_NOW = "Saved. All that you saved: type `/strategies saved`, or look in App Home."
SOURCE_LENGTH = 300


def card_panel(library: Library, card: Card, sharing: Sharing) -> Panel:
    """The card with its buttons."""
    strategy = card.strategy
    why = reason(card.match)
    blocks = _card_blocks(library, strategy, why)
    if card.related and sharing != "public":
        blocks.append(context(f"Related: {escape(titles(card.related))}"))
    uses = uses_sentence(card.uses) if sharing != "public" else ""
    if uses:
        blocks.append(context(uses))
    if sharing == "shared":
        blocks.append(section(f"*Shared.* {SHARED_NOW}"))
    is_saved = card.is_saved and sharing != "public"
    if is_saved:
        blocks.append(context(SAVED_NOW))
    blocks.append(actions(*_buttons(card, sharing)))
    words = [card_words(library, strategy), why]
    if card.related:
        words.append(f"Related: {titles(card.related)}")
    if uses:
        words.append(uses)
    if is_saved:
        words.append(SAVED_NOW)
    if sharing == "shared":
        words.insert(0, f"Shared. {SHARED_NOW}")
    return Panel("Strategy", blocks, "\n".join(filter(None, words)))


def shared_card(library: Library, strategy: Strategy, user_id: str, note: str = "") -> Content:
    """The card as a message to a channel, with who shared it and what they wrote to it."""
    who = f"<@{user_id}> shared a strategy"
    quoted = f"“{note}”" if note else ""
    blocks: list[Block] = [context(who)]
    if note:
        blocks.append(section(plain(quoted)))
    blocks += [*_card_blocks(library, strategy), actions(*_public_buttons(strategy, strategy.id))]
    words = [f"{who}:", escape(quoted), escape(card_words(library, strategy))]
    return Content("\n".join(filter(None, words)), blocks)


def card_words(library: Library, strategy: Strategy) -> str:
    """All that the card says, as plain text."""
    return (
        f"{strategy.title}\n{strategy.text}\n{_place(library, strategy)}\n"
        f"Source: {cut(library.source_of(strategy), SOURCE_LENGTH)}"
    )


def titles(strategies: Sequence[Strategy]) -> str:
    """Their titles with their ids, in one line."""
    return "; ".join(f"{strategy.title} ({strategy.id})" for strategy in strategies)


def _card_blocks(library: Library, strategy: Strategy, why: str = "") -> list[Block]:
    return [
        header(strategy.title),
        section(plain(strategy.text)),
        *([context(escape(why))] if why else []),
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
        return _public_buttons(card.strategy, value)
    buttons: list[Element] = []
    if sharing in SHARE_LABELS:
        label = SHARE_LABELS[sharing]
        buttons.append(button(label, ids.CARD_SHARE, value, spoken=f"{label}: {title}"))
        with_note = "Share with a note"
        buttons.append(button(with_note, ids.CARD_SHARE_NOTE, value, spoken=f"{with_note}: {title}"))
    if sharing == "choose":
        label = "Share in a channel"
        buttons.append(button(label, ids.CARD_CHOOSE_CHANNEL, value, spoken=f"{label}: {title}"))
    if card.is_saved:
        label = "Remove from saved"
        buttons.append(button(label, ids.CARD_UNSAVE, value, spoken=f"{label}: {title}"))
    else:
        buttons.append(_save_button(value, title))
    if sharing == "within":
        return buttons
    if card.uses:
        label = "Case studies"
        spoken = f"Case studies that used {title}"
        buttons.append(button(label, STUDIES_USING, card.strategy.id, spoken=spoken))
    return [
        *buttons,
        button("Related", ids.CARD_RELATED, value, spoken=f"Related: {title}"),
        button("Back", ids.CARD_BACK, ids.encode_place(card.back), spoken="Back to the list"),
    ]


def _public_buttons(strategy: Strategy, value: str) -> list[Element]:
    """What anybody in the channel can press, each for themselves."""
    title = strategy.title
    more = button("More like this", ids.SHARED_MORE, value, spoken=f"More like this: {title}")
    return [more, _save_button(value, title)]


def _save_button(value: str, title: str) -> Element:
    return button("Save", ids.CARD_SAVE, value, spoken=f"Save: {title}")
