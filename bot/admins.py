"""Who is an admin of the workspace, and who a guest, asked of Slack now and then."""

import asyncio
import time
from typing import Literal, TypeAlias

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.caller import Caller
from bot.clients import ClientFor

Standing: TypeAlias = Literal["admin", "member", "guest"]

KEPT = 600.0
"""Seconds for which an answer is good."""
KEPT_WITHOUT_ANSWER = 30.0
"""Seconds until Slack is asked again after it did not answer."""
LONGEST_WAIT = 1.5
"""Seconds that a view may wait for Slack's answer; without one everybody is a member."""
REMEMBERED = 10_000
"""People whose answer is remembered."""


class Admins:
    """Remembers what Slack said of each person."""

    def __init__(self, client_for: ClientFor) -> None:
        self._client_for = client_for
        self._known: dict[Caller, tuple[Standing, float]] = {}

    async def is_admin(self, caller: Caller) -> bool:
        """Whether the person is an admin or owner of the workspace; nobody from a partner's is."""
        return await self._standing(caller) == "admin"

    async def is_guest(self, caller: Caller) -> bool:
        """Whether the workspace has the person as a guest; people of a partner's are none."""
        return await self._standing(caller) == "guest"

    async def _standing(self, caller: Caller) -> Standing:
        if caller.person.team_id != caller.workspace_id:
            return "member"
        known, good_until = self._known.get(caller, ("member", 0.0))
        if time.monotonic() < good_until:
            return known
        try:
            async with asyncio.timeout(LONGEST_WAIT):
                found = await self._ask(caller)
        except (TimeoutError, OSError, aiohttp.ClientError, SlackApiError):
            self._remember(caller, known, KEPT_WITHOUT_ANSWER)
            return known
        self._remember(caller, found, KEPT)
        return found

    async def _ask(self, caller: Caller) -> Standing:
        client = await self._client_for(caller.workspace_id)
        if client is None:
            return "member"
        user = (await client.users_info(user=caller.person.user_id))["user"]
        if user.get("is_admin") or user.get("is_owner"):
            return "admin"
        return "guest" if user.get("is_restricted") or user.get("is_ultra_restricted") else "member"

    def _remember(self, caller: Caller, standing: Standing, seconds: float) -> None:
        if len(self._known) >= REMEMBERED:
            self._known.clear()
        self._known[caller] = (standing, time.monotonic() + seconds)
