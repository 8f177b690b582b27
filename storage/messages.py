"""Messages that follow rows: kept, marked dirty, marked as sent."""

import asyncio
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime

from storage.columns import optional_time
from storage.database import Database, Row, Script, Values, in_list, padded
from storage.message_leases import hold_workspaces, release_workspaces
from storage.records.messages import Backlog, Message, Waiting
from storage.records.people import Person

_COLUMNS = "workspace_id, id, kind, subject, channel_id, parent_id, ts, version, sent_version"

_INSERT = f"""
INSERT INTO messages ({_COLUMNS}, dirty_at)
VALUES (:workspace_id, :id, :kind, :subject, :channel_id, :parent_id, :ts, :version, :sent_version, :dirty_at)
ON CONFLICT (workspace_id, id) DO NOTHING
RETURNING id
"""
# A message that waits already keeps its place in the queue. All are held in the order of their ids
# before one is changed: of two who change the same ones, none waits for the other in a circle.
_TOUCH = """
UPDATE messages
SET version = version + 1, dirty_at = COALESCE(dirty_at, :now)
WHERE workspace_id = :workspace_id AND id IN (
    SELECT id FROM messages WHERE workspace_id = :workspace_id AND subject IN ({subjects})
    ORDER BY id
    FOR NO KEY UPDATE
)
"""
_OF_RANKING = """
    SELECT 'home:' || team_id || ':' || user_id FROM participants
    WHERE workspace_id = :workspace_id AND ranking_id = :ranking_id
    UNION SELECT 'home:' || team_id || ':' || user_id FROM deputies
    WHERE workspace_id = :workspace_id AND ranking_id = :ranking_id
    UNION SELECT 'home:' || facilitator_team || ':' || facilitator_user FROM rankings
    WHERE workspace_id = :workspace_id AND id = :ranking_id
    UNION SELECT 'ranking:' || id FROM rankings
    WHERE workspace_id = :workspace_id AND id = :ranking_id
"""
# What was announced in a thread stays as it was said, and does not follow the ranking.
_TOUCH_THREAD = """
UPDATE messages
SET version = version + 1, dirty_at = COALESCE(dirty_at, :now)
WHERE workspace_id = :workspace_id AND parent_id IN (
    SELECT id FROM messages WHERE workspace_id = :workspace_id AND subject = :subject
)
"""
_GET = f"SELECT {_COLUMNS} FROM messages WHERE workspace_id = :workspace_id AND id = :id"
_POSTED = """
SELECT id FROM messages
WHERE workspace_id = :workspace_id AND kind = :kind AND subject = :subject
    AND (ts IS NOT NULL OR dirty_at IS NOT NULL)
ORDER BY id
"""
_DIRTY = f"""
SELECT {_COLUMNS} FROM messages
WHERE dirty_at IS NOT NULL
ORDER BY dirty_at, workspace_id, id
LIMIT :limit
"""
_DIRTY_IN = f"""
SELECT {_COLUMNS} FROM messages
WHERE dirty_at IS NOT NULL AND workspace_id = :workspace_id AND channel_id = :channel_id
ORDER BY dirty_at, id
LIMIT :limit
"""
_WAITING = """
SELECT workspace_id, channel_id, kind, CASE WHEN ts IS NULL THEN 0 ELSE 1 END AS is_posted
FROM messages
WHERE dirty_at IS NOT NULL
GROUP BY workspace_id, channel_id, kind, CASE WHEN ts IS NULL THEN 0 ELSE 1 END
ORDER BY MIN(dirty_at), workspace_id, channel_id, kind
"""
# Where the app was removed, messages wait until it is installed again: for years, perhaps.
_BACKLOG = """
SELECT COUNT(*) AS waiting, MIN(dirty_at) AS since FROM messages
WHERE dirty_at IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM installations
    WHERE installations.workspace_id = messages.workspace_id AND installations.status <> 'active'
)
"""
# What changed while it was being sent waits behind what waits already.
_RECORD_SENT = """
UPDATE messages
SET ts = :ts, sent_version = :version, refusal = NULL,
    dirty_at = CASE WHEN version > :version THEN :now END
WHERE workspace_id = :workspace_id AND id = :id AND sent_version <= :version
"""
_RECORD_UNSENDABLE = """
UPDATE messages
SET sent_version = :version, refusal = :reason,
    dirty_at = CASE WHEN version > :version THEN :now END
WHERE workspace_id = :workspace_id AND id = :id AND sent_version <= :version
"""
_RECORD_LOST = """
UPDATE messages
SET ts = NULL, sent_version = 0, dirty_at = COALESCE(dirty_at, :now)
WHERE workspace_id = :workspace_id AND id = :id AND ts = :ts
"""
_RETRY_REFUSED = """
UPDATE messages
SET version = version + 1, dirty_at = COALESCE(dirty_at, :now)
WHERE workspace_id = :workspace_id AND channel_id = :channel_id AND refusal IS NOT NULL
"""


def home_subject(person: Person) -> str:
    return f"home:{person.team_id}:{person.user_id}"


def insert_messages(messages: Sequence[Message]) -> Script[bool]:
    """Keep the messages whose id is new; True when all were."""
    all_new = True
    for message in messages:
        dirty_at = datetime.now(UTC) if message.version > message.sent_version else None
        rows = yield _INSERT, asdict(message) | {"dirty_at": dirty_at}
        all_new = all_new and bool(rows)
    return all_new


def touch(workspace_id: str, *subjects: str) -> Script[None]:
    """Mark every message about one of `subjects` as dirty."""
    names, values = in_list("subject", padded(subjects))
    yield from touch_all(workspace_id, names, values)


def touch_all(workspace_id: str, subjects: str, values: Values) -> Script[None]:
    """Mark every message about one of what `subjects` selects as dirty; it may use `:workspace_id`."""
    yield (
        _TOUCH.format(subjects=subjects),
        {**values, "workspace_id": workspace_id, "now": datetime.now(UTC)},
    )


def touch_ranking(workspace_id: str, ranking_id: str) -> Script[None]:
    """Mark the ranking's messages and its people's Home tabs as dirty."""
    yield from touch_all(workspace_id, _OF_RANKING, {"ranking_id": ranking_id})


def touch_thread(workspace_id: str, ranking_id: str) -> Script[None]:
    """Mark what was announced in the ranking's thread as dirty: somebody named there was erased."""
    values = {"workspace_id": workspace_id, "subject": f"ranking:{ranking_id}", "now": datetime.now(UTC)}
    yield _TOUCH_THREAD, values


class SqlMessages:
    """`MessageStore` on either engine."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add_message(self, message: Message) -> bool:
        return await self._database.write(insert_messages, [message])

    async def get_message(self, workspace_id: str, message_id: str) -> Message | None:
        return await self._database.read(_get_message, workspace_id, message_id)

    async def list_posted(self, workspace_id: str, kind: str, subject: str) -> list[str]:
        return await self._database.read(_list_posted, workspace_id, kind, subject)

    async def touch_subject(self, workspace_id: str, subject: str) -> None:
        await self._database.write(touch, workspace_id, subject)

    async def dirty_messages(
        self, limit: int = 500, *, channel: tuple[str, str] | None = None
    ) -> list[Message]:
        return await self._database.read(_dirty_messages, limit, channel)

    async def list_waiting(self) -> list[Waiting]:
        return await self._database.read(_list_waiting)

    async def backlog(self) -> Backlog:
        return await self._database.read(_backlog)

    async def wait_for_change(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._database.written.wait()
        self._database.written.clear()

    async def hold_workspaces(
        self, workspace_ids: Collection[str], holder: str, now: datetime, seconds: float
    ) -> set[str]:
        return await self._database.write(hold_workspaces, workspace_ids, holder, now, seconds)

    async def release_workspaces(self, workspace_ids: Collection[str], holder: str) -> None:
        await self._database.write(release_workspaces, workspace_ids, holder)

    async def record_sent(self, workspace_id: str, message_id: str, version: int, ts: str) -> None:
        values = {"workspace_id": workspace_id, "id": message_id, "version": version, "ts": ts}
        await self._database.write(_record, _RECORD_SENT, values)

    async def record_unsendable(self, workspace_id: str, message_id: str, version: int, reason: str) -> None:
        values = {"workspace_id": workspace_id, "id": message_id, "version": version, "reason": reason}
        await self._database.write(_record, _RECORD_UNSENDABLE, values)

    async def record_lost(self, workspace_id: str, message_id: str, ts: str) -> None:
        values = {"workspace_id": workspace_id, "id": message_id, "ts": ts}
        await self._database.write(_record, _RECORD_LOST, values)

    async def retry_refused(self, workspace_id: str, channel_id: str) -> None:
        values = {"workspace_id": workspace_id, "channel_id": channel_id}
        await self._database.write(_record, _RETRY_REFUSED, values)


def _get_message(workspace_id: str, message_id: str) -> Script[Message | None]:
    rows = yield _GET, {"workspace_id": workspace_id, "id": message_id}
    return _message(rows[0]) if rows else None


def _list_posted(workspace_id: str, kind: str, subject: str) -> Script[list[str]]:
    rows = yield _POSTED, {"workspace_id": workspace_id, "kind": kind, "subject": subject}
    return [str(row["id"]) for row in rows]


def _dirty_messages(limit: int, channel: tuple[str, str] | None) -> Script[list[Message]]:
    if channel is None:
        rows = yield _DIRTY, {"limit": limit}
    else:
        workspace_id, channel_id = channel
        rows = yield _DIRTY_IN, {"workspace_id": workspace_id, "channel_id": channel_id, "limit": limit}
    return [_message(row) for row in rows]


def _backlog() -> Script[Backlog]:
    (row,) = yield _BACKLOG, {}
    return Backlog(int(row["waiting"]), optional_time(row["since"]))


def _list_waiting() -> Script[list[Waiting]]:
    rows = yield _WAITING, {}
    return [
        Waiting(row["workspace_id"], row["channel_id"], row["kind"], bool(row["is_posted"])) for row in rows
    ]


def _record(sql: str, values: Values) -> Script[None]:
    yield sql, {**values, "now": datetime.now(UTC)}


def _message(row: Row) -> Message:
    return Message(
        workspace_id=row["workspace_id"],
        id=row["id"],
        kind=row["kind"],
        subject=row["subject"],
        channel_id=row["channel_id"],
        parent_id=row["parent_id"],
        ts=row["ts"],
        version=row["version"],
        sent_version=row["sent_version"],
    )
