"""Requests that were handled: one that comes twice, to whichever process, is handled once."""

from datetime import datetime

from storage.database import Database, Script

_FORGET = "DELETE FROM handled_requests WHERE workspace_id = :workspace_id AND forget_at <= :now"
_CLAIM = """
INSERT INTO handled_requests (workspace_id, fingerprint, forget_at)
VALUES (:workspace_id, :fingerprint, :forget_at)
ON CONFLICT (workspace_id, fingerprint) DO NOTHING
RETURNING fingerprint
"""
_RELEASE = "DELETE FROM handled_requests WHERE workspace_id = :workspace_id AND fingerprint = :fingerprint"


class SqlRequests:
    """`RequestStore` on either engine."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def claim(self, workspace_id: str, fingerprint: str, now: datetime, forget_at: datetime) -> bool:
        return await self._database.write(_claim, workspace_id, fingerprint, now, forget_at)

    async def release(self, workspace_id: str, fingerprint: str) -> None:
        await self._database.write(_release, workspace_id, fingerprint)


def _claim(workspace_id: str, fingerprint: str, now: datetime, forget_at: datetime) -> Script[bool]:
    key = {"workspace_id": workspace_id}
    yield _FORGET, key | {"now": now}
    return bool((yield _CLAIM, key | {"fingerprint": fingerprint, "forget_at": forget_at}))


def _release(workspace_id: str, fingerprint: str) -> Script[None]:
    yield _RELEASE, {"workspace_id": workspace_id, "fingerprint": fingerprint}
