"""Opening App Home, and asking for help."""

from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.admins import Admins
from bot.caller import read_caller
from bot.curators import Curators
from bot.home.views import help_panel, home_message
from bot.panels import panel_message
from storage.message_store import MessageStore


class HomeListeners:
    """Each App Home that was ever opened is kept true by the publisher."""

    def __init__(self, messages: MessageStore, admins: Admins, curators: Curators) -> None:
        self._messages = messages
        self._admins = admins
        self._curators = curators

    async def open_home(
        self, event: dict[str, Any], body: dict[str, Any], context: AsyncBoltContext, ack: AsyncAck
    ) -> None:
        if event.get("tab") == "home":
            message = home_message(read_caller(context, body))
            if not await self._messages.add_message(message):
                await self._messages.touch_subject(message.workspace_id, message.subject)
        await ack()

    async def show_help(self, body: dict[str, Any], context: AsyncBoltContext, ack: AsyncAck) -> None:
        caller = read_caller(context, body)
        panel = help_panel(
            is_admin=await self._admins.is_admin(caller),
            may_curate=await self._curators.may_curate(caller),
        )
        await ack(response_type="ephemeral", **panel_message(panel))
