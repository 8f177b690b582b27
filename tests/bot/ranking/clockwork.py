"""Doing what is due now, as the clock does, without waiting."""

from datetime import UTC, datetime, timedelta

from bot.app import create_client
from bot.delivery.sharing import SHARE_KIND, FileSharing
from bot.installation import Installation
from bot.ranking import clock_handlers, ids
from bot.settings import Settings
from storage.records.work import Work
from storage.stage_work import PICTURES
from storage.store import Store

KINDS = (SHARE_KIND, PICTURES, ids.EXPORT_KIND, ids.CANVAS_KIND)
"""What makes files; deadlines and reminders stay undone."""


class Clockwork:
    """The handlers that make files, on a store."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        client_for = Installation(create_client(settings)).client_for
        self._handlers = {
            SHARE_KIND: FileSharing(store.work, client_for).share,
            **clock_handlers(store, client_for),
        }

    async def due(self, after: timedelta = timedelta()) -> list[Work]:
        """Claim what is due, or will be after this time."""
        works = await self._store.work.claim(datetime.now(UTC) + after, 60, 50)
        return [work for work in works if work.kind in KINDS]

    async def do(self, work: Work, *, is_cut_off: bool = False) -> None:
        """Do one piece of work; cut off, it is done and the clock never hears of it."""
        await self._handlers[work.kind](work)
        if not is_cut_off:
            await self._store.work.finish(work)

    async def run(self) -> list[str]:
        """Do what is due until nothing is, and say what kinds it was."""
        kinds = []
        while works := await self.due():
            for work in works:
                kinds.append(work.kind)
                await self.do(work)
        return kinds
