"""What App Home offers to admins of the workspace."""

from collections.abc import Mapping

from slackblocks import Block

from bot.admins import Admins
from bot.caller import Caller
from bot.home.settings_views import settings_row
from bot.sections import Shelf


class SettingsShelf:
    """People who are no admin see nothing of it."""

    def __init__(self, admins: Admins) -> None:
        self._admins = admins

    async def offer(self, caller: Caller) -> Mapping[Shelf, list[Block]]:
        return {Shelf.SETTINGS: settings_row()} if await self._admins.is_admin(caller) else {}
