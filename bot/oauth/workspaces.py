"""The workspaces that installed the app by a link.

What has been read of one is kept in memory until it changes, so that a press asks neither Slack nor the
store, however many workspaces there are. Changes made by other processes are seen within a second.
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.installation import Identity, Installations
from bot.oauth.refreshing import AT_ONCE, Refresher
from bot.oauth.vault import SealError, Vault
from bot.outside.incoming import note_result, note_workspace
from storage.installation_store import InstallationStore
from storage.records.installations import InstallationStatus

log = logging.getLogger(__name__)

KEPT = 10_000
"""Workspaces that are remembered; the one used longest ago is forgotten first."""
LOOK_EVERY = 1.0
"""Seconds between two looks for what other processes have changed."""
LEFT_UNSEEN = timedelta(minutes=1)
"""How long a workspace may be used that another process was told to leave out of its organisation's."""
OVERLAP = timedelta(minutes=1)
"""How far a look goes back: clocks differ, and so does the order in which changes are committed."""


@dataclass(frozen=True, slots=True)
class _Known:
    installation_id: str
    version: int
    identity: Identity
    client: AsyncWebClient
    scopes: tuple[str, ...]
    good_until: datetime | None


class InstalledWorkspaces(Installations):
    """`connect` makes a client of a token, and of the workspace it is for when the token is good for many."""

    def __init__(
        self,
        store: InstallationStore,
        vault: Vault,
        refresher: Refresher,
        connect: Callable[[str, str | None], AsyncWebClient],
    ) -> None:
        self._store = store
        self._vault = vault
        self._refresher = refresher
        self._connect = connect
        self._known: OrderedDict[str, _Known] = OrderedDict()

    async def run(self) -> None:
        """Forget what others have changed, for ever."""
        while True:
            try:
                await self._look()
            except Exception as error:  # the store may be away for a while
                log.warning("Could not look for changed installations: %s", type(error).__name__)
            await asyncio.sleep(LOOK_EVERY)

    async def _look(self) -> None:
        changed = await self._store.list_changed(datetime.now(UTC) - OVERLAP)
        if changed:
            for workspace_id, known in list(self._known.items()):
                if changed.get(known.installation_id, known.version) != known.version:
                    del self._known[workspace_id]

    async def client_for(self, workspace_id: str) -> AsyncWebClient | None:
        known = await self._get(workspace_id)
        return known.client if known else None

    async def end(self, installation_id: str, status: InstallationStatus, at: datetime) -> None:
        """Nothing is sent or answered there from now on; what people have written stays."""
        if await self._store.end(installation_id, status, at, datetime.now(UTC)):
            log.warning("The app was %s in %s.", status, installation_id)
        self.forget(installation_id)

    async def let_in(self, enterprise_id: str, workspace_ids: Sequence[str]) -> None:
        """Messages that waited for it are sent without anybody having to press first."""
        for workspace_id in workspace_ids:
            await self._join(workspace_id, enterprise_id)

    async def take_out(self, enterprise_id: str, workspace_ids: Sequence[str]) -> None:
        """Nothing is sent or answered there from now on; what people have written stays."""
        for workspace_id in workspace_ids:
            if await self._store.leave_organisation(workspace_id, enterprise_id):
                log.warning("The app was taken out of %s by its organisation.", workspace_id)
            self._known.pop(workspace_id, None)

    def forget(self, installation_id: str) -> None:
        """Read what is known of an installation anew when it is needed next."""
        for workspace_id, known in list(self._known.items()):
            if installation_id in (workspace_id, known.installation_id):
                del self._known[workspace_id]

    async def __call__(
        self,
        *,
        context: AsyncBoltContext,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,
        actor_enterprise_id: str | None = None,
        actor_team_id: str | None = None,
        actor_user_id: str | None = None,
    ) -> AuthorizeResult | None:
        """Bolt's question for every request; None refuses it."""
        if team_id is None:
            return None
        if context.is_enterprise_install and enterprise_id:
            await self._join(team_id, enterprise_id)
        known = await self._get(team_id)
        if known is None:
            note_result("not installed")
            return None
        note_workspace(known.identity.workspace_id)
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_id=known.identity.bot_id,
            bot_user_id=known.identity.bot_user_id,
            bot_token=known.client.token,
            bot_scopes=list(known.scopes),
        )

    async def _join(self, workspace_id: str, enterprise_id: str) -> None:
        """Remember the organisation whose installation a request was sent for, if it has one."""
        known = self._known.get(workspace_id)
        if known is None or known.installation_id != enterprise_id:
            installation = await self._store.get(enterprise_id)
            if installation and installation.status == "active":
                await self._store.join_organisation(workspace_id, enterprise_id)
                self._known.pop(workspace_id, None)

    async def _get(self, workspace_id: str) -> _Known | None:
        known = self._known.get(workspace_id)
        if known is None or (known.good_until and known.good_until <= datetime.now(UTC)):
            return await self._load(workspace_id)
        self._known.move_to_end(workspace_id)
        return known

    async def _load(self, workspace_id: str) -> _Known | None:
        self._known.pop(workspace_id, None)
        found = await self._store.find(workspace_id)
        installation = await self._refresher.usable(found) if found and found.status == "active" else None
        if installation is None:
            return None
        try:
            token = self._vault.open(installation.tokens.bot_token)
        except SealError as error:
            log.error("The tokens of %s cannot be read: %s", installation.workspace_id, error)
            return None
        ends = installation.tokens.expires_at
        limits = [ends - AT_ONCE] if ends else []
        if installation.is_for_organisation:
            limits.append(datetime.now(UTC) + LEFT_UNSEEN)
        known = _Known(
            installation_id=installation.workspace_id,
            version=installation.version,
            identity=Identity(workspace_id, installation.bot_id, installation.bot_user_id),
            client=self._connect(token, workspace_id if installation.is_for_organisation else None),
            scopes=installation.scopes,
            good_until=min(limits, default=None),
        )
        self._known[workspace_id] = known
        if len(self._known) > KEPT:
            self._known.popitem(last=False)
        return known
