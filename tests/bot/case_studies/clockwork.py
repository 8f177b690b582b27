"""What a start of the bot and its clock do about case studies, at the time that the test has set."""

from datetime import UTC, datetime

from bot.app import plan_standing_work
from bot.case_studies import clock_handlers
from knowledge.model import Library
from storage.store import Store


class Clockwork:
    """Does what is due now, as the clock does, without waiting."""

    def __init__(self, store: Store, library: Library) -> None:
        self._store = store
        self._library = library
        self._handlers = clock_handlers(store, library)

    async def start(self) -> None:
        """Plan what every start plans."""
        await plan_standing_work(self._store, self._library)

    async def look(self) -> None:
        """Claim what is due, and do it."""
        for work in await self._store.work.claim(datetime.now(UTC), 60, 20):
            await self._handlers[work.kind](work)
            await self._store.work.finish(work)
