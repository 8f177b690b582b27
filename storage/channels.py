"""Channels by their id, wherever it is kept: Slack gives a private channel another one when it is shared."""

from datetime import datetime

from storage.database import Database, Script
from storage.digests import move_digest

_RANKINGS = """
UPDATE rankings SET channel_id = :new WHERE workspace_id = :workspace_id AND channel_id = :old
"""
# What Slack refused under the old id is tried once more.
_MESSAGES = """
UPDATE messages
SET channel_id = :new,
    version = CASE WHEN refusal IS NULL THEN version ELSE version + 1 END,
    dirty_at = CASE WHEN refusal IS NULL THEN dirty_at ELSE COALESCE(dirty_at, :now) END
WHERE workspace_id = :workspace_id AND channel_id = :old
"""


class SqlChannels:
    """`ChannelStore` on either engine."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def move(self, workspace_id: str, old_id: str, new_id: str, now: datetime) -> None:
        await self._database.write(_move, workspace_id, old_id, new_id, now)


def _move(workspace_id: str, old_id: str, new_id: str, now: datetime) -> Script[None]:
    ids = {"workspace_id": workspace_id, "old": old_id, "new": new_id}
    yield _RANKINGS, ids
    yield _MESSAGES, ids | {"now": now}
    yield from move_digest(workspace_id, old_id, new_id)
