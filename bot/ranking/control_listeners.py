"""What the facilitator presses."""

from datetime import UTC, datetime

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.caller import Payload, read_caller
from bot.panels import panel_modal
from bot.ranking import ids
from bot.ranking.control_views import controls_panel
from bot.ranking.service import RankingService
from bot.ranking.stages import Move


class ControlListeners:
    """Each press is checked against the rows: the menu may have been open for a while."""

    def __init__(self, service: RankingService) -> None:
        self._service = service

    async def open_controls(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller, ref = read_caller(context, body), ids.pressed_ref(body)
        snapshot = await self._service.facilitated(caller, ref.ranking_id)
        await client.views_open(trigger_id=body["trigger_id"], view=panel_modal(controls_panel(snapshot)))
        await ack()

    async def take_move(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller, ref = read_caller(context, body), ids.pressed_ref(body)
        await self._service.move(caller, ref, Move(ref.item), datetime.now(UTC))
        snapshot = await self._service.facilitated(caller, ref.ranking_id)
        await client.views_update(view_id=body["view"]["id"], view=panel_modal(controls_panel(snapshot)))
        await ack()
