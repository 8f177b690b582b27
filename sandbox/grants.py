"""Which workspaces have installed the app, and the tokens that Slack gave it for each.

A code works once and for ten minutes, a refresh token once; a token that has ended is
`token_expired`, one that was taken back `token_revoked`.
"""

import base64
import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from sandbox.refusals import RefusedError

CODE_SECONDS = 600.0
ORGANISATION_ID = "E0SANDBOX"
ORGANISATION_NAME = "The sandbox's organisation"

EndKind: TypeAlias = Literal["app_uninstalled", "tokens_revoked"]
Told: TypeAlias = Callable[[EndKind, str], None]


@dataclass(frozen=True)
class Code:
    """What somebody allowed: where, what, and what proves that it comes back to who asked."""

    place_id: str
    user_id: str
    scopes: frozenset[str]
    challenge: str
    good_until: float


@dataclass
class Grant:
    """One token: `place_id` is a team, or the organisation that all of them then belong to."""

    place_id: str
    user_id: str
    scopes: frozenset[str]
    token: str
    refresh_token: str | None
    expires_at: float | None
    is_revoked: bool = False

    @property
    def is_for_organisation(self) -> bool:
        return self.place_id == ORGANISATION_ID


class Grants:
    """Every grant since the sandbox was started; `lifetime` is that of tokens in seconds, None for ever."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._codes: dict[str, Code] = {}
        self._grants: list[Grant] = []
        self.client_id = "1000000000.2000000000"
        self.client_secret = secrets.token_hex(16)
        self.redirect_url = ""
        self.lifetime: int | None = None
        self.tell: Told = lambda _kind, _place_id: None

    # Allowing

    def allow(self, place_id: str, user_id: str, scopes: frozenset[str], challenge: str = "") -> str:
        """Somebody allows the app what it asks for; returns the code for it."""
        code = secrets.token_hex(16)
        self._codes[code] = Code(place_id, user_id, scopes, challenge, self._clock() + CODE_SECONDS)
        return code

    def redeem(self, code: str, verifier: str) -> Grant:
        """The grant for a code. Raises RefusedError."""
        found = self._codes.pop(code, None)
        if found is None:
            raise RefusedError("invalid_code")
        if found.good_until < self._clock():
            raise RefusedError("code_expired")
        if found.challenge and found.challenge != _challenge(verifier):
            raise RefusedError("bad_pkce_verifier")
        return self.issue(found.place_id, found.user_id, found.scopes)

    def issue(self, place_id: str, user_id: str, scopes: frozenset[str]) -> Grant:
        """Give a token at once."""
        rotates = self.lifetime is not None
        grant = Grant(
            place_id,
            user_id,
            scopes,
            token=f"xoxb-sandbox-{secrets.token_hex(8)}",
            refresh_token=f"xoxe-sandbox-{secrets.token_hex(8)}" if rotates else None,
            expires_at=self._clock() + self.lifetime if self.lifetime is not None else None,
        )
        self._grants.append(grant)
        return grant

    def refresh(self, refresh_token: str) -> Grant:
        """A new token for a refresh token, which works once; the old token lives on to its own end."""
        old = next(
            (each for each in self._grants if refresh_token and each.refresh_token == refresh_token), None
        )
        if old is None or old.is_revoked:
            raise RefusedError("invalid_refresh_token")
        old.refresh_token = None
        return self.issue(old.place_id, old.user_id, old.scopes)

    # Using

    def of_token(self, token: str) -> Grant:
        """The grant of a token that works. Raises RefusedError."""
        grant = next((each for each in self._grants if each.token == token), None)
        if grant is None:
            raise RefusedError("invalid_auth")
        if grant.is_revoked:
            raise RefusedError("token_revoked")
        if grant.expires_at is not None and grant.expires_at <= self._clock():
            raise RefusedError("token_expired")
        return grant

    def token_of(self, place_id: str) -> str:
        """The newest token of a team, or of the organisation; empty where the app is not installed."""
        return next((each.token for each in reversed(self._live()) if each.place_id == place_id), "")

    @property
    def is_for_organisation(self) -> bool:
        """Whether the app is installed for the whole organisation."""
        return any(each.is_for_organisation for each in self._live())

    # Taking back

    def revoke(self, place_id: str) -> None:
        """Take the tokens of a place back, and tell the app."""
        self._take_back(place_id)
        self.tell("tokens_revoked", place_id)

    def uninstall(self, place_id: str) -> None:
        """Remove the app from a place, and tell it; Slack tells of the tokens, too."""
        self._take_back(place_id)
        self.tell("tokens_revoked", place_id)
        self.tell("app_uninstalled", place_id)

    def _take_back(self, place_id: str) -> None:
        for grant in self._live():
            if grant.place_id == place_id:
                grant.is_revoked = True

    def _live(self) -> list[Grant]:
        return [each for each in self._grants if not each.is_revoked]


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
