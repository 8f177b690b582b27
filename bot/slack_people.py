"""What Slack knows of people: whether they are still there, are in a channel, and their time zone."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from slack_sdk.errors import SlackApiError

from bot.clients import ClientFor
from bot.delivery.replies import is_temporary
from bot.names import name_of
from storage.records.people import Person

KEPT = 24 * 3600.0
"""Seconds for which a time zone is remembered."""
REMEMBERED = 10_000
PAGE = 999
MOST_PAGES = 20
SLACKBOT = "USLACKBOT"


@dataclass(frozen=True, slots=True)
class SlackUser:
    """A user as Slack has them now; `zone` is None where Slack does not tell it.

    `is_guest`: the workspace that was asked has them as a guest. `name` is their id where Slack tells none.
    """

    person: Person
    is_bot: bool
    is_gone: bool
    zone: ZoneInfo | None
    is_guest: bool
    name: str


class SlackPeople:
    """Asks the workspace that installed the app."""

    def __init__(self, client_for: ClientFor) -> None:
        self._client_for = client_for
        self._zones: dict[tuple[str, Person], tuple[ZoneInfo | None, float]] = {}

    async def find(self, workspace_id: str, user_id: str) -> SlackUser | None:
        """The user of this id; None when Slack knows none.

        :raises SlackApiError: Slack cannot say at the moment
        """
        client = await self._client_for(workspace_id)
        if client is None:
            return None
        try:
            user = (await client.users_info(user=user_id))["user"]
        except SlackApiError as error:
            if is_temporary(error):
                raise
            return None
        return SlackUser(
            Person(user.get("team_id") or workspace_id, user_id),
            bool(user.get("is_bot")) or user_id == SLACKBOT,
            bool(user.get("deleted")),
            _zone(user.get("tz")),
            bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
            name_of(user) or user_id,
        )

    async def is_gone(self, workspace_id: str, person: Person) -> bool:
        """Whether the person's account is closed."""
        user = await self.find(workspace_id, person.user_id)
        return user is None or user.is_gone

    async def zone_of(self, workspace_id: str, person: Person) -> ZoneInfo | None:
        """The person's time zone, asked for once a day."""
        key = workspace_id, person
        zone, good_until = self._zones.get(key, (None, 0.0))
        if time.monotonic() >= good_until:
            user = await self.find(workspace_id, person.user_id)
            zone = user.zone if user else None
            if len(self._zones) >= REMEMBERED:
                self._zones.clear()
            self._zones[key] = zone, time.monotonic() + KEPT
        return zone

    async def missing_from(self, workspace_id: str, channel_id: str, user_ids: Iterable[str]) -> set[str]:
        """Those of `user_ids` who are not in the channel."""
        wanted = set(user_ids)
        client = await self._client_for(workspace_id)
        cursor = ""
        for _page in range(MOST_PAGES):
            if not wanted or client is None:
                break
            answer = await client.conversations_members(channel=channel_id, limit=PAGE, cursor=cursor)
            members: Sequence[str] = answer["members"]
            wanted -= set(members)
            following: dict[str, str] = answer.get("response_metadata") or {}
            cursor = following.get("next_cursor", "")
            if not cursor:
                break
        return wanted


def _zone(name: object) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if isinstance(name, str) and name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None
