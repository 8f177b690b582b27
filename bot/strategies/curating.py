"""Presses of those who look after the content."""

from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.admins import Admins
from bot.caller import read_caller
from bot.errors import UserError
from bot.sections import home_subject
from bot.values import pressed_value
from storage.store import LookupStore, MessageStore

ADMINS_ONLY = (
    "Only admins of this workspace can mark words as dealt with. Ask one of them, or whoever installed "
    "Common Ground."
)


class CuratingListeners:
    """For admins of the workspace."""

    def __init__(self, lookups: LookupStore, messages: MessageStore, admins: Admins) -> None:
        self._lookups = lookups
        self._messages = messages
        self._admins = admins

    async def forget_miss(self, ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Drop the words; they come back when somebody asks for them again."""
        caller = read_caller(context, body)
        if not await self._admins.is_admin(caller):
            raise UserError(ADMINS_ONLY)
        await self._lookups.forget_misses(caller.workspace_id, pressed_value(body))
        await self._messages.touch_subject(caller.workspace_id, home_subject(caller.person))
        await ack()
