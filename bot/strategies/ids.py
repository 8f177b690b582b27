"""Names of this feature's actions and views, and what their values hold."""

import json
from dataclasses import dataclass
from typing import get_args

from bot.strategies.results import CardRef, Place, PlaceKind
from bot.values import OutdatedError, number, parsed, pieces

COMMAND = "/strategies"
SHORTCUT = "strategies.shortcut.find"
MESSAGE_SHORTCUT = "strategies.message.find"
STEP = "find_strategies"

THEMES_OPEN = "strategies.themes.open"
THEMES_PREVIOUS = "strategies.themes.previous"
THEMES_NEXT = "strategies.themes.next"
THEME_OPEN = "strategies.theme.open"
THEME_PREVIOUS = "strategies.theme.previous"
THEME_NEXT = "strategies.theme.next"
SAVED_OPEN = "strategies.saved.open"
SAVED_PREVIOUS = "strategies.saved.previous"
SAVED_NEXT = "strategies.saved.next"
SAVED_REMOVE = "strategies.saved.remove"
CARD_OPEN = "strategies.card.open"
CARD_BACK = "strategies.card.back"
CARD_RELATED = "strategies.card.related"
CARD_SAVE = "strategies.card.save"
CARD_UNSAVE = "strategies.card.unsave"
CARD_SHARE = "strategies.card.share"
CARD_SHARE_NOTE = "strategies.card.share_note"
CARD_CHOOSE_CHANNEL = "strategies.card.choose_channel"
SHARED_MORE = "strategies.shared.more"
FIND_OPEN = "strategies.find.open"
FIND_PICK = "strategies.find.pick"
FOUND_UNHELPFUL = "strategies.found.unhelpful"
FOUND_BACK = "strategies.found.back"
MISS_FORGET = "strategies.miss.forget"

FIND_SUBMIT = "strategies.find.submit"
SHARE_SUBMIT = "strategies.share.submit"
NOTE_SUBMIT = "strategies.note.submit"

QUESTION = "question"
PICKERS = ("picker", "picker-again")
"""Block ids of the picker: Slack empties it when it comes back under the other one."""
CHANNEL = "channel"
NOTE = "note"

OPENS_A_PLACE = (
    THEMES_OPEN,
    THEMES_PREVIOUS,
    THEMES_NEXT,
    THEME_OPEN,
    THEME_PREVIOUS,
    THEME_NEXT,
    SAVED_OPEN,
    SAVED_PREVIOUS,
    SAVED_NEXT,
    CARD_BACK,
    FOUND_BACK,
)
"""The value of these is a place."""
OPENS_RELATED = (CARD_RELATED, SHARED_MORE)
"""The value of these, as of CARD_OPEN and the sharing and saving ones, is a card."""

WITHIN = "within"
"""Metadata of a card on top of something else, where Slack has no room for another modal."""

KEY_LENGTH = 200
"""Characters of a question that a button carries, so that a list of five stays a small message."""
_ASK = "ask:"
_OPTION_VALUE = 150


@dataclass(frozen=True, slots=True)
class Thread:
    """Where a card goes that was looked up for a message: into that message's thread."""

    channel_id: str
    ts: str


@dataclass(frozen=True, slots=True)
class NoteForm:
    """What the form for a note has to know: the card, where it goes, and the private answer it came from."""

    card: CardRef
    channel_id: str
    thread_ts: str | None
    response_url: str | None


def encode_place(place: Place) -> str:
    """`kind:page:key`; a long question is cut."""
    return f"{place.kind}:{place.page}:{place.key[:KEY_LENGTH]}"


def decode_place(value: str) -> Place:
    """The place; :raises OutdatedError: no place was encoded like this."""
    kind, page, key = pieces(value, 3, ":")
    for known in get_args(PlaceKind):
        if kind == known:
            return Place(known, key, number(page))
    raise OutdatedError("unknown kind of place")


def encode_card(card: CardRef) -> str:
    """`id place`, or the id alone."""
    return f"{card.strategy_id} {encode_place(card.back)}" if card.back else card.strategy_id


def decode_card(value: str) -> CardRef:
    """The card; :raises OutdatedError: no card was encoded like this."""
    strategy_id, _, place = value.partition(" ")
    return CardRef(strategy_id, decode_place(place) if place else None)


def encode_thread(thread: Thread | None) -> str:
    """`channel ts`, or nothing: what a modal carries through all that is shown in it."""
    return f"{thread.channel_id} {thread.ts}" if thread else ""


def decode_thread(metadata: str) -> Thread | None:
    """The thread, if the modal was opened for a message."""
    channel_id, _, ts = metadata.partition(" ")
    return Thread(channel_id, ts) if ts else None


def encode_note(form: NoteForm) -> str:
    return json.dumps([encode_card(form.card), form.channel_id, form.thread_ts, form.response_url])


def decode_note(metadata: str) -> NoteForm:
    """The form; :raises OutdatedError: no form was encoded like this."""
    match parsed(metadata):
        case [str(card), str(channel_id), str() | None as thread_ts, str() | None as response_url]:
            return NoteForm(decode_card(card), channel_id, thread_ts, response_url)
    raise OutdatedError("a card and where it goes were expected")


def encode_ask(typed: str) -> str:
    """The option that stands where no strategy fits what was typed."""
    return f"{_ASK}{typed}"[:_OPTION_VALUE]


def decode_pick(value: str) -> CardRef | str:
    """The strategy that was picked, or the words to ask about instead."""
    return value.removeprefix(_ASK) if value.startswith(_ASK) else CardRef(value)
