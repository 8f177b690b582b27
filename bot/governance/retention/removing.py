"""Work by the clock: once a day what is old is removed, in each workspace that has decided so."""

from datetime import UTC, datetime, timedelta

from bot.governance import ids
from storage.records.work import Work
from storage.store import Store

EVERY = timedelta(days=1)
PAGE = 200
EVERYWHERE = ""
"""In place of a workspace: the work looks at all."""


class Removing:
    """The handler of `governance.remove_old`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def plan(self, at: datetime) -> None:
        """Look then, and each day after it."""
        await self._store.work.plan(EVERYWHERE, ids.REMOVE_OLD, ids.REMOVE_OLD, "", at)

    async def remove(self, _work: Work) -> None:
        """Remove what is old, a piece a transaction, and plan the next look."""
        now = datetime.now(UTC)
        removed = 0
        for workspace_id, settings in await self._store.settings.list_retention():
            for kind, days in settings.retention.items():
                count = PAGE
                while count >= PAGE:
                    count = await self._store.retention.remove_old(workspace_id, kind, days, now, PAGE)
                    removed += count
        if removed:
            await self._store.retention.scrub()
        await self.plan(now + EVERY)
