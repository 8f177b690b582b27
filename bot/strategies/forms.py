"""The two small forms of sharing: a note to go with the card, and the channel it goes to."""

from typing import Any

from slackblocks import InputBlock, ModalView, PlainTextInput

from bot.blocks import channel_select, context, plain, section
from bot.strategies import ids
from bot.strategies.results import Card

LONGEST_NOTE = 500


def note_modal(card: Card, form: ids.NoteForm) -> dict[str, Any]:
    """Asks what to say with a card that goes to a known place."""
    where = f"a thread in <#{form.channel_id}>" if form.thread_ts else f"<#{form.channel_id}>"
    return ModalView(
        title=plain("Share with a note"),
        blocks=[
            section(plain(card.strategy.title)),
            _note(),
            context(f"This goes to {where}. Everybody there will see it, and that you shared it."),
        ],
        submit=plain("Share"),
        close=plain("Cancel"),
        callback_id=ids.NOTE_SUBMIT,
        private_metadata=ids.encode_note(form),
    ).to_dict()


def share_modal(card: Card) -> dict[str, Any]:
    """Asks for the channel that a card goes to, and for a note."""
    channel = InputBlock(
        label=plain("Channel"),
        element=channel_select(ids.CHANNEL, answers=True),
        block_id=ids.CHANNEL,
    )
    return ModalView(
        title=plain("Share in a channel"),
        blocks=[
            section(plain(card.strategy.title)),
            channel,
            _note(),
            context("Everybody in the channel will see the strategy, and that you shared it."),
        ],
        submit=plain("Share"),
        close=plain("Cancel"),
        callback_id=ids.SHARE_SUBMIT,
        private_metadata=ids.encode_card(card.ref),
    ).to_dict()


def _note() -> InputBlock:
    return InputBlock(
        label=plain("Your note"),
        hint=plain("For example, why you think it matters here. Shown above the strategy."),
        element=PlainTextInput(action_id=ids.NOTE, multiline=True, max_length=LONGEST_NOTE),
        block_id=ids.NOTE,
        optional=True,
    )
