"""Saving a strategy for oneself, and letting it go again."""

from datetime import UTC, datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.caller import read_caller
from bot.strategies import ids
from bot.strategies.desk import Desk
from bot.strategies.results import MY_SAVED
from bot.strategies.showing import show_result
from bot.values import pressed_value


class SavingListeners:
    """Each press is kept before it is answered."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def save_strategy(
        self,
        ack: AsyncAck,
        body: dict[str, Any],
        context: AsyncBoltContext,
        client: AsyncWebClient,
        respond: AsyncRespond,
    ) -> None:
        ref = ids.decode_card(pressed_value(body))
        card = await self._desk.save(read_caller(context, body), ref, datetime.now(UTC))
        await ack()
        await show_result(self._desk.library, card, body, client, respond)

    async def unsave_strategy(
        self,
        ack: AsyncAck,
        body: dict[str, Any],
        context: AsyncBoltContext,
        client: AsyncWebClient,
        respond: AsyncRespond,
    ) -> None:
        card = await self._desk.unsave(read_caller(context, body), ids.decode_card(pressed_value(body)))
        await ack()
        await show_result(self._desk.library, card, body, client, respond)

    async def remove_saved(
        self,
        ack: AsyncAck,
        body: dict[str, Any],
        context: AsyncBoltContext,
        client: AsyncWebClient,
        respond: AsyncRespond,
    ) -> None:
        """Off the list it was pressed in; App Home follows by itself."""
        ref = ids.decode_card(pressed_value(body))
        caller = read_caller(context, body)
        await self._desk.unsave(caller, ref)
        await ack()
        if (body.get("view") or {}).get("type") != "home":
            result = await self._desk.visit(caller, ref.back or MY_SAVED)
            await show_result(self._desk.library, result, body, client, respond)
