"""The two small forms: what are you looking for, and where shall it be shared."""

from typing import Any

from slackblocks import ConversationFilter, ConversationSelectMenu, InputBlock, ModalView, PlainTextInput

from bot.blocks import INPUT_LENGTH, context, plain, section
from bot.strategies import ids
from bot.strategies.service import Card


def find_modal() -> dict[str, Any]:
    """Asks for a question in the person's own words."""
    question = InputBlock(
        label=plain("What are you looking for?"),
        hint=plain("Say it in your own words, or give the name of a theme or the id of a strategy."),
        element=PlainTextInput(
            action_id=ids.QUESTION,
            max_length=INPUT_LENGTH,
            placeholder=plain("For example: people keep leaving"),
        ),
        block_id=ids.QUESTION,
    )
    return ModalView(
        title=plain("Find strategies"),
        blocks=[question],
        submit=plain("Find"),
        close=plain("Cancel"),
        callback_id=ids.FIND_SUBMIT,
    ).to_dict()


def share_modal(card: Card) -> dict[str, Any]:
    """Asks for the channel that a card goes to."""
    channel = InputBlock(
        label=plain("Channel"),
        element=ConversationSelectMenu(
            action_id=ids.CHANNEL,
            response_url_enabled=True,
            filter=ConversationFilter(include=["public", "private"], exclude_bot_users=True),
            placeholder=plain("Choose a channel"),
        ),
        block_id=ids.CHANNEL,
    )
    return ModalView(
        title=plain("Share in a channel"),
        blocks=[
            section(plain(card.strategy.title)),
            channel,
            context("Everybody in the channel will see the strategy, and that you shared it."),
        ],
        submit=plain("Share"),
        close=plain("Cancel"),
        callback_id=ids.SHARE_SUBMIT,
        private_metadata=ids.encode_card(card.ref),
    ).to_dict()
