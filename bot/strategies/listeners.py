"""The command, the presses in its answers, and the form that finds."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import state_values
from bot.panels import panel_message, panel_modal, show_panel
from bot.strategies import ids
from bot.strategies.cards import Sharing
from bot.strategies.forms import find_modal
from bot.strategies.service import Lookup, Result
from bot.strategies.views import result_panel


class StrategyListeners:
    """Looking up, in private."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup

    async def look_up(self, ack: AsyncAck, command: dict[str, Any]) -> None:
        result = self._lookup.answer(command.get("text") or "")
        panel = result_panel(self._lookup.library, result, sharing_in(command["channel_id"]))
        await ack(response_type="ephemeral", **panel_message(panel))

    async def open_place(
        self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        await ack()
        await self._show(self._lookup.visit(ids.decode_place(pressed_value(body))), body, client, respond)

    async def open_card(
        self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        await ack()
        await self._show(self._lookup.card(ids.decode_card(pressed_value(body))), body, client, respond)

    async def open_related(
        self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        await ack()
        await self._show(self._lookup.related(ids.decode_card(pressed_value(body))), body, client, respond)

    async def open_find_form(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=find_modal())
        await ack()

    async def find_strategies(self, ack: AsyncAck, view: dict[str, Any]) -> None:
        result = self._lookup.answer(state_values(view)[ids.QUESTION])
        panel = result_panel(self._lookup.library, result, "choose")
        await ack(response_action="update", view=panel_modal(panel))

    async def _show(
        self, result: Result, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        channel_id = (body.get("channel") or {}).get("id")
        panel = result_panel(self._lookup.library, result, sharing_in(channel_id))
        await show_panel(panel, body, client, respond)


def pressed_value(body: dict[str, Any]) -> str:
    """The value of the button that was pressed."""
    return str(body["actions"][0]["value"])


def sharing_in(channel_id: str | None) -> Sharing:
    """A card is shared where it was asked for; App Home and a direct message ask for a channel."""
    return "choose" if channel_id is None or channel_id.startswith("D") else "here"
