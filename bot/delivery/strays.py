"""Copies of a message that lost their row.

Killed between Slack's taking a message and our keeping its `ts`, the publisher
posts it once more. The older copy no longer follows its rows, so the first press
on it removes it; the press itself counts as any other. The id in the message's
last block says which row a copy belongs to.
"""

import logging
from collections.abc import Awaitable, Callable

from slack_bolt.async_app import AsyncBoltRequest
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.replies import reason_of
from storage.message_store import MessageStore

log = logging.getLogger(__name__)


class StrayRemover(AsyncMiddleware):
    """Middleware for presses on messages."""

    def __init__(self, messages: MessageStore) -> None:
        self._messages = messages

    async def async_process(
        self, *, req: AsyncBoltRequest, resp: BoltResponse, next: Callable[[], Awaitable[BoltResponse]]
    ) -> BoltResponse:
        """Delete the pressed message when its row has another `ts`, and go on."""
        body, team_id = req.body, req.context.team_id
        container = body.get("container") or {}
        blocks = (body.get("message") or {}).get("blocks") or []
        if body.get("type") == "block_actions" and team_id and blocks:
            row = await self._messages.get_message(team_id, str(blocks[-1].get("block_id", "")))
            if row and row.ts and row.ts != container.get("message_ts"):
                # The row of a direct message names the person.
                channel_id, ts = str(container.get("channel_id")), str(container.get("message_ts"))
                await _delete(req.context.client, channel_id, ts)
        return await next()


async def _delete(client: AsyncWebClient, channel_id: str, ts: str) -> None:
    try:
        await client.chat_delete(channel=channel_id, ts=ts)
    except SlackApiError as error:  # somebody was faster, or the channel is closed: the press still counts
        log.info("A stray copy could not be removed: %s", reason_of(error))
