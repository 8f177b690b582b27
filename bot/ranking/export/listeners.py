"""Exporting a ranking: the form, and the promise that what was ticked comes."""

from datetime import UTC, datetime

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import state_values
from bot.caller import Payload, read_caller
from bot.panels import panel_modal
from bot.ranking import ids
from bot.ranking.export.orders import FORMS, Target
from bot.ranking.export.service import ExportService
from bot.ranking.export.views import export_modal, ordered_panel

NOTHING = "Tick at least one kind of file."


class ExportListeners:
    """Who may have the record is asked when the form is opened and when it is sent."""

    def __init__(self, service: ExportService) -> None:
        self._service = service

    async def open_export(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        ref = ids.pressed_ref(body)
        ranking, is_running = await self._service.open(read_caller(context, body), ref.ranking_id)
        view = export_modal(ranking, is_running=is_running).to_dict()
        is_in_modal = (body.get("view") or {}).get("type") == "modal"
        show = client.views_push if is_in_modal else client.views_open
        await show(trigger_id=body["trigger_id"], view=view)
        await ack()

    async def send_export(self, body: Payload, context: AsyncBoltContext, ack: AsyncAck) -> None:
        caller, ref = read_caller(context, body), ids.Ref.decode(body["view"]["private_metadata"])
        values, key, now = state_values(body["view"]), body["view"]["id"], datetime.now(UTC)
        forms = [form for form in FORMS if form in values.texts(ids.FORMS_FIELD)]
        target: Target = "thread" if values.get(ids.TARGET_FIELD) == "thread" else "me"
        canvas = bool(values.get(ids.CANVAS_FIELD))
        if not forms and not canvas:
            await ack(response_action="errors", errors={ids.FORMS_FIELD: NOTHING})
            return
        if forms:
            unnamed = bool(values.get(ids.UNNAMED_FIELD))
            await self._service.order(caller, ref.ranking_id, forms, target, key=key, at=now, unnamed=unnamed)
        if canvas:
            await self._service.order_canvas(caller, ref.ranking_id, key=key, at=now)
        panel = ordered_panel(target if forms else None, canvas=canvas)
        await ack(response_action="update", view=panel_modal(panel))
