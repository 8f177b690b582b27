"""What Slack tells of a channel: archived, back again, left by somebody, a partner or the app itself."""

from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.ranking.people.attendance import Attendance


class ChannelListeners:
    """Events that are not about us, or about a channel without a ranking, change nothing."""

    def __init__(self, attendance: Attendance) -> None:
        self._attendance = attendance

    async def channel_gone(self, event: dict[str, Any], context: AsyncBoltContext, ack: AsyncAck) -> None:
        await self._attendance.lost_channel(str(context.team_id), event["channel"])
        await ack()

    async def channel_back(self, event: dict[str, Any], context: AsyncBoltContext, ack: AsyncAck) -> None:
        await self._attendance.regained_channel(str(context.team_id), event["channel"])
        await ack()

    async def member_joined(self, event: dict[str, Any], context: AsyncBoltContext, ack: AsyncAck) -> None:
        if event["user"] == context.bot_user_id:
            await self._attendance.regained_channel(str(context.team_id), event["channel"])
        await ack()

    async def member_left(self, event: dict[str, Any], context: AsyncBoltContext, ack: AsyncAck) -> None:
        if event["user"] == context.bot_user_id:
            await self._attendance.lost_channel(str(context.team_id), event["channel"])
        else:
            await self._attendance.left_channel(str(context.team_id), event["channel"], event["user"])
        await ack()

    async def channel_unshared(self, event: dict[str, Any], context: AsyncBoltContext, ack: AsyncAck) -> None:
        await self._attendance.parted(
            str(context.team_id),
            event["channel"],
            event["previously_connected_team_id"],
            is_still_shared=bool(event.get("is_ext_shared")),
        )
        await ack()
