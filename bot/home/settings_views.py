"""What the admins of a workspace decide."""

from typing import Any

from slackblocks import Block, CheckboxGroup, InputBlock, ModalView, NumberInput, Option

from bot.blocks import button, plain, section
from bot.handover import GOVERNANCE, LEFT_BEHIND
from bot.home import ids
from storage.records.workspace_settings import WorkspaceSettings

FEWEST_DAYS, MOST_DAYS = 1, 365
SAVED = "The settings are saved. They apply to the whole workspace from now on."


def settings_modal(settings: WorkspaceSettings) -> dict[str, Any]:
    """The form, filled with what applies now."""
    ticked = Option(plain("A second person approves each case study"), ids.REQUIRED)
    boxes = CheckboxGroup(
        ids.APPROVAL_FIELD, [ticked], initial_options=[ticked] if settings.approval_required else None
    )
    days = NumberInput(
        False,
        ids.DAYS_FIELD,
        initial_value=str(settings.ask_about_drafts_after_days),
        min_value=FEWEST_DAYS,
        max_value=MOST_DAYS,
    )
    blocks: list[Block] = [
        InputBlock(
            label=plain("Before a case study is published"),
            element=boxes,
            block_id=ids.APPROVAL_FIELD,
            hint=plain("It is somebody who has not written in it. What has been published stays so."),
            optional=True,
        ),
        InputBlock(
            label=plain("Days until the owner of an untouched draft is asked about it"),
            element=days,
            block_id=ids.DAYS_FIELD,
            hint=plain(
                "It is deleted if they say so, or after the time for drafts under Agencies, roles and data."
            ),
        ),
    ]
    return ModalView(
        title=plain("Settings"),
        blocks=blocks,
        submit=plain("Save"),
        close=plain("Back"),
        callback_id=ids.SAVE_SETTINGS,
    ).to_dict()


def settings_row() -> list[Block]:
    """The way to the form, in App Home."""
    return [
        section(
            "Approval of case studies, and when old drafts are asked about.",
            accessory=button("Settings", ids.OPEN_SETTINGS),
        ),
        section(
            "Agencies, who may start rankings, how long things are kept, and who changed what.",
            accessory=button("Agencies, roles and data", GOVERNANCE),
        ),
        section(
            "Case studies whose owner has left, to be handed on.",
            accessory=button(
                "Look for them", LEFT_BEHIND, spoken="Look for case studies whose owner has left"
            ),
        ),
    ]


def saved_modal() -> dict[str, Any]:
    """Said to the admin once it is kept."""
    return ModalView(title=plain("Settings"), blocks=[section(SAVED)], close=plain("Close")).to_dict()
