"""The workspaces in which this process, and no other, sends messages.

Leases are kept in the store and run out by themselves: when a process dies, another goes on after
`LEASE_SECONDS`. Within one workspace one process is plenty, since Slack takes less than one message a second
there; so what is sent needs no further agreement between processes, neither about a message nor about pace.
"""

import asyncio
from collections.abc import Collection
from contextlib import suppress
from datetime import UTC, datetime
from uuid import uuid4

from storage.message_store import MessageStore
from storage.store import UnavailableError

LEASE_SECONDS = 5.0
RENEW_AFTER = 1.0
"""Seconds after which a lease that is still needed is renewed."""


class Leases:
    """What this process holds."""

    def __init__(self, messages: MessageStore) -> None:
        self._messages = messages
        self._holder = uuid4().hex
        self._held_since: dict[str, float] = {}

    async def hold(self, workspace_ids: Collection[str]) -> None:
        """Take or renew the leases of these workspaces, as far as nobody else holds them."""
        now = asyncio.get_running_loop().time()
        due = [
            each for each in workspace_ids if now - self._held_since.get(each, -LEASE_SECONDS) >= RENEW_AFTER
        ]
        if due:
            held = await self._messages.hold_workspaces(due, self._holder, datetime.now(UTC), LEASE_SECONDS)
            self._held_since = {
                workspace_id: since
                for workspace_id, since in self._held_since.items()
                if workspace_id not in due and now - since < LEASE_SECONDS
            } | dict.fromkeys(held, now)

    def is_held(self, workspace_id: str) -> bool:
        """Whether this process may send in the workspace; a little less long than the lease says."""
        since = self._held_since.get(workspace_id)
        return since is not None and asyncio.get_running_loop().time() - since < LEASE_SECONDS - RENEW_AFTER

    async def release(self) -> None:
        """Let others go on at once; when the store is away, they wait until the leases have run out."""
        if self._held_since:
            with suppress(UnavailableError):
                await self._messages.release_workspaces(list(self._held_since), self._holder)
            self._held_since.clear()
