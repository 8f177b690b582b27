"""The form that says how long each kind is kept."""

from typing import Any

from slackblocks import Block, InputBlock, ModalView, NumberInput

from bot.blocks import plain, section
from bot.governance import ids
from bot.governance.retention.kinds import KINDS
from storage.records.workspace_settings import WorkspaceSettings

FEWEST_DAYS, MOST_DAYS = 1, 36_500
WHAT = (
    "Type after how many days each kind is removed. An empty field means never. It is looked at once a day, "
    "and what was removed is counted in the audit log. What has been removed cannot be brought back."
)
SAVED = "It is saved, and applies from the next look on, within a day."


def retention_modal(settings: WorkspaceSettings) -> dict[str, Any]:
    """Filled with what applies now; a field's block id is its kind."""
    blocks: list[Block] = [section(WHAT)]
    for kind, words in KINDS.items():
        days = settings.retention.get(kind)
        field = NumberInput(
            False,
            kind,
            initial_value=str(days) if days else None,
            min_value=FEWEST_DAYS,
            max_value=MOST_DAYS,
        )
        blocks.append(
            InputBlock(
                label=plain(f"{words.label}, in days"),
                element=field,
                block_id=kind,
                hint=plain(words.hint),
                optional=True,
            )
        )
    return ModalView(
        title=plain("How long things are kept"),
        blocks=blocks,
        submit=plain("Save"),
        close=plain("Back"),
        callback_id=ids.SEND_RETENTION,
    ).to_dict()


def saved_modal() -> dict[str, Any]:
    """Said once it is kept."""
    return ModalView(
        title=plain("How long things are kept"), blocks=[section(SAVED)], close=plain("Back")
    ).to_dict()
