"""Whom Slack knows under the id that somebody chose: to write a section, or to approve."""

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.replies import is_temporary
from storage.records.people import Person

SLACKBOT = "USLACKBOT"


async def find_person(client: AsyncWebClient, workspace_id: str, user_id: str) -> Person | None:
    """The person who can be asked; None for an app, a closed account or nobody at all.

    :raises SlackApiError: Slack cannot say at the moment
    """
    try:
        user = (await client.users_info(user=user_id))["user"]
    except SlackApiError as error:
        if is_temporary(error):
            raise
        return None
    if user.get("is_bot") or user.get("deleted") or user_id == SLACKBOT:
        return None
    return Person(user.get("team_id") or workspace_id, user_id)
