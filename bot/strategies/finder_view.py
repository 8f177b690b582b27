"""The form that finds: a question, a picker, and below them what they have led to."""

from typing import Any

from slackblocks import Block, ExternalSelectMenu, InputBlock, ModalView, Option, PlainTextInput

from bot.blocks import INPUT_LENGTH, cut, divider, plain
from bot.panels import Panel
from bot.strategies import ids

SHORT_QUESTION = 80
"""Characters that can be read in a field of one line."""
QUOTED = 24
"""Characters that are repeated of what nothing fits."""


def finder_modal(
    question: str = "",
    panel: Panel | None = None,
    *,
    thread: ids.Thread | None = None,
    picker: str = ids.PICKERS[0],
) -> dict[str, Any]:
    """The form with a panel below it; `thread` is where cards are shared when it was opened for a message."""
    hint = "Say it in your own words, or give the name of a theme or the id of a strategy."
    asked = InputBlock(
        label=plain("What are you looking for?"),
        hint=None if panel else plain(hint),
        element=PlainTextInput(
            action_id=ids.QUESTION,
            initial_value=cut(question, INPUT_LENGTH) or None,
            max_length=INPUT_LENGTH,
            multiline=len(question) > SHORT_QUESTION,
            placeholder=plain("For example: people keep leaving"),
        ),
        block_id=ids.QUESTION,
        optional=True,
    )
    picked = InputBlock(
        label=plain("Or pick a strategy"),
        element=ExternalSelectMenu(
            action_id=ids.FIND_PICK,
            min_query_length=0,
            placeholder=plain("Type a word, or choose from the list"),
        ),
        block_id=picker,
        dispatch_action=True,
        optional=True,
    )
    shown: list[Block] = [divider(), *panel.blocks] if panel else []
    return ModalView(
        title=plain("Find strategies"),
        blocks=[asked, picked, *shown],
        submit=plain("Find"),
        close=plain("Close"),
        callback_id=ids.FIND_SUBMIT,
        private_metadata=ids.encode_thread(thread) or None,
    ).to_dict()


def nothing_option(typed: str) -> Option:
    """Says that nothing fits; picked, it shows where to look instead."""
    words = cut(" ".join(typed.split()), QUOTED)
    return Option(plain(f"Nothing fits “{words}”. See where to look instead"), value=ids.encode_ask(typed))
