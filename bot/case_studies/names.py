"""People's names, asked of Slack when a file is made, and never kept."""

from collections.abc import Iterable

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from storage.records import Person


async def read_names(client: AsyncWebClient, people: Iterable[Person]) -> dict[Person, str]:
    """The name of everybody whom Slack names; the others are left out."""
    names = {}
    for person in sorted(set(people)):
        try:
            user = (await client.users_info(user=person.user_id))["user"]
        except SlackApiError:
            continue
        name = (user.get("profile") or {}).get("real_name") or user.get("real_name") or user.get("name")
        if name:
            names[person] = str(name)
    return names
