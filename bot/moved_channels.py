"""Channels that Slack gave another id: it does when a private channel is shared with another organisation."""

from datetime import UTC, datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext

from storage.channel_store import ChannelStore


def register(app: AsyncApp, channels: ChannelStore) -> None:
    """Listen for the one event that tells of it."""
    app.event("channel_id_changed")(MovedChannels(channels).follow_channel)


class MovedChannels:
    """What is kept follows the channel: nothing answers under its old id any more."""

    def __init__(self, channels: ChannelStore) -> None:
        self._channels = channels

    async def follow_channel(self, event: dict[str, Any], context: AsyncBoltContext, ack: AsyncAck) -> None:
        old_id, new_id = str(event["old_channel_id"]), str(event["new_channel_id"])
        await self._channels.move(str(context.team_id), old_id, new_id, datetime.now(UTC))
        await ack()
