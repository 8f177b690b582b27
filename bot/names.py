"""People's names as Slack tells them: asked when a file is made, kept in memory only."""

import asyncio
from collections.abc import Iterable, Mapping
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import erased_name
from bot.delivery.replies import is_temporary
from storage.records.people import Person
from storage.records.privacy import is_erased, number_of

AT_ONCE = 8
"""Questions to Slack side by side."""
REMEMBERED = 10_000


class Names:
    """What people are called; nobody is asked about twice with the same token while the bot runs.

    What one workspace is told of a person is no other's to know, so names are kept by the token.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[str | None, Person], str] = {}
        self._turn = asyncio.Semaphore(AT_ONCE)

    async def read(self, client: AsyncWebClient, people: Iterable[Person]) -> dict[Person, str]:
        """The name of everybody whom Slack names; the others are left out.

        :raises SlackApiError: Slack could not say now, so it is worth another try
        """
        everybody = set(people)
        erased = {person: erased_name(number_of(person)) for person in everybody if is_erased(person)}
        wanted = sorted(everybody - set(erased))
        if len(self._known) + len(wanted) > REMEMBERED:
            self._known.clear()
        missing = [person for person in wanted if (client.token, person) not in self._known]
        await asyncio.gather(*(self._ask(client, person) for person in missing))
        keys = {person: (client.token, person) for person in wanted}
        return erased | {person: self._known[key] for person, key in keys.items() if key in self._known}

    async def _ask(self, client: AsyncWebClient, person: Person) -> None:
        async with self._turn:
            try:
                user = (await client.users_info(user=person.user_id))["user"]
            except SlackApiError as error:
                if is_temporary(error):
                    raise
                return
        if name := name_of(user):
            self._known[client.token, person] = name


def name_of(user: Mapping[str, Any]) -> str:
    """What Slack calls a user; "" when it does not say."""
    return str(
        (user.get("profile") or {}).get("real_name") or user.get("real_name") or user.get("name") or ""
    )
