"""The form that says who may start rankings."""

from typing import Any

from slackblocks import Block, InputBlock, ModalView, Option, RadioButtonGroup, UserMultiSelectMenu

from bot.blocks import plain, section
from bot.governance import ids
from storage.records.workspace_settings import WorkspaceSettings

MOST = 100
SAVED = "It is saved. Rankings that are open go on as they are."


def starters_modal(settings: WorkspaceSettings) -> dict[str, Any]:
    """Filled with what applies now."""
    everybody = Option(plain("Everybody"), value=ids.EVERYBODY)
    named = Option(plain("Admins, and the people named below"), value=ids.NAMED)
    people = [person.user_id for person in settings.starters or ()]
    blocks: list[Block] = [
        InputBlock(
            plain("Who may start rankings"),
            RadioButtonGroup(
                ids.WHO_FIELD,
                [everybody, named],
                initial_option=everybody if settings.starters is None else named,
            ),
            block_id=ids.WHO_FIELD,
            hint=plain("Taking part is open to everybody, whatever you choose."),
        ),
        InputBlock(
            plain("People"),
            UserMultiSelectMenu(
                placeholder=plain("Choose people"),
                action_id=ids.PEOPLE_FIELD,
                initial_users=people or None,
                max_selected_items=MOST,
            ),
            block_id=ids.PEOPLE_FIELD,
            hint=plain("They are named to whoever may not start one, so that people know whom to ask."),
            optional=True,
        ),
    ]
    return ModalView(
        title=plain("Who may start rankings"),
        blocks=blocks,
        submit=plain("Save"),
        close=plain("Back"),
        callback_id=ids.SEND_STARTERS,
    ).to_dict()


def saved_modal() -> dict[str, Any]:
    """Said once it is kept."""
    return ModalView(
        title=plain("Who may start rankings"), blocks=[section(SAVED)], close=plain("Back")
    ).to_dict()
