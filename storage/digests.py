"""Channels that are told from time to time what has been published.

The next time is work for the clock, of the kind `case_studies.digest` with the channel as its subject.
"""

from collections.abc import Sequence
from datetime import datetime

from storage.audit import record_audit
from storage.database import Database, Row, Script
from storage.messages import insert_messages
from storage.records.digests import Digest
from storage.records.messages import Message
from storage.records.people import Person
from storage.store import NotFoundError
from storage.work import cancel_work, plan_work

DIGEST = "case_studies.digest"
DIGESTS_SUBJECT = "case_study_digests"
"""What every digest that was sent is about: what is withdrawn leaves them all."""

_COLUMNS = "workspace_id, channel_id, subscribed_team, subscribed_user, since, next_at"
_OF_CHANNEL = "workspace_id = :workspace_id AND channel_id = :channel_id"
_SUBSCRIBE = f"""
INSERT INTO digests ({_COLUMNS})
VALUES (:workspace_id, :channel_id, :subscribed_team, :subscribed_user, :since, :next_at)
ON CONFLICT (workspace_id, channel_id) DO NOTHING
RETURNING channel_id
"""
_UNSUBSCRIBE = f"DELETE FROM digests WHERE {_OF_CHANNEL} RETURNING channel_id"
_GET = f"SELECT {_COLUMNS} FROM digests WHERE {_OF_CHANNEL}"
# Done twice, it finds that nothing is due any more.
_MOVE = f"""
UPDATE digests SET since = :until, next_at = :next_at
WHERE {_OF_CHANNEL} AND next_at <= :until
RETURNING channel_id
"""
_RENAME = f"""
UPDATE digests SET channel_id = :new
WHERE {_OF_CHANNEL} AND NOT EXISTS (
    SELECT 1 FROM digests d WHERE d.workspace_id = :workspace_id AND d.channel_id = :new
)
RETURNING {_COLUMNS}
"""


class SqlDigests:
    """`DigestStore` on either engine."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def subscribe(self, digest: Digest) -> bool:
        return await self._database.write(_subscribe, digest)

    async def unsubscribe(
        self,
        workspace_id: str,
        channel_id: str,
        messages: Sequence[Message] = (),
        *,
        by: Person,
        at: datetime,
    ) -> bool:
        return await self._database.write(_unsubscribe, workspace_id, channel_id, messages, by, at)

    async def get_digest(self, workspace_id: str, channel_id: str) -> Digest | None:
        return await self._database.read(_get, workspace_id, channel_id)

    async def record_digest(
        self,
        workspace_id: str,
        channel_id: str,
        *,
        until: datetime,
        next_at: datetime,
        messages: Sequence[Message] = (),
    ) -> None:
        await self._database.write(_record, workspace_id, channel_id, until, next_at, messages)


def _subscribe(digest: Digest) -> Script[bool]:
    rows = yield (
        _SUBSCRIBE,
        {
            "workspace_id": digest.workspace_id,
            "channel_id": digest.channel_id,
            "subscribed_team": digest.subscribed_by.team_id,
            "subscribed_user": digest.subscribed_by.user_id,
            "since": digest.since,
            "next_at": digest.next_at,
        },
    )
    if rows:
        yield from _plan(digest.workspace_id, digest.channel_id, digest.next_at)
        yield from record_audit(
            digest.workspace_id, "digest_started", digest.subscribed_by, digest.since, digest.channel_id
        )
    return bool(rows)


def _unsubscribe(
    workspace_id: str, channel_id: str, messages: Sequence[Message], by: Person, at: datetime
) -> Script[bool]:
    rows = yield _UNSUBSCRIBE, {"workspace_id": workspace_id, "channel_id": channel_id}
    if rows:
        yield from cancel_work(workspace_id, work_id(channel_id))
        yield from insert_messages(messages)
        yield from record_audit(workspace_id, "digest_stopped", by, at, channel_id)
    return bool(rows)


def _get(workspace_id: str, channel_id: str) -> Script[Digest | None]:
    rows = yield _GET, {"workspace_id": workspace_id, "channel_id": channel_id}
    return _digest(rows[0]) if rows else None


def _record(
    workspace_id: str, channel_id: str, until: datetime, next_at: datetime, messages: Sequence[Message]
) -> Script[None]:
    key = {"workspace_id": workspace_id, "channel_id": channel_id}
    if not (yield _MOVE, key | {"until": until, "next_at": next_at}):
        raise NotFoundError(f"channel {channel_id} has no digest that is due")
    yield from _plan(workspace_id, channel_id, next_at)
    yield from insert_messages(messages)


def move_digest(workspace_id: str, channel_id: str, new_id: str) -> Script[None]:
    """Keep a channel's digest under its new id, and tell it when it would have been told."""
    rows = yield _RENAME, {"workspace_id": workspace_id, "channel_id": channel_id, "new": new_id}
    for row in rows:
        yield from cancel_work(workspace_id, work_id(channel_id))
        yield from _plan(workspace_id, new_id, _digest(row).next_at)


def _plan(workspace_id: str, channel_id: str, next_at: datetime) -> Script[None]:
    yield from plan_work(workspace_id, work_id(channel_id), DIGEST, channel_id, next_at)


def work_id(channel_id: str) -> str:
    """The id of the work that tells a channel."""
    return f"digest:{channel_id}"


def _digest(row: Row) -> Digest:
    return Digest(
        workspace_id=row["workspace_id"],
        channel_id=row["channel_id"],
        subscribed_by=Person(row["subscribed_team"], row["subscribed_user"]),
        since=datetime.fromisoformat(row["since"]),
        next_at=datetime.fromisoformat(row["next_at"]),
    )
