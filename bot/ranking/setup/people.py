"""The channel and the people of a new ranking, as Slack knows them."""

import asyncio
from collections.abc import Sequence

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NOT_A_MEMBER, UserError
from bot.ranking.people.limits import MOST_PEOPLE
from storage.records.people import Person

INVITE = "I am not in that channel. Type /invite @Common Ground in it, then press Preview again."


async def check_channel(client: AsyncWebClient, channel_id: str) -> None:
    """:raises UserError: the app cannot write there."""
    try:
        channel = (await client.conversations_info(channel=channel_id))["channel"]
    except SlackApiError as error:
        if error.response.get("error") in NOT_A_MEMBER:
            raise UserError(INVITE) from error
        raise
    if channel.get("is_archived"):
        raise UserError("That channel is archived. Choose another one.")
    if not channel.get("is_member"):
        raise UserError(INVITE)


async def channel_members(client: AsyncWebClient, channel_id: str) -> list[str]:
    """Ids of all members, bots among them; :raises UserError: more than can take part."""
    # Bots are left out later, so a few more than the limit may be needed.
    answer = await client.conversations_members(channel=channel_id, limit=MOST_PEOPLE + 20)
    following: dict[str, str] = answer.get("response_metadata") or {}
    if following.get("next_cursor"):
        raise UserError(
            f"That channel has more than {MOST_PEOPLE} people. Name the people who take part below."
        )
    return list(answer["members"])


async def people_behind(client: AsyncWebClient, user_ids: Sequence[str]) -> list[Person]:
    """The people behind these ids, each in their own workspace; bots and closed accounts left out."""
    answers = await asyncio.gather(*(client.users_info(user=user_id) for user_id in user_ids))
    users = [answer["user"] for answer in answers]
    return [
        Person(user["team_id"], user["id"])
        for user in users
        if not user.get("is_bot") and not user.get("deleted") and user["id"] != "USLACKBOT"
    ]
