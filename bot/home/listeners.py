"""Opening App Home, and asking for help."""

from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.admins import Admins
from bot.caller import read_caller
from bot.home.views import help_panel, home_message
from bot.panels import panel_message
from storage.store import MessageStore


class HomeListeners:
    """Each App Home that was ever opened is kept true by the publisher."""

    def __init__(self, messages: MessageStore, admins: Admins) -> None:
        self._messages = messages
        self._admins = admins

    async def open_home(
        self, event: dict[str, Any], body: dict[str, Any], context: AsyncBoltContext, ack: AsyncAck
    ) -> None:
        if event.get("tab") == "home":
            message = home_message(read_caller(context, body))
            if not await self._messages.add_message(message):
                await self._messages.touch_subject(message.workspace_id, message.subject)
        await ack()

    async def show_help(self, body: dict[str, Any], context: AsyncBoltContext, ack: AsyncAck) -> None:
        is_admin = await self._admins.is_admin(read_caller(context, body))
        await ack(response_type="ephemeral", **panel_message(help_panel(is_admin=is_admin)))
