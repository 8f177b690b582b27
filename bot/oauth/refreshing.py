"""Token rotation: tokens that end after some hours are replaced before they do.

A refresh token works once, so of several processes one refreshes a workspace's tokens at a time: whoever has
claimed it in the store. The others use what it stores.
"""

import asyncio
import logging
from datetime import UTC, datetime, timedelta

import aiohttp
from slack_sdk.errors import SlackTokenRotationError
from slack_sdk.oauth.installation_store import Bot
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator

from bot.delivery.replies import reason_of
from bot.oauth.vault import SealError, Vault
from storage.installation_store import InstallationStore
from storage.records.installations import Installation, SealedTokens
from storage.store import UnavailableError

log = logging.getLogger(__name__)

AHEAD = timedelta(hours=2)
"""How long before their end tokens are replaced, at leisure."""
AT_ONCE = timedelta(minutes=1)
"""How long before their end nobody uses tokens any more."""
LOOK_EVERY = 30.0
"""Seconds between two looks for tokens that end soon."""
LEASE_SECONDS = 60.0
"""Seconds until another process, or this one, may try after a failure."""
PATIENCE = 2.0
"""Seconds that somebody who needs a token waits for the process that is refreshing it."""
KEEP_ATTEMPTS = 5
"""Times that the store is asked to keep what Slack gives only once."""
# Slack will give no new tokens for this one, however often it is asked.
REFUSED = frozenset({"invalid_refresh_token", "token_expired", "token_revoked", "account_inactive"})


class Refresher:
    """Replaces tokens that end soon."""

    def __init__(self, store: InstallationStore, vault: Vault, rotator: AsyncTokenRotator) -> None:
        self._store = store
        self._vault = vault
        self._rotator = rotator

    async def run(self) -> None:
        """Look for tokens that end soon, for ever."""
        while True:
            try:
                now = datetime.now(UTC)
                for installation in await self._store.list_expiring(now + AHEAD, now):
                    await self._refresh(installation)
            except Exception as error:  # the store may be away for a while
                log.warning("Could not look for tokens that end soon: %s", type(error).__name__)
            await asyncio.sleep(LOOK_EVERY)

    async def usable(self, installation: Installation) -> Installation | None:
        """The installation with tokens that have not ended; None when it is not active any more."""
        if not _ends_within(installation, AT_ONCE):
            return installation
        if not await self._refresh(installation):
            return await self._wait_for_other(installation)
        return await self._newest(installation)

    async def _refresh(self, installation: Installation) -> bool:
        """Refresh unless somebody else is at it; False when there are no new tokens."""
        if not await self._store.claim_refresh(installation, datetime.now(UTC), LEASE_SECONDS):
            return False
        try:
            tokens = await self._ask(installation)
        except SealError as error:
            log.error("The tokens of %s cannot be read: %s", installation.workspace_id, error)
            return False
        except SlackTokenRotationError as error:
            await self._note_refusal(installation, reason_of(error.api_error))
            return False
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            log.warning("Tokens of %s not refreshed: %s", installation.workspace_id, type(error).__name__)
            return False
        if tokens is None:
            await self._note_refusal(installation, "no_bot_token")
            return False
        return await self._keep(installation, tokens)

    async def _ask(self, installation: Installation) -> SealedTokens | None:
        tokens = installation.tokens
        bot = Bot(
            bot_token=self._vault.open(tokens.bot_token),
            bot_id=installation.bot_id,
            bot_user_id=installation.bot_user_id,
            bot_refresh_token=self._vault.open(tokens.refresh_token or ""),
            bot_token_expires_at=0,
            installed_at=installation.installed_at.timestamp(),
        )
        rotated = await self._rotator.perform_bot_token_rotation(bot=bot)
        if rotated is None or not rotated.bot_refresh_token or rotated.bot_token_expires_at is None:
            return None
        return SealedTokens(
            bot_token=self._vault.seal(rotated.bot_token),
            refresh_token=self._vault.seal(rotated.bot_refresh_token),
            expires_at=datetime.fromtimestamp(rotated.bot_token_expires_at, UTC),
        )

    async def _keep(self, installation: Installation, tokens: SealedTokens) -> bool:
        for attempt in range(1, KEEP_ATTEMPTS + 1):
            try:
                return await self._store.refresh(installation, tokens, datetime.now(UTC))
            except UnavailableError:
                if attempt == KEEP_ATTEMPTS:
                    raise
                await asyncio.sleep(attempt)
        raise AssertionError("the last attempt returns or raises")

    async def _note_refusal(self, installation: Installation, reason: str) -> None:
        log.error("Slack gives no new tokens for %s: %s", installation.workspace_id, reason)
        if reason in REFUSED and _ends_within(installation, timedelta()):
            now = datetime.now(UTC)
            await self._store.end(installation.workspace_id, "revoked", now, now)

    async def _wait_for_other(self, installation: Installation) -> Installation | None:
        """What another process has stored by now, or soon; the old tokens when it takes too long."""
        deadline = asyncio.get_running_loop().time() + PATIENCE
        while asyncio.get_running_loop().time() < deadline:
            newest = await self._newest(installation)
            if newest is None or newest.version != installation.version:
                return newest
            await asyncio.sleep(0.1)
        return installation

    async def _newest(self, installation: Installation) -> Installation | None:
        found = await self._store.get(installation.workspace_id)
        return found if found and found.status == "active" else None


def _ends_within(installation: Installation, time: timedelta) -> bool:
    ends = installation.tokens.expires_at
    return ends is not None and ends <= datetime.now(UTC) + time
