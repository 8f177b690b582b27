"""Work by the clock: planned, claimed by one process at a time, done once."""

from dataclasses import asdict
from datetime import datetime, timedelta

from storage.audit import insert_entry
from storage.columns import optional_time
from storage.database import Database, Row, Script
from storage.leases import CLOCK_ERROR
from storage.records.audit import AuditEntry
from storage.records.work import Work

_COLUMNS = "workspace_id, id, kind, subject, due_at, claimed_until, attempts"
_PLAN = f"""
INSERT INTO work ({_COLUMNS}) VALUES (:workspace_id, :id, :kind, :subject, :due_at, NULL, 0)
ON CONFLICT (workspace_id, id) DO UPDATE
SET kind = excluded.kind, subject = excluded.subject, due_at = excluded.due_at,
    claimed_until = NULL, attempts = 0
"""
_PLANNED = "SELECT id FROM work WHERE workspace_id = :workspace_id AND id = :id FOR UPDATE"
_CANCEL = "DELETE FROM work WHERE workspace_id = :workspace_id AND id = :id"
# A planner that ran the inner query twice would claim more than the limit.
_CLAIM = f"""
WITH due AS MATERIALIZED (
    SELECT workspace_id, id FROM work
    WHERE due_at <= :now
        AND (claimed_until IS NULL OR claimed_until <= :now OR claimed_until > :implausible)
    ORDER BY due_at, workspace_id, id
    LIMIT :limit
    FOR UPDATE SKIP LOCKED
)
UPDATE work SET claimed_until = :until, attempts = attempts + 1
WHERE (workspace_id, id) IN (SELECT workspace_id, id FROM due)
RETURNING {_COLUMNS}
"""
_OLDEST_DUE = """
SELECT MIN(due_at) AS since FROM work
WHERE due_at <= :now AND (claimed_until IS NULL OR claimed_until <= :now)
"""
# Work that was planned anew, or claimed by another, is no longer this claim's to end.
_MINE = "workspace_id = :workspace_id AND id = :id AND claimed_until = :claimed_until"
_FINISH = f"DELETE FROM work WHERE {_MINE}"
_POSTPONE = f"UPDATE work SET due_at = :due_at, claimed_until = NULL WHERE {_MINE}"


class SqlWork:
    """`WorkStore` on either engine."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def plan(self, workspace_id: str, work_id: str, kind: str, subject: str, due_at: datetime) -> None:
        await self._database.write(plan_work, workspace_id, work_id, kind, subject, due_at)

    async def order(self, work_id: str, kind: str, subject: str, line: AuditEntry) -> None:
        await self._database.write(_order, work_id, kind, subject, line)

    async def cancel(self, workspace_id: str, work_id: str) -> None:
        await self._database.write(cancel_work, workspace_id, work_id)

    async def claim(self, now: datetime, lease_seconds: float, limit: int) -> list[Work]:
        return await self._database.write(_claim, now, lease_seconds, limit)

    async def oldest_due(self, now: datetime) -> datetime | None:
        return await self._database.read(_oldest_due, now)

    async def finish(self, work: Work) -> None:
        await self._database.write(_finish, work)

    async def postpone(self, work: Work, due_at: datetime) -> None:
        await self._database.write(_postpone, work, due_at)


def plan_work(workspace_id: str, work_id: str, kind: str, subject: str, due_at: datetime) -> Script[None]:
    yield (
        _PLAN,
        {"workspace_id": workspace_id, "id": work_id, "kind": kind, "subject": subject, "due_at": due_at},
    )


def _order(work_id: str, kind: str, subject: str, line: AuditEntry) -> Script[None]:
    planned = yield _PLANNED, {"workspace_id": line.workspace_id, "id": work_id}
    yield from plan_work(line.workspace_id, work_id, kind, subject, line.at)
    if not planned:
        yield from insert_entry(line)


def cancel_work(workspace_id: str, work_id: str) -> Script[None]:
    yield _CANCEL, {"workspace_id": workspace_id, "id": work_id}


def _claim(now: datetime, lease_seconds: float, limit: int) -> Script[list[Work]]:
    until = now + timedelta(seconds=lease_seconds)
    values = {"now": now, "until": until, "implausible": until + CLOCK_ERROR, "limit": limit}
    rows = yield _CLAIM, values
    return sorted((_work(row) for row in rows), key=lambda work: (work.due_at, work.workspace_id, work.id))


def _oldest_due(now: datetime) -> Script[datetime | None]:
    (row,) = yield _OLDEST_DUE, {"now": now}
    return optional_time(row["since"])


def _finish(work: Work) -> Script[None]:
    yield _FINISH, asdict(work)


def _postpone(work: Work, due_at: datetime) -> Script[None]:
    yield _POSTPONE, asdict(work) | {"due_at": due_at}


def _work(row: Row) -> Work:
    return Work(
        workspace_id=row["workspace_id"],
        id=row["id"],
        kind=row["kind"],
        subject=row["subject"],
        due_at=datetime.fromisoformat(row["due_at"]),
        claimed_until=optional_time(row["claimed_until"]),
        attempts=row["attempts"],
    )
