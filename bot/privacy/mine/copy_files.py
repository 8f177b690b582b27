"""A copy of all that is kept of somebody: JSON that holds everything, and Markdown to read."""

import json
from datetime import UTC, datetime

from slack_sdk.web.async_client import AsyncWebClient

from bot.caller import Caller
from bot.delivery.files import File
from bot.delivery.personal_files import Made
from bot.privacy.mine.readable import Readable
from knowledge.model import Library
from storage.privacy_store import PrivacyStore

FORMAT, VERSION = "commonground.my_data", 1
WORDS = (
    "This is what Common Ground keeps about you in this workspace. The JSON file holds everything; the other "
    "is to be read. What others wrote is theirs and not in it. Of anonymous rankings that have ended nobody "
    "can say which answers are yours."
)


class CopyFiles:
    """Makes the files."""

    def __init__(self, privacy: PrivacyStore, library: Library) -> None:
        self._privacy = privacy
        self._readable = Readable(library)

    async def make(self, _client: AsyncWebClient, caller: Caller) -> Made:
        """Of what is kept at this moment."""
        now = datetime.now(UTC)
        data = await self._privacy.read_all(caller.workspace_id, caller.person)
        whole = {"format": FORMAT, "version": VERSION, "made": now.isoformat(timespec="seconds"), **data}
        files = [
            File("my-data.json", "My data (JSON)", json.dumps(whole, ensure_ascii=False, indent=1).encode()),
            File("my-data.md", "My data", self._readable.text(data, now).encode()),
        ]
        return Made(files, WORDS)
