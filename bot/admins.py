"""Who is an admin of the workspace, asked of Slack now and then."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeAlias

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.caller import Caller

ClientFor: TypeAlias = Callable[[str], Awaitable[AsyncWebClient | None]]

KEPT = 600.0
"""Seconds for which an answer is good."""
KEPT_WITHOUT_ANSWER = 30.0
"""Seconds until Slack is asked again after it did not answer."""
LONGEST_WAIT = 1.5
"""Seconds that a view may wait for Slack's answer; without one nobody is an admin."""
REMEMBERED = 10_000
"""People whose answer is remembered."""


class Admins:
    """Remembers what Slack said of each person."""

    def __init__(self, client_for: ClientFor) -> None:
        self._client_for = client_for
        self._known: dict[Caller, tuple[bool, float]] = {}

    async def is_admin(self, caller: Caller) -> bool:
        """Whether the person is an admin or owner of the workspace; nobody from a partner's is."""
        if caller.person.team_id != caller.workspace_id:
            return False
        known, good_until = self._known.get(caller, (False, 0.0))
        if time.monotonic() < good_until:
            return known
        try:
            found = await asyncio.wait_for(self._ask(caller), LONGEST_WAIT)
        except (TimeoutError, OSError, aiohttp.ClientError, SlackApiError):
            self._remember(caller, known, KEPT_WITHOUT_ANSWER)
            return known
        self._remember(caller, found, KEPT)
        return found

    async def _ask(self, caller: Caller) -> bool:
        client = await self._client_for(caller.workspace_id)
        if client is None:
            return False
        user = (await client.users_info(user=caller.person.user_id))["user"]
        return bool(user.get("is_admin") or user.get("is_owner"))

    def _remember(self, caller: Caller, is_admin: bool, seconds: float) -> None:
        if len(self._known) >= REMEMBERED:
            self._known.clear()
        self._known[caller] = (is_admin, time.monotonic() + seconds)
