"""What App Home offers to those who look after the workspace: its admins, and curators."""

from collections.abc import Mapping

from slackblocks import Block

from bot.admins import Admins
from bot.blocks import button, section
from bot.caller import Caller
from bot.curators import Curators
from bot.handover import LEFT_BEHIND, SETTINGS
from bot.sections import Shelf


class RolesShelf:
    """People who are neither see nothing of it."""

    def __init__(self, admins: Admins, curators: Curators) -> None:
        self._admins = admins
        self._curators = curators

    async def offer(self, caller: Caller) -> Mapping[Shelf, list[Block]]:
        found: dict[Shelf, list[Block]] = {}
        if await self._curators.may_curate(caller):
            found[Shelf.CURATING] = curating_row()
        if await self._admins.is_admin(caller):
            found[Shelf.SETTINGS] = settings_row()
        return found


def curating_row() -> list[Block]:
    """What curators do, beside what was looked for in vain."""
    return [
        section(
            "Case studies whose owner has left, to be handed on.",
            accessory=button(
                "Look for them", LEFT_BEHIND, spoken="Look for case studies whose owner has left"
            ),
        )
    ]


def settings_row() -> list[Block]:
    """The way to the settings."""
    return [
        section(
            "Who does what, approval, how long things are kept, agencies, the audit log, the data sheet, and "
            "what requests for information need.",
            accessory=button("Settings", SETTINGS, spoken="Settings of this workspace"),
        )
    ]
