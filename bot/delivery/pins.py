"""Pinning a message once, at its first sending."""

import logging

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.content import Pin
from bot.delivery.replies import is_temporary, reason_of

log = logging.getLogger(__name__)

REASONS = {
    "too_many_pins": "the channel has as many pins as it can hold",
    "permission_denied": "only some people may pin in this channel",
    "restricted_action": "only some people may pin in this channel",
    "not_pinnable": "this kind of message cannot be pinned here",
    "missing_scope": "I am not allowed to pin in this workspace",
}


async def pin_message(client: AsyncWebClient, channel_id: str, ts: str, pin: Pin) -> None:
    """Pin what has been posted as `ts`; a refusal is told to `pin.asked_by`, and the message stays.

    :raises SlackApiError: Slack could not say, so it is worth another try
    """
    try:
        await client.pins_add(channel=channel_id, timestamp=ts)
    except SlackApiError as error:
        if reason_of(error) == "already_pinned":
            return
        if is_temporary(error):
            raise
        log.warning("A message in %s was not pinned: %s", channel_id, reason_of(error))
        await _tell(client, channel_id, pin, REASONS.get(reason_of(error), "Slack did not allow it"))


async def _tell(client: AsyncWebClient, channel_id: str, pin: Pin, reason: str) -> None:
    text = f"I could not pin {pin.what}: {reason}. You can pin it from the message's own menu."
    try:
        await client.chat_postEphemeral(channel=channel_id, user=pin.asked_by, text=text)
    except SlackApiError as error:  # they may have left the channel; the message itself is there
        log.info("The refused pin could not be told: %s", reason_of(error))
