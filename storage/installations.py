"""Where the app is installed: one row a workspace or organisation, tokens encrypted by whoever calls."""

import json
from dataclasses import asdict
from datetime import datetime, timedelta

from storage.audit import record_audit
from storage.columns import optional_time
from storage.database import Database, Row, Script, Values
from storage.records.audit import COMMAND_LINE
from storage.records.installations import Installation, InstallationStatus, SealedTokens

_COLUMNS = (
    "workspace_id, enterprise_id, name, app_id, bot_id, bot_user_id, scopes, bot_token, refresh_token, "
    "expires_at, installed_by, installed_at, status, version, changed_at"
)
_SAVE = f"""
INSERT INTO installations ({_COLUMNS}) VALUES (
    :workspace_id, :enterprise_id, :name, :app_id, :bot_id, :bot_user_id, :scopes, :bot_token, :refresh_token,
    :expires_at, :installed_by, :installed_at, :status, :version, :installed_at
)
ON CONFLICT (workspace_id) DO UPDATE SET
    enterprise_id = excluded.enterprise_id, name = excluded.name, app_id = excluded.app_id,
    bot_id = excluded.bot_id, bot_user_id = excluded.bot_user_id, scopes = excluded.scopes,
    bot_token = excluded.bot_token, refresh_token = excluded.refresh_token,
    expires_at = excluded.expires_at, installed_by = excluded.installed_by,
    installed_at = excluded.installed_at, status = excluded.status, changed_at = excluded.changed_at,
    version = installations.version + 1, refreshing_until = NULL
"""
_OWN = f"SELECT {_COLUMNS} FROM installations WHERE workspace_id = :workspace_id"
_OF_ORGANISATION = f"""
SELECT {_COLUMNS} FROM installations
WHERE workspace_id = (SELECT enterprise_id FROM organisation_workspaces WHERE workspace_id = :workspace_id)
"""
_JOIN = """
INSERT INTO organisation_workspaces (workspace_id, enterprise_id) VALUES (:workspace_id, :enterprise_id)
ON CONFLICT (workspace_id) DO UPDATE SET enterprise_id = excluded.enterprise_id
"""
_LEAVE = """
DELETE FROM organisation_workspaces WHERE workspace_id = :workspace_id AND enterprise_id = :enterprise_id
RETURNING workspace_id
"""
# Slack repeats events for hours, and tells of one removal in two of them, in any order.
_END = """
UPDATE installations
SET status = :status, bot_token = '', refresh_token = NULL, expires_at = NULL,
    version = version + 1, changed_at = :now, refreshing_until = NULL
WHERE workspace_id = :workspace_id AND installed_at <= :at
    AND (status = 'active' OR (status = 'revoked' AND :status = 'uninstalled'))
RETURNING workspace_id
"""
_CHANGED = "SELECT workspace_id, version FROM installations WHERE changed_at >= :since"
_EXPIRING = f"""
SELECT {_COLUMNS} FROM installations
WHERE expires_at IS NOT NULL AND expires_at < :before AND refresh_token IS NOT NULL AND status = 'active'
    AND (refreshing_until IS NULL OR refreshing_until <= :now)
ORDER BY expires_at, workspace_id
LIMIT 100
"""
_CLAIM = """
UPDATE installations SET refreshing_until = :until
WHERE workspace_id = :workspace_id AND version = :version AND status = 'active'
    AND (refreshing_until IS NULL OR refreshing_until <= :now)
RETURNING workspace_id
"""
_REFRESH = """
UPDATE installations
SET bot_token = :bot_token, refresh_token = :refresh_token, expires_at = :expires_at,
    version = version + 1, changed_at = :at, refreshing_until = NULL
WHERE workspace_id = :workspace_id AND version = :version
RETURNING workspace_id
"""
_PAGE = f"SELECT {_COLUMNS} FROM installations WHERE workspace_id > :after ORDER BY workspace_id LIMIT :limit"
# The tokens stay the same, so nobody who remembers them needs to know.
_RESEAL = """
UPDATE installations SET bot_token = :bot_token, refresh_token = :refresh_token
WHERE workspace_id = :workspace_id AND version = :version AND bot_token = :old
RETURNING workspace_id
"""
_JOINED = """
SELECT workspace_id FROM organisation_workspaces WHERE enterprise_id = :enterprise_id ORDER BY workspace_id
"""
_FORGET_STATES = "DELETE FROM used_install_states WHERE workspace_id = '' AND forget_at <= :now"
_USE_STATE = """
INSERT INTO used_install_states (workspace_id, fingerprint, forget_at) VALUES ('', :fingerprint, :forget_at)
ON CONFLICT (workspace_id, fingerprint) DO NOTHING
RETURNING fingerprint
"""


class SqlInstallations:
    """`InstallationStore` on either engine."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save(self, installation: Installation) -> None:
        await self._database.write(_save, installation)

    async def get(self, installation_id: str) -> Installation | None:
        return await self._database.read(_get, installation_id)

    async def find(self, workspace_id: str) -> Installation | None:
        return await self._database.read(_find, workspace_id)

    async def join_organisation(self, workspace_id: str, enterprise_id: str) -> None:
        values = {"workspace_id": workspace_id, "enterprise_id": enterprise_id}
        await self._database.write(_run, _JOIN, values)

    async def leave_organisation(self, workspace_id: str, enterprise_id: str) -> bool:
        values = {"workspace_id": workspace_id, "enterprise_id": enterprise_id}
        return await self._database.write(_run, _LEAVE, values)

    async def end(self, workspace_id: str, status: InstallationStatus, at: datetime, now: datetime) -> bool:
        values = {"workspace_id": workspace_id, "status": status, "at": at, "now": now}
        return await self._database.write(_run, _END, values)

    async def list_changed(self, since: datetime) -> dict[str, int]:
        return await self._database.read(_list_changed, since)

    async def list_expiring(self, before: datetime, now: datetime) -> list[Installation]:
        return await self._database.read(_list, _EXPIRING, {"before": before, "now": now})

    async def claim_refresh(self, installation: Installation, now: datetime, lease_seconds: float) -> bool:
        until = now + timedelta(seconds=lease_seconds)
        return await self._database.write(_run, _CLAIM, _key(installation) | {"now": now, "until": until})

    async def refresh(self, installation: Installation, tokens: SealedTokens, at: datetime) -> bool:
        return await self._database.write(_run, _REFRESH, _key(installation) | asdict(tokens) | {"at": at})

    async def list_all(self, after: str = "", limit: int = 100) -> list[Installation]:
        return await self._database.read(_list, _PAGE, {"after": after, "limit": limit})

    async def reseal(self, installation: Installation, tokens: SealedTokens, at: datetime) -> bool:
        return await self._database.write(_reseal, installation, tokens, at)

    async def use_state(self, fingerprint: str, now: datetime, forget_at: datetime) -> bool:
        return await self._database.write(_use_state, fingerprint, now, forget_at)


def _run(sql: str, values: Values) -> Script[bool]:
    return bool((yield sql, values))


def _reseal(installation: Installation, tokens: SealedTokens, at: datetime) -> Script[bool]:
    old = {"old": installation.tokens.bot_token}
    if not (yield _RESEAL, _key(installation) | asdict(tokens) | old):
        return False
    joined = yield _JOINED, {"enterprise_id": installation.workspace_id}
    for workspace_id in [row["workspace_id"] for row in joined] or [installation.workspace_id]:
        yield from record_audit(workspace_id, "tokens_resealed", COMMAND_LINE, at)
    return True


def _list(sql: str, values: Values) -> Script[list[Installation]]:
    return [_installation(row) for row in (yield sql, values)]


def _save(installation: Installation) -> Script[None]:
    values = asdict(installation)
    yield _SAVE, values | values.pop("tokens")


def _get(installation_id: str) -> Script[Installation | None]:
    rows = yield _OWN, {"workspace_id": installation_id}
    return _installation(rows[0]) if rows else None


def _find(workspace_id: str) -> Script[Installation | None]:
    own = yield _OWN, {"workspace_id": workspace_id}
    shared = yield _OF_ORGANISATION, {"workspace_id": workspace_id}
    found = [_installation(row) for row in [*shared, *own]]
    return next((each for each in found if each.status == "active"), found[0] if found else None)


def _list_changed(since: datetime) -> Script[dict[str, int]]:
    rows = yield _CHANGED, {"since": since}
    return {row["workspace_id"]: row["version"] for row in rows}


def _use_state(fingerprint: str, now: datetime, forget_at: datetime) -> Script[bool]:
    yield _FORGET_STATES, {"now": now}
    return bool((yield _USE_STATE, {"fingerprint": fingerprint, "forget_at": forget_at}))


def _key(installation: Installation) -> dict[str, object]:
    return {"workspace_id": installation.workspace_id, "version": installation.version}


def _installation(row: Row) -> Installation:
    return Installation(
        workspace_id=row["workspace_id"],
        enterprise_id=row["enterprise_id"],
        name=row["name"],
        app_id=row["app_id"],
        bot_id=row["bot_id"],
        bot_user_id=row["bot_user_id"],
        scopes=tuple(json.loads(row["scopes"])),
        tokens=SealedTokens(row["bot_token"], row["refresh_token"], optional_time(row["expires_at"])),
        installed_by=row["installed_by"],
        installed_at=datetime.fromisoformat(row["installed_at"]),
        status=row["status"],
        version=row["version"],
    )
