"""What Slack says when the app is removed or its tokens are taken back, of a workspace or an organisation."""

from datetime import UTC, datetime, timedelta
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext

from bot.installation import Installations
from bot.oauth.organisations import workspaces_in
from storage.records.installations import InstallationStatus
from storage.store import SettingsStore

A_SECOND = timedelta(seconds=1)
"""Slack's time of an event is a whole second, and may lie before an installation in the same one."""


def register(app: AsyncApp, installations: Installations, settings: SettingsStore) -> None:
    """Listen to these events, most of which are told without a token that works."""
    listeners = Removals(installations, settings)
    app.event("app_uninstalled")(listeners.note_uninstallation)
    app.event("tokens_revoked")(listeners.note_revocation)
    access = OrganisationAccess(installations, settings)
    app.event("team_access_granted")(access.let_in)
    app.event("team_access_revoked")(access.take_out)


class Removals:
    """Notes what has been taken back. Roles end with the app: whoever installs it again names people anew."""

    def __init__(self, installations: Installations, settings: SettingsStore) -> None:
        self._installations = installations
        self._settings = settings

    async def note_uninstallation(self, body: dict[str, Any], context: AsyncBoltContext) -> None:
        await self._end("uninstalled", body, context)

    async def note_revocation(self, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """People's own tokens are told of as well; the app has none."""
        if body["event"].get("tokens", {}).get("bot"):
            await self._end("revoked", body, context)

    async def _end(self, status: InstallationStatus, body: dict[str, Any], context: AsyncBoltContext) -> None:
        is_for_organisation = context.is_enterprise_install and context.enterprise_id
        installation_id = context.enterprise_id if is_for_organisation else context.team_id
        if installation_id:
            at = datetime.fromtimestamp(int(body["event_time"]), UTC) + A_SECOND
            await self._installations.end(installation_id, status, at)
            if status == "uninstalled":
                await self._settings.end_roles(installation_id, datetime.now(UTC))


class OrganisationAccess:
    """Notes to which of its workspaces an organisation has added the app, and out of which it took it."""

    def __init__(self, installations: Installations, settings: SettingsStore) -> None:
        self._installations = installations
        self._settings = settings

    async def let_in(self, event: dict[str, Any], context: AsyncBoltContext) -> None:
        if context.enterprise_id:
            await self._installations.let_in(context.enterprise_id, workspaces_in(event))

    async def take_out(self, event: dict[str, Any], context: AsyncBoltContext) -> None:
        if context.enterprise_id:
            workspaces = workspaces_in(event)
            await self._installations.take_out(context.enterprise_id, workspaces)
            for workspace_id in workspaces:
                await self._settings.end_roles(workspace_id, datetime.now(UTC))
