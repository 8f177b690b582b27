"""Asking a person once which agency they answer for, before the first thing that needs it."""

import asyncio
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.caller import Caller
from bot.ranking.people.agency_names import known_spelling, without_repeats
from bot.ranking.people.agency_views import agency_modal
from storage.store import PeopleStore

PATIENCE_SECONDS = 1.0
"""How long to wait for a workspace's name: the form has to open within Slack's three seconds."""


class AgencyQuestion:
    """Who was asked is known from the store, so that a later press asks neither them nor Slack."""

    def __init__(self, people: PeopleStore) -> None:
        self._people = people

    async def first(self, caller: Caller, client: AsyncWebClient, door: str) -> dict[str, Any] | None:
        """The question as a modal, for somebody who was never asked; None for all others."""
        if await self._people.get_agency(caller.workspace_id, caller.person) is not None:
            return None
        return await self.modal(caller, client, door)

    async def modal(self, caller: Caller, client: AsyncWebClient, door: str = "") -> dict[str, Any]:
        """The question, with the agency they gave before or the name of their own workspace chosen."""
        known = await self._people.list_agencies(caller.workspace_id)
        before = await self._people.get_agency(caller.workspace_id, caller.person)
        own = "" if before else await _own_workspace(caller, client)
        chosen = before or known_spelling(own, known)
        offered = without_repeats([chosen, *known])
        is_outside = caller.person.team_id != caller.workspace_id
        return agency_modal(offered, chosen, door, is_outside=is_outside).to_dict()

    async def save(self, caller: Caller, name: str) -> None:
        """Keep an agency in the spelling that is known; "" for somebody who would rather not say."""
        known = await self._people.list_agencies(caller.workspace_id)
        await self._people.set_agency(caller.workspace_id, caller.person, known_spelling(name, known))


async def _own_workspace(caller: Caller, client: AsyncWebClient) -> str:
    """The name of a partner's workspace; "" for people from here, or when Slack does not tell."""
    if caller.person.team_id == caller.workspace_id:
        return ""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            answer = await client.team_info(team=caller.person.team_id)
    except (SlackApiError, aiohttp.ClientError, TimeoutError):
        return ""  # they can type it
    team: dict[str, Any] = answer.get("team") or {}
    return str(team.get("name") or "")
