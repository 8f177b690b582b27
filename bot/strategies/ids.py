"""Names of this feature's actions and views, and what their values hold."""

from typing import get_args

from bot.strategies.service import CardRef, Place, PlaceKind

COMMAND = "/strategies"

THEMES_OPEN = "strategies.themes.open"
THEMES_PREVIOUS = "strategies.themes.previous"
THEMES_NEXT = "strategies.themes.next"
THEME_OPEN = "strategies.theme.open"
THEME_PREVIOUS = "strategies.theme.previous"
THEME_NEXT = "strategies.theme.next"
CARD_OPEN = "strategies.card.open"
CARD_BACK = "strategies.card.back"
CARD_RELATED = "strategies.card.related"
CARD_SHARE = "strategies.card.share"
CARD_CHOOSE_CHANNEL = "strategies.card.choose_channel"
SHARED_MORE = "strategies.shared.more"
FIND_OPEN = "strategies.find.open"

FIND_SUBMIT = "strategies.find.submit"
SHARE_SUBMIT = "strategies.share.submit"

QUESTION = "question"
CHANNEL = "channel"

OPENS_A_PLACE = (
    THEMES_OPEN,
    THEMES_PREVIOUS,
    THEMES_NEXT,
    THEME_OPEN,
    THEME_PREVIOUS,
    THEME_NEXT,
    CARD_BACK,
)
"""The value of these is a place."""
OPENS_RELATED = (CARD_RELATED, SHARED_MORE)
"""The value of these, as of CARD_OPEN and the sharing ones, is a card."""

KEY_LENGTH = 200
"""Characters of a question that a button carries, so that a list of five stays a small message."""


def encode_place(place: Place) -> str:
    """`kind:page:key`; a long question is cut."""
    return f"{place.kind}:{place.page}:{place.key[:KEY_LENGTH]}"


def decode_place(value: str) -> Place:
    """The place; :raises ValueError: no place was encoded like this."""
    kind, page, key = value.split(":", 2)
    for known in get_args(PlaceKind):
        if kind == known:
            return Place(known, key, int(page))
    raise ValueError("unknown kind of place")


def encode_card(card: CardRef) -> str:
    """`id place`, or the id alone."""
    return f"{card.strategy_id} {encode_place(card.back)}" if card.back else card.strategy_id


def decode_card(value: str) -> CardRef:
    """The card; :raises ValueError: no card was encoded like this."""
    strategy_id, _, place = value.partition(" ")
    return CardRef(strategy_id, decode_place(place) if place else None)
