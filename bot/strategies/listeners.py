"""The command, and the presses in its answers."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.caller import read_caller
from bot.panels import open_modal, panel_message, panel_modal
from bot.strategies import ids
from bot.strategies.desk import Desk
from bot.strategies.recent import Recent
from bot.strategies.results import CardRef, Place
from bot.strategies.showing import asked_in, sharing_in, show_result
from bot.strategies.views import result_panel
from bot.values import pressed_value


class StrategyListeners:
    """Looking up, in private."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._not_needed = Recent()

    async def look_up(
        self, ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext, command: dict[str, Any]
    ) -> None:
        result = await self._desk.ask(
            read_caller(context, body), command.get("text") or "", datetime.now(UTC)
        )
        panel = result_panel(self._desk.library, result, sharing_in(command["channel_id"]))
        await ack(response_type="ephemeral", **panel_message(panel))

    async def open_place(
        self,
        ack: AsyncAck,
        body: dict[str, Any],
        context: AsyncBoltContext,
        client: AsyncWebClient,
        respond: AsyncRespond,
    ) -> None:
        await ack()
        place = whole_question(ids.decode_place(pressed_value(body)), body)
        result = await self._desk.visit(read_caller(context, body), place)
        await show_result(self._desk.library, result, body, client, respond)

    async def open_card(
        self,
        ack: AsyncAck,
        body: dict[str, Any],
        context: AsyncBoltContext,
        client: AsyncWebClient,
        respond: AsyncRespond,
    ) -> None:
        await ack()
        card = await self._desk.card(read_caller(context, body), ids.decode_card(pressed_value(body)))
        await show_result(self._desk.library, card, body, client, respond)

    async def read_card(
        self, ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
    ) -> None:
        card = await self._desk.card(read_caller(context, body), CardRef(pressed_value(body)))
        panel = result_panel(self._desk.library, card, "within")
        await open_modal(panel_modal(replace(panel, metadata=ids.WITHIN)), body, client)
        await ack()

    async def open_related(
        self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        await ack()
        related = self._desk.related(ids.decode_card(pressed_value(body)))
        await show_result(self._desk.library, related, body, client, respond)

    async def answer_not_needed(
        self,
        ack: AsyncAck,
        body: dict[str, Any],
        context: AsyncBoltContext,
        client: AsyncWebClient,
        respond: AsyncRespond,
    ) -> None:
        """Counted once for each person and question, however often they press."""
        caller = read_caller(context, body)
        question = ids.decode_place(pressed_value(body)).key
        if self._not_needed.claim(f"{caller.person.team_id}:{caller.person.user_id}:{question}"):
            await self._desk.count_not_needed(caller, question, datetime.now(UTC))
        await ack()
        await show_result(self._desk.library, self._desk.not_needed(question), body, client, respond)


def whole_question(place: Place, body: dict[str, Any]) -> Place:
    """A button carries the beginning of a long question; the form above it has all of it."""
    asked = asked_in(body.get("view") or {})
    is_cut = place.kind == "query" and asked.startswith(place.key)
    return Place("query", asked) if is_cut else place
