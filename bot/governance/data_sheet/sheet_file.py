"""The data sheet as a Markdown file."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.caller import Caller
from bot.delivery.files import File
from bot.delivery.personal_files import Made
from storage.data_sheet import data_sheet
from storage.store import SettingsStore

WORDS = (
    "This is the data sheet of Common Ground: what is kept, why, where, how long and who sees it, with what "
    "the admins of this workspace have decided. It says nothing about anybody, so you can hand it on."
)


class DataSheetFile:
    """It follows from the schema, and from the settings of the workspace as they are when it is made."""

    def __init__(self, settings: SettingsStore) -> None:
        self._settings = settings

    async def make(self, _client: AsyncWebClient, caller: Caller) -> Made:
        """The file for an admin."""
        sheet = data_sheet(await self._settings.get(caller.workspace_id))
        return Made([File("data-sheet.md", "Data sheet", sheet.encode())], WORDS)
