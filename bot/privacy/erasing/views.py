"""The forms of an erasure: what goes and what stays comes first, and it is confirmed by typing a word."""

from collections.abc import Mapping
from typing import Any

from slackblocks import (
    Block,
    InputBlock,
    ModalView,
    Option,
    PlainTextInput,
    RadioButtonGroup,
    UserSelectMenu,
)

from bot.blocks import header, plain, section
from bot.privacy import ids
from bot.privacy.erasing.words import (
    THEY,
    YOU,
    blocking_lines,
    goes,
    offered_studies,
    offered_texts,
    stays,
)
from storage.records.people import Person
from storage.records.privacy import Holdings, Offers

WORD = "ERASE"
OFFER, REMOVE = "offer", "remove"
BEGUN = (
    "It has begun, and takes a minute or two. You get a direct message when it is done. Nobody can bring "
    "back what has gone."
)
BEGUN_FOR_THEM = (
    "It has begun, and takes a minute or two. The audit log then says that somebody was erased, and not who. "
    "Nobody can bring back what has gone."
)
HAND_ON_FIRST = "Before {you} can be erased, somebody else has to be able to go on:"
WHOM = (
    "For somebody who asks you to, or who has left: a guest, a partner or a closed account too. You see "
    "first what goes and what stays. The audit log keeps that you had somebody erased, and not whom."
)


def erasing_modal(held: Holdings, offers: Offers, whom: Person | None = None) -> dict[str, Any]:
    """What goes, stays and is offered; a form when nothing has to be handed on first.

    `whom` is the person for whom an admin acts; None: it is the reader's own.
    """
    whose: Mapping[str, str] = THEY if whom else YOU
    title = plain("Erase somebody" if whom else "Erase me")
    blocks: list[Block] = [section(f"Of <@{whom.user_id}> in this workspace")] if whom else []
    blockers = blocking_lines(held, whose)
    if blockers:
        blocks += [
            section(HAND_ON_FIRST.format_map(whose)),
            section(plain("\n".join(f"• {line}" for line in blockers))),
        ]
    blocks += [header("What goes"), section(plain(goes(held, whose)))]
    offered = [*offered_studies(offers, whose), *offered_texts(offers, whose)]
    if offered:
        blocks += [header("What is offered to others"), *map(section, offered)]
    blocks += [header("What stays, and why"), section(plain(stays(held, whose)))]
    if blockers:
        return ModalView(title=title, blocks=blocks, close=plain("Back")).to_dict()
    if offered:
        blocks.append(_texts_input(whose))
    blocks.append(
        InputBlock(
            plain(f"Type {WORD} to have it done"),
            PlainTextInput(action_id=ids.WORD_FIELD, max_length=20),
            block_id=ids.WORD_FIELD,
            hint=plain(
                "This cannot be undone."
                if whom
                else "Ask for a copy first, if you want to keep one. This cannot be undone."
            ),
        )
    )
    return ModalView(
        title=title,
        blocks=blocks,
        submit=plain("Erase them" if whom else "Erase me"),
        close=plain("Back"),
        callback_id=ids.SEND_ERASING_THEM if whom else ids.SEND_ERASING,
        private_metadata=ids.encode_person(whom) if whom else None,
    ).to_dict()


def choosing_modal() -> dict[str, Any]:
    """Whom an admin wants to have erased: chosen, or named by their id if Slack offers them no more."""
    return ModalView(
        title=plain("Erase somebody"),
        blocks=[
            section(WHOM),
            InputBlock(
                plain("Who"),
                UserSelectMenu(placeholder=plain("Choose a person"), action_id=ids.WHO_FIELD),
                block_id=ids.WHO_FIELD,
                optional=True,
            ),
            InputBlock(
                plain("Or their member id"),
                PlainTextInput(action_id=ids.MEMBER_FIELD, max_length=30),
                block_id=ids.MEMBER_FIELD,
                hint=plain(
                    "Slack does not offer people whose account is closed. Their id, such as U012AB3CD, is in "
                    "the audit log that you can have sent, and in Slack's list of members."
                ),
                optional=True,
            ),
        ],
        submit=plain("Go on"),
        close=plain("Back"),
        callback_id=ids.SEND_WHOM,
    ).to_dict()


def begun_modal(*, for_them: bool = False) -> dict[str, Any]:
    """Said once it has begun."""
    said = BEGUN_FOR_THEM if for_them else BEGUN
    title = "Erase somebody" if for_them else "Erase me"
    return ModalView(title=plain(title), blocks=[section(said)], close=plain("Close")).to_dict()


def _texts_input(whose: Mapping[str, str]) -> InputBlock:
    offer = Option(
        plain("Offer them to the owners"),
        value=OFFER,
        description=plain("They may keep them without a name; else they go after 30 days."),
    )
    remove = Option(
        plain("Remove them at once"), value=REMOVE, description=plain("From earlier versions too.")
    )
    return InputBlock(
        plain("What {you} wrote in those case studies".format_map(whose)),
        RadioButtonGroup(ids.TEXTS_FIELD, [offer, remove], initial_option=offer),
        block_id=ids.TEXTS_FIELD,
    )
