"""Presses of those who look after the content."""

from datetime import UTC, datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.caller import read_caller
from bot.curators import Curators
from bot.sections import home_subject
from bot.values import pressed_value
from storage.message_store import MessageStore
from storage.store import LookupStore


class CuratingListeners:
    """For curators and admins of the workspace."""

    def __init__(self, lookups: LookupStore, messages: MessageStore, curators: Curators) -> None:
        self._lookups = lookups
        self._messages = messages
        self._curators = curators

    async def forget_miss(self, ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Drop the words; they come back when somebody asks for them again."""
        caller = read_caller(context, body)
        await self._curators.check(caller)
        await self._lookups.forget_misses(
            caller.workspace_id, pressed_value(body), by=caller.person, at=datetime.now(UTC)
        )
        await self._messages.touch_subject(caller.workspace_id, home_subject(caller.person))
        await ack()
