"""What the whole clock does at the time that the test has set, without waiting."""

from datetime import UTC, datetime

from bot.app import create_client, create_clock
from bot.installation import Installation
from bot.settings import Settings
from knowledge.model import Library
from storage.records.work import Work
from storage.store import Store


class WholeClock:
    """Does what is due now, of every feature."""

    def __init__(self, store: Store, library: Library, settings: Settings) -> None:
        self._store = store
        clock = create_clock(store, library, Installation(create_client(settings)))
        self._handlers = clock._handlers

    async def look(self, rounds: int = 3) -> list[Work]:
        """Claim what is due and do it, as often as what was done may have planned more; what was done."""
        done = []
        for _ in range(rounds):
            for work in await self._store.work.claim(datetime.now(UTC), 60, 100):
                await self._handlers[work.kind](work)
                await self._store.work.finish(work)
                done.append(work)
        return done
