"""What Slack knows of channels: whether Common Ground can write in one."""

from enum import Enum
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NOT_A_MEMBER

ARCHIVED_REASONS = frozenset({"is_archived", "is_inactive"})
NO_CHANNEL = ARCHIVED_REASONS | NOT_A_MEMBER
"""Slack's words for a channel in which nothing can be written any more."""


class ChannelFault(Enum):
    """Why nothing can be written in a channel."""

    ARCHIVED = "archived"
    NOT_IN = "not_in"


async def channel_fault(client: AsyncWebClient, channel_id: str) -> ChannelFault | None:
    """None when Common Ground can write there; :raises SlackApiError: Slack cannot say at the moment."""
    try:
        channel: dict[str, Any] = (await client.conversations_info(channel=channel_id))["channel"]
    except SlackApiError as error:
        if error.response.get("error") in NOT_A_MEMBER:
            return ChannelFault.NOT_IN
        raise
    if channel.get("is_archived"):
        return ChannelFault.ARCHIVED
    return None if channel.get("is_member") else ChannelFault.NOT_IN
