"""What comes of somebody's acts later, in the other workspace: messages that are sent, work that is done."""

from datetime import UTC, datetime, timedelta

from bot.app import create_clock, create_publisher
from bot.installation import Installations
from knowledge.model import Library
from storage.store import Store
from tests.slack import PARTNER_TEAM

A_YEAR = timedelta(days=366)


class Aftermath:
    """The publisher's and the clock's, for the other workspace alone."""

    def __init__(self, store: Store, library: Library, installations: Installations) -> None:
        self._store = store
        self._renderers = create_publisher(store, library, installations)._sender._renderers
        self._handlers = create_clock(store, library, installations)._handlers

    async def follow(self) -> str:
        """Do all that is planned there, however late, and say what its messages would show."""
        shown = []
        for work in await self._store.work.claim(datetime.now(UTC) + A_YEAR, 60, 1_000):
            if work.workspace_id == PARTNER_TEAM:
                await self._handlers[work.kind](work)
        for message in await self._store.messages.dirty_messages():
            if message.workspace_id == PARTNER_TEAM:
                shown.append(await self._renderers[message.kind](message))
        return str(shown)
