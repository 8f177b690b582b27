"""Trigger ids and response URLs: permissions that Slack hands out with a payload and that run out."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

TRIGGER_SECONDS = 3.0
RESPONSE_URL_SECONDS = 30 * 60
RESPONSE_URL_USES = 5


class TriggerRefusedError(Exception):
    """A trigger id that opens nothing; the text is Slack's error name."""


class ResponseUrlRefusedError(Exception):
    """A response URL that is unknown, worn out or too old; the text is Slack's error name."""


@dataclass
class Trigger:
    """Leave to open one modal for a person; it came from a view, from a conversation, or from neither."""

    user_id: str
    view_id: str | None
    channel_id: str | None
    minted_at: float
    is_used: bool = False


class Triggers:
    """Trigger ids, each good for one modal within three seconds."""

    def __init__(self, clock: Callable[[], float], seconds: float = TRIGGER_SECONDS) -> None:
        self._clock = clock
        self._seconds = seconds
        self._minted: dict[str, Trigger] = {}

    def mint(self, user_id: str, view_id: str | None = None, channel_id: str | None = None) -> str:
        now = self._clock()
        self._minted = {id: trigger for id, trigger in self._minted.items() if now - trigger.minted_at < 600}
        trigger_id = f"{int(now * 1000)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self._minted[trigger_id] = Trigger(user_id, view_id, channel_id, now)
        return trigger_id

    def check(self, trigger_id: str) -> Trigger:
        """The trigger, still unused. Raises TriggerRefusedError."""
        trigger = self._minted.get(trigger_id)
        if trigger is None:
            raise TriggerRefusedError("invalid_trigger_id")
        if trigger.is_used:
            raise TriggerRefusedError("trigger_exchanged")
        if self._clock() - trigger.minted_at > self._seconds:
            raise TriggerRefusedError("trigger_expired")
        return trigger


@dataclass
class ResponseUrl:
    """Leave to answer in a channel; `source_ts` is the message it came with, if any."""

    user_id: str
    channel_id: str
    source_ts: str | None
    minted_at: float
    uses: int = 0


class ResponseUrls:
    """Response URLs by their token, each good for five answers within thirty minutes."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._minted: dict[str, ResponseUrl] = {}

    def mint(self, user_id: str, channel_id: str, source_ts: str | None = None) -> str:
        token = secrets.token_urlsafe(18)
        self._minted[token] = ResponseUrl(user_id, channel_id, source_ts, self._clock())
        return token

    def knows(self, token: str) -> bool:
        """Whether it was given here, however long ago."""
        return token in self._minted

    def check(self, token: str) -> ResponseUrl:
        """The URL's leave, not yet counted as used. Raises ResponseUrlRefusedError."""
        url = self._minted.get(token)
        if url is None:
            raise ResponseUrlRefusedError("invalid_url")
        if self._clock() - url.minted_at > RESPONSE_URL_SECONDS:
            raise ResponseUrlRefusedError("expired_url")
        if url.uses >= RESPONSE_URL_USES:
            raise ResponseUrlRefusedError("used_url")
        return url
