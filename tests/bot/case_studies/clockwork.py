"""What a start of the bot and its clock do about case studies, at the time that the test has set."""

from datetime import UTC, datetime

from bot.app import create_client, plan_standing_work
from bot.case_studies import clock_handlers
from bot.delivery.sharing import SHARE_KIND, FileSharing
from bot.installation import Installation
from bot.settings import Settings
from knowledge.model import Library
from storage.records.work import Work
from storage.store import Store


class Clockwork:
    """Does what is due now, as the clock does, without waiting."""

    def __init__(self, store: Store, library: Library, settings: Settings) -> None:
        self._store = store
        self._library = library
        client_for = Installation(create_client(settings)).client_for
        self._handlers = {
            SHARE_KIND: FileSharing(store.work, client_for).share,
            **clock_handlers(store, library, client_for),
        }

    async def start(self) -> None:
        """Plan what every start plans."""
        await plan_standing_work(self._store, self._library)

    async def look(self) -> None:
        """Claim what is due, and do what is a case study's."""
        for work in await self._store.work.claim(datetime.now(UTC), 60, 20):
            if work.kind in self._handlers:
                await self.do(work)
            await self._store.work.finish(work)

    async def do(self, work: Work) -> None:
        """Do one piece of work; left at that, the clock never hears of it."""
        await self._handlers[work.kind](work)
