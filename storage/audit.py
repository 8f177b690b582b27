"""The audit log: each line is kept in the transaction of the change that it tells of."""

import json
import secrets
from collections.abc import Mapping
from datetime import datetime

from storage.database import Database, Row, Script
from storage.records.audit import AuditEntry, AuditKind
from storage.records.people import Person

_INSERT = """
INSERT INTO audit (workspace_id, at, id, kind, actor_team, actor_user, subject, detail)
VALUES (:workspace_id, :at, :id, :kind, :actor_team, :actor_user, :subject, :detail)
"""
# An organisation's installation is no workspace; its workspaces are.
_WORKSPACES = """
SELECT workspace_id FROM installations WHERE enterprise_id IS NULL OR enterprise_id <> workspace_id
UNION SELECT workspace_id FROM organisation_workspaces
UNION SELECT workspace_id FROM workspace_settings
UNION SELECT workspace_id FROM rankings
UNION SELECT workspace_id FROM case_studies
UNION SELECT workspace_id FROM people
UNION SELECT workspace_id FROM audit
ORDER BY workspace_id
"""
_OF_KIND = """
SELECT workspace_id, at, kind, actor_team, actor_user, subject, detail FROM audit
WHERE workspace_id = :workspace_id AND at >= :since AND kind = :kind
ORDER BY at DESC, id DESC
LIMIT :limit
"""
_LIST = """
SELECT workspace_id, at, kind, actor_team, actor_user, subject, detail FROM audit
WHERE workspace_id = :workspace_id
ORDER BY at DESC, id DESC
LIMIT :limit OFFSET :offset
"""


class SqlAudit:
    """`AuditStore` on either engine."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def record(self, entry: AuditEntry) -> None:
        await self._database.write(insert_entry, entry)

    async def record_everywhere(
        self, kind: AuditKind, actor: Person, at: datetime, detail: Mapping[str, object]
    ) -> None:
        await self._database.write(_record_everywhere, kind, actor, at, detail)

    async def list_entries(self, workspace_id: str, *, limit: int, offset: int = 0) -> list[AuditEntry]:
        return await self._database.read(list_entries, workspace_id, limit, offset)

    async def list_of_kind(
        self, workspace_id: str, kind: AuditKind, since: datetime, *, limit: int
    ) -> list[AuditEntry]:
        return await self._database.read(_list_of_kind, workspace_id, kind, since, limit)


def _list_of_kind(
    workspace_id: str, kind: AuditKind, since: datetime, limit: int
) -> Script[list[AuditEntry]]:
    values = {"workspace_id": workspace_id, "kind": kind, "since": since, "limit": limit}
    return [_entry(row) for row in (yield _OF_KIND, values)]


def record_audit(
    workspace_id: str,
    kind: AuditKind,
    actor: Person,
    at: datetime,
    subject: str = "",
    detail: Mapping[str, object] | None = None,
) -> Script[None]:
    """Keep a line of the log."""
    yield from insert_entry(AuditEntry(workspace_id, at, kind, actor, subject, detail or {}))


def _record_everywhere(
    kind: AuditKind, actor: Person, at: datetime, detail: Mapping[str, object]
) -> Script[None]:
    for row in (yield _WORKSPACES, {}):
        yield from record_audit(row["workspace_id"], kind, actor, at, detail=detail)


def insert_entry(entry: AuditEntry) -> Script[None]:
    yield (
        _INSERT,
        {
            "workspace_id": entry.workspace_id,
            "at": entry.at,
            # Lines of the same moment have an order of their own, and need no count to be kept.
            "id": secrets.token_hex(8),
            "kind": entry.kind,
            "actor_team": entry.actor.team_id,
            "actor_user": entry.actor.user_id,
            "subject": entry.subject,
            "detail": dict(entry.detail),
        },
    )


def list_entries(workspace_id: str, limit: int, offset: int) -> Script[list[AuditEntry]]:
    rows = yield _LIST, {"workspace_id": workspace_id, "limit": limit, "offset": offset}
    return [_entry(row) for row in rows]


def _entry(row: Row) -> AuditEntry:
    return AuditEntry(
        workspace_id=row["workspace_id"],
        at=datetime.fromisoformat(row["at"]),
        kind=row["kind"],
        actor=Person(row["actor_team"], row["actor_user"]),
        subject=row["subject"],
        detail=json.loads(row["detail"]),
    )
