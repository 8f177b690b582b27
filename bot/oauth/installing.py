"""One installation, from the link to the tokens in the store.

Slack sends the browser back with a `state` of ours. It is sealed, so that nobody can make one up; it is bound
to a secret in the browser's cookie, so that nobody can finish what somebody else began; it is good for ten
minutes and used once, whichever process answers.
"""

import base64
import hmac
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import quote, urlencode, urljoin

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth import AuthorizeUrlGenerator
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.replies import reason_of
from bot.manifest import OPTIONAL_SCOPES, SCOPES
from bot.oauth.vault import SealError, Vault
from storage.installation_store import InstallationStore
from storage.records.installations import Installation, SealedTokens

log = logging.getLogger(__name__)

SECONDS = 600
"""How long an installation that was begun may take; Slack's own codes live as long."""
OURS = frozenset({"bad_client_secret", "bad_redirect_uri", "invalid_client_id"})
"""Refusals that whoever runs the app has to mend."""
_KIND = "install:"


class InstallError(Exception):
    """The app was not installed; the words say why and what to do."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """Where the browser goes, and the secret that it keeps."""

    address: str
    secret: str


class Installer:
    """Installs the app wherever somebody who may do so asks for it."""

    def __init__(
        self,
        store: InstallationStore,
        vault: Vault,
        connect: Callable[[str], AsyncWebClient],
        client_id: str,
        client_secret: str,
        *,
        is_pkce_enabled: bool,
    ) -> None:
        """`connect` makes a client of a token; `is_pkce_enabled` is what the app's manifest says."""
        self._store = store
        self._vault = vault
        self._connect = connect
        self._client = connect("")
        self._client_id = client_id
        self._client_secret = client_secret
        self._is_pkce_enabled = is_pkce_enabled
        self._addresses = AuthorizeUrlGenerator(
            client_id=client_id,
            scopes=[*SCOPES, *OPTIONAL_SCOPES],
            authorization_url=urljoin(self._client.base_url, "../oauth/v2/authorize"),
        )

    def begin(self) -> Beginning:
        """Begin an installation; nothing is stored yet."""
        secret = secrets.token_urlsafe(48)
        challenge = _challenge(secret)
        address = self._addresses.generate(quote(self._vault.seal(_KIND + challenge), safe=""))
        if self._is_pkce_enabled:
            address += "&" + urlencode({"code_challenge": challenge, "code_challenge_method": "S256"})
        return Beginning(address, secret)

    async def finish(self, code: str, state: str, secret: str) -> Installation:
        """Get the tokens and keep them; :raises InstallError: it cannot be finished"""
        await self._use(state, secret)
        try:
            given = await self._client.oauth_v2_access(
                client_id=self._client_id,
                client_secret=self._client_secret,
                code=code,
                **({"code_verifier": secret} if self._is_pkce_enabled else {}),
            )
            token = given.get("access_token")
            if not token or given.get("token_type", "bot") != "bot":
                raise InstallError("Slack gave no token for the app itself. Please start again.")
            bot_id = (await self._connect(token).auth_test()).get("bot_id") or ""
        except SlackApiError as error:
            raise _in_words(error) from None
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            log.error("Slack cannot be reached to finish an installation: %s", type(error).__name__)
            raise InstallError("Slack could not be reached. Please start again in a few minutes.") from None
        installation = self._installation(given.data, token, bot_id)
        await self._store.save(installation)
        log.info("The app was installed in %s.", installation.workspace_id)
        return installation

    async def _use(self, state: str, secret: str) -> None:
        """:raises InstallError: the state is not one of ours, of this browser, new and recent"""
        try:
            content = self._vault.open_recent(state, SECONDS)
        except SealError:
            raise InstallError("This link is no longer valid: it works for ten minutes.") from None
        if not hmac.compare_digest(content, _KIND + _challenge(secret)):
            raise InstallError("This was begun in another browser. Finish it there, or start again here.")
        now = datetime.now(UTC)
        if not await self._store.use_state(_challenge(state), now, now + timedelta(seconds=SECONDS)):
            raise InstallError("This was finished before. If a page has told you so, it is installed.")

    def _installation(self, given: Any, token: str, bot_id: str) -> Installation:
        now = datetime.now(UTC)
        enterprise = given.get("enterprise") or {}
        place = enterprise if given.get("is_enterprise_install") else given["team"]
        refresh_token, lifetime = given.get("refresh_token"), given.get("expires_in")
        return Installation(
            workspace_id=place["id"],
            enterprise_id=enterprise.get("id"),
            name=place.get("name") or "",
            app_id=given["app_id"],
            bot_id=bot_id,
            bot_user_id=given["bot_user_id"],
            scopes=tuple(sorted(scope for scope in given.get("scope", "").split(",") if scope)),
            tokens=SealedTokens(
                self._vault.seal(token),
                self._vault.seal(refresh_token) if refresh_token else None,
                now + timedelta(seconds=int(lifetime)) if lifetime else None,
            ),
            installed_by=given["authed_user"]["id"],
            installed_at=now,
        )


def _challenge(secret: str) -> str:
    """The S256 code challenge of RFC 7636."""
    return base64.urlsafe_b64encode(sha256(secret.encode()).digest()).rstrip(b"=").decode()


def _in_words(error: SlackApiError) -> InstallError:
    reason = reason_of(error)
    log.error("Slack refused an installation: %s", reason)
    if reason in OURS:
        return InstallError(
            "The app is not set up rightly at Slack. Tell whoever runs it to type python -m bot check "
            f"({reason})."
        )
    return InstallError(f"Slack did not take the answer ({reason}). Please start again.")
