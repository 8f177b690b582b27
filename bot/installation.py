"""Where the app is installed: who the bot is there, and with which token it may act.

A request from a workspace in which it is not installed is not authorised, and changes nothing. Whatever is
known is kept, so that no press waits for Slack or for the store. There are two ways: one workspace, whose
token is in the environment, is here; many, which install by a link, are in `bot.oauth`.
"""

import asyncio
import logging
from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.outside.incoming import note_result, note_workspace
from storage.records.installations import InstallationStatus

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Identity:
    """The bot in its workspace."""

    workspace_id: str
    bot_id: str
    bot_user_id: str


class Installations(AsyncAuthorize):
    """Every workspace in which the app is installed; also Bolt's authorisation of every request."""

    @abstractmethod
    async def client_for(self, workspace_id: str) -> AsyncWebClient | None:
        """The client that may act in this workspace, if the app is installed there."""

    @abstractmethod
    async def end(self, installation_id: str, status: InstallationStatus, at: datetime) -> None:
        """Slack has taken the tokens of a workspace or an organisation back."""

    @abstractmethod
    async def let_in(self, enterprise_id: str, workspace_ids: Sequence[str]) -> None:
        """An organisation that has the app has added it to some of its workspaces."""

    @abstractmethod
    async def take_out(self, enterprise_id: str, workspace_ids: Sequence[str]) -> None:
        """An organisation has taken the app out of some of its workspaces."""


class Installation(Installations):
    """One workspace by its bot token."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._identity: Identity | None = None
        self._asking = asyncio.Lock()

    async def identity(self) -> Identity:
        """Who the bot is; :raises SlackApiError: Slack refuses the token."""
        async with self._asking:
            if self._identity is None:
                answer = await self._client.auth_test()
                self._identity = Identity(
                    workspace_id=answer["team_id"], bot_id=answer["bot_id"], bot_user_id=answer["user_id"]
                )
        return self._identity

    async def client_for(self, workspace_id: str) -> AsyncWebClient | None:
        identity = await self.identity()
        return self._client if identity.workspace_id == workspace_id else None

    async def end(self, installation_id: str, status: InstallationStatus, at: datetime) -> None:
        """Say what to do: a token of the environment is only ever replaced by whoever runs the app."""
        if self._identity and installation_id != self._identity.workspace_id:
            return
        log.error(
            "The app was %s in %s. Install it there again, put its new token into SLACK_BOT_TOKEN, restart.",
            status,
            installation_id,
        )

    async def let_in(self, enterprise_id: str, workspace_ids: Sequence[str]) -> None:
        """Nothing: the token of the environment is for one workspace, wherever else Slack would take it."""

    async def take_out(self, enterprise_id: str, workspace_ids: Sequence[str]) -> None:
        """Say what to do, if it is the workspace that is served."""
        if self._identity and self._identity.workspace_id in workspace_ids:
            log.error(
                "The app was taken out of %s by its organisation. Have it added there again.",
                self._identity.workspace_id,
            )

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
        identity = await self.identity()
        if team_id != identity.workspace_id:
            note_result("not installed")
            return None
        note_workspace(identity.workspace_id)
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_id=identity.bot_id,
            bot_user_id=identity.bot_user_id,
            bot_token=self._client.token,
        )
