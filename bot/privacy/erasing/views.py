"""What goes and what stays when somebody has themselves erased; it is confirmed by typing a word."""

from typing import Any

from slackblocks import Block, InputBlock, ModalView, Option, PlainTextInput, RadioButtonGroup

from bot.blocks import header, plain, section
from bot.plurals import counted
from bot.privacy import ids
from storage.records.privacy import Holdings

WORD = "ERASE"
OFFER, REMOVE = "offer", "remove"
BEGUN = (
    "It has begun, and takes a minute or two. You get a direct message when it is done. Nobody can bring "
    "back what has gone."
)
HAND_ON_FIRST = "Before you can be erased, somebody else has to be able to go on:"
GOES = (
    "• Your agency, saved strategies, and a ranking that you have begun to set up.\n"
    "• Your answers in rankings that are open; you are marked as having left them.\n"
    "• Your reasons in rankings that have ended, and your notes to colleagues.\n"
    "• Drafts that you own, with all that anybody wrote in them.\n"
    "• Monthly messages to channels that you asked for.\n"
    "• Messages and reminders that wait for you."
)
STAYS = (
    "• Your ballots in rankings that have ended, as numbers: without them the count would come out "
    "otherwise. In your place stands a random number that leads back to nobody, with the agency you had.\n"
    "• Your answers and reasons in anonymous rankings that have ended: nobody can say which are yours.\n"
    "• The title and the statements of rankings that you set up: the group has worked on them.\n"
    "• Lines of the history and of the audit log, with that number in place of you.\n"
    "• What others wrote, even if they name you in it. Ask them.\n"
    "• Messages and files in Slack, which are Slack's, and backups until they are replaced."
)


def erasing_modal(held: Holdings) -> dict[str, Any]:
    """What goes and what stays; a form when nothing has to be handed on first."""
    blocks: list[Block] = []
    blockers = blocking_lines(held)
    if blockers:
        blocks += [section(HAND_ON_FIRST), section(plain("\n".join(f"• {line}" for line in blockers)))]
    if held.shared_drafts:
        blocks.append(
            section(
                plain(
                    f"Colleagues wrote in {counted(held.shared_drafts, 'draft', 'drafts')} of yours. Hand "
                    f"{'it' if held.shared_drafts == 1 else 'them'} on first, if their work is to stay."
                )
            )
        )
    blocks += [
        header("What goes"),
        section(plain(GOES)),
        header("What stays, and why"),
        section(plain(STAYS)),
    ]
    if blockers:
        return ModalView(title=plain("Erase me"), blocks=blocks, close=plain("Back")).to_dict()
    if held.texts_elsewhere:
        blocks.append(_texts_input(held.texts_elsewhere))
    blocks.append(
        InputBlock(
            plain(f"Type {WORD} to have it done"),
            PlainTextInput(action_id=ids.WORD_FIELD, max_length=20),
            block_id=ids.WORD_FIELD,
            hint=plain("Ask for a copy first, if you want to keep one. This cannot be undone."),
        )
    )
    return ModalView(
        title=plain("Erase me"),
        blocks=blocks,
        submit=plain("Erase me"),
        close=plain("Back"),
        callback_id=ids.SEND_ERASING,
    ).to_dict()


def blocking_lines(held: Holdings) -> list[str]:
    """What has to be handed on first, and how; nothing when nothing has."""
    found = []
    if held.open_run:
        found.append(
            f"You run {counted(held.open_run, 'ranking that is', 'rankings that are')} open. Press Manage on "
            "the ranking's message, then hand it over or stop it."
        )
    if held.published:
        found.append(
            f"You own {counted(held.published, 'published case study', 'published case studies')}. Hand "
            f"{'it' if held.published == 1 else 'each'} on to somebody, or withdraw it: type /casestudy, "
            "open it, and press Hand on or Withdraw."
        )
    return found


def _texts_input(number: int) -> InputBlock:
    offer = Option(
        plain("Offer them to the owners"),
        value=OFFER,
        description=plain("They may keep them without your name; else they go after 30 days."),
    )
    remove = Option(
        plain("Remove them at once"), value=REMOVE, description=plain("From earlier versions too.")
    )
    return InputBlock(
        plain(f"{counted(number, 'text', 'texts')} of yours in case studies of others"),
        RadioButtonGroup(ids.TEXTS_FIELD, [offer, remove], initial_option=offer),
        block_id=ids.TEXTS_FIELD,
    )


def begun_modal() -> dict[str, Any]:
    """Said once it has begun."""
    return ModalView(title=plain("Erase me"), blocks=[section(BEGUN)], close=plain("Close")).to_dict()
