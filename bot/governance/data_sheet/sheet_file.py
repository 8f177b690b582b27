"""The data sheet as a Markdown file."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.caller import Caller
from bot.delivery.files import File
from bot.delivery.personal_files import Made
from storage.data_sheet import data_sheet

WORDS = (
    "This is the data sheet of Common Ground: what is kept, why, where, how long and who sees it. It says "
    "nothing about anybody, so you can hand it on."
)


class DataSheetFile:
    """The same for every workspace: it follows from the schema."""

    async def make(self, _client: AsyncWebClient, _caller: Caller) -> Made:
        """The file for an admin."""
        return Made([File("data-sheet.md", "Data sheet", data_sheet().encode())], WORDS)
