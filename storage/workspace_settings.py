"""What the admins of a workspace decide: one row of JSON, and what it does not name is as by default."""

import json
from dataclasses import asdict

from storage.database import Database, Script
from storage.records.workspace_settings import WorkspaceSettings

_GET = "SELECT settings FROM workspace_settings WHERE workspace_id = :workspace_id"
_SAVE = """
INSERT INTO workspace_settings (workspace_id, settings) VALUES (:workspace_id, :settings)
ON CONFLICT (workspace_id) DO UPDATE SET settings = excluded.settings
"""


class SqlSettings:
    """`SettingsStore` on either engine."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, workspace_id: str) -> WorkspaceSettings:
        return await self._database.read(get_settings, workspace_id)

    async def save(self, workspace_id: str, settings: WorkspaceSettings) -> None:
        await self._database.write(_save, workspace_id, settings)


def get_settings(workspace_id: str) -> Script[WorkspaceSettings]:
    rows = yield _GET, {"workspace_id": workspace_id}
    return WorkspaceSettings(**json.loads(rows[0]["settings"])) if rows else WorkspaceSettings()


def _save(workspace_id: str, settings: WorkspaceSettings) -> Script[None]:
    yield _SAVE, {"workspace_id": workspace_id, "settings": asdict(settings)}
