"""Whom Slack knows under an id: chosen to write a section, to approve or to own, or gone since."""

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.replies import is_temporary, reason_of
from storage.records.people import Person

SLACKBOT = "USLACKBOT"
UNKNOWN = "user_not_found"


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


async def has_left(client: AsyncWebClient, person: Person) -> bool:
    """Whether the person's account is closed, or unknown to Slack: others may then act in their place.

    :raises SlackApiError: Slack does not say, which proves nothing
    """
    try:
        user = (await client.users_info(user=person.user_id))["user"]
    except SlackApiError as error:
        if reason_of(error) == UNKNOWN:
            return True
        raise
    return bool(user.get("deleted"))
