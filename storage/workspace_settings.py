"""What the admins of a workspace decide: one row of JSON, and what it does not name is as by default."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, fields, replace
from datetime import datetime
from typing import Any

from storage.audit import record_audit
from storage.database import Database, Script
from storage.messages import home_subject, touch
from storage.records.audit import NOBODY
from storage.records.people import Person
from storage.records.workspace_settings import WorkspaceSettings

_GET = "SELECT settings FROM workspace_settings WHERE workspace_id = :workspace_id"
_BEGIN = """
INSERT INTO workspace_settings (workspace_id, settings) VALUES (:workspace_id, '{}')
ON CONFLICT (workspace_id) DO NOTHING
"""
_SAVE = "UPDATE workspace_settings SET settings = :settings WHERE workspace_id = :workspace_id"
# What is installed there still, or again, keeps its roles.
_REMOVED_FROM = """
SELECT s.workspace_id FROM workspace_settings s
WHERE (
    s.workspace_id = :installation_id
    OR s.workspace_id IN (
        SELECT workspace_id FROM organisation_workspaces WHERE enterprise_id = :installation_id
    )
) AND NOT EXISTS (
    SELECT 1 FROM installations i WHERE i.status = 'active' AND (
        i.workspace_id = s.workspace_id
        OR i.workspace_id = (
            SELECT o.enterprise_id FROM organisation_workspaces o WHERE o.workspace_id = s.workspace_id
        )
    )
)
ORDER BY s.workspace_id
"""
_LIST = "SELECT workspace_id, settings FROM workspace_settings ORDER BY workspace_id"


class SqlSettings:
    """`SettingsStore` on either engine."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, workspace_id: str) -> WorkspaceSettings:
        return await self._database.read(get_settings, workspace_id)

    async def change(
        self,
        workspace_id: str,
        edit: Callable[[WorkspaceSettings], WorkspaceSettings],
        *,
        by: Person,
        at: datetime,
    ) -> WorkspaceSettings:
        return await self._database.write(_change, workspace_id, edit, by, at)

    async def end_roles(self, installation_id: str, at: datetime) -> None:
        await self._database.write(_end_roles, installation_id, at)

    async def list_retention(self) -> list[tuple[str, WorkspaceSettings]]:
        return await self._database.read(_list_retention)


def get_settings(workspace_id: str) -> Script[WorkspaceSettings]:
    rows = yield _GET, {"workspace_id": workspace_id}
    return _settings(json.loads(rows[0]["settings"])) if rows else WorkspaceSettings()


def put_settings(workspace_id: str, settings: WorkspaceSettings) -> Script[None]:
    """Replace settings that have a row."""
    yield _SAVE, {"workspace_id": workspace_id, "settings": asdict(settings)}


def lock_settings(workspace_id: str) -> Script[WorkspaceSettings]:
    """Hold the settings until the end of the transaction."""
    yield _BEGIN, {"workspace_id": workspace_id}
    rows = yield f"{_GET} FOR UPDATE", {"workspace_id": workspace_id}
    return _settings(json.loads(rows[0]["settings"]))


def _change(
    workspace_id: str, edit: Callable[[WorkspaceSettings], WorkspaceSettings], by: Person, at: datetime
) -> Script[WorkspaceSettings]:
    before = yield from lock_settings(workspace_id)
    after = edit(before)
    yield from put_settings(workspace_id, after)
    for each in fields(WorkspaceSettings):
        was, now = _plainly(getattr(before, each.name)), _plainly(getattr(after, each.name))
        if was != now:
            detail = {"before": was, "after": now}
            yield from record_audit(workspace_id, "settings", by, at, each.name, detail)
    changed = set(before.curators) ^ set(after.curators)
    if changed:
        yield from touch(workspace_id, *(home_subject(person) for person in sorted(changed)))
    return after


def _end_roles(installation_id: str, at: datetime) -> Script[None]:
    for row in (yield _REMOVED_FROM, {"installation_id": installation_id}):
        yield from _change(row["workspace_id"], lambda before: replace(before, curators=()), NOBODY, at)


def _list_retention() -> Script[list[tuple[str, WorkspaceSettings]]]:
    rows = yield _LIST, {}
    found = [(row["workspace_id"], _settings(json.loads(row["settings"]))) for row in rows]
    return [(workspace_id, settings) for workspace_id, settings in found if settings.retention]


def _settings(kept: Mapping[str, Any]) -> WorkspaceSettings:
    starters = kept.get("starters")
    named = {
        "starters": None if starters is None else _people(starters),
        "curators": _people(kept.get("curators") or ()),
    }
    return WorkspaceSettings(**{**kept, **named})


def _people(kept: Iterable[Mapping[str, str]]) -> tuple[Person, ...]:
    return tuple(Person(**each) for each in kept)


def _plainly(value: object) -> object:
    """As it stands in the log, people as `[team, user]`."""
    if isinstance(value, tuple):
        return [[person.team_id, person.user_id] for person in value]
    return dict(value) if isinstance(value, Mapping) else value
