"""Exporting: the forms, and the promise that what was ticked comes."""

from datetime import UTC, datetime

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import state_values
from bot.caller import Payload, read_caller
from bot.case_studies import ids
from bot.case_studies.chosen_channel import chosen_channel_fault
from bot.case_studies.exports.ordering import Ordering
from bot.case_studies.exports.orders import FORMS_OF_MANY, FORMS_OF_ONE, Form, form_list, forms_in
from bot.case_studies.exports.views import (
    WITH_HISTORY,
    WITHOUT_NAMES,
    decode_wanted,
    export_modal,
    library_export_modal,
    ordered_modal,
)
from bot.case_studies.library.facets import FacetNames
from bot.case_studies.library.wanted import Wanted, decode_filters, tidy_words
from bot.case_studies.modals import stack_modal
from bot.errors import UserError
from bot.values import pressed_value

NO_FORM = "Tick at least one kind of file."
NO_CHANNEL = "Choose the channel of the canvas, or take the tick from the canvas."


class ExportListeners:
    """Who may have what is asked when a form is opened and when it is sent."""

    def __init__(self, ordering: Ordering, names: FacetNames) -> None:
        self._ordering = ordering
        self._names = names

    async def open_export(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller = read_caller(context, body)
        found = await self._ordering.exportable(caller, pressed_value(body))
        canvas = found.study.status == "published" and self._ordering.is_member(caller)
        await stack_modal(export_modal(found.study, canvas=canvas, history=found.is_told), body, client)
        await ack()

    async def send_export(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller, study_id = read_caller(context, body), body["view"]["private_metadata"]
        sent, key, now = state_values(body["view"]), body["view"]["id"], datetime.now(UTC)
        forms = forms_in(sent.texts(ids.FORMS_FIELD), FORMS_OF_ONE)
        channel_id = sent.text(ids.CANVAS_CHANNEL_FIELD) if sent.get(ids.CANVAS_FIELD) else None
        if not forms and channel_id is None:
            await ack(response_action="errors", errors={ids.FORMS_FIELD: NO_FORM})
            return
        if channel_id is not None and (fault := await _canvas_fault(client, channel_id)):
            await ack(response_action="errors", errors={ids.CANVAS_CHANNEL_FIELD: fault})
            return
        if channel_id is not None:
            await self._ordering.order_canvas(caller, study_id, channel_id, key=key, at=now)
        if forms:
            wishes = sent.get(ids.WISHES_FIELD) or ()
            await self._ordering.order_study(
                caller,
                study_id,
                forms,
                key=key,
                at=now,
                history=WITH_HISTORY in wishes,
                unnamed=WITHOUT_NAMES in wishes,
            )
        await ack(response_action="update", view=ordered_modal(_on_the_way(forms), channel_id or ""))

    async def open_library_export(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        await self._open_library(Wanted(), body, context, client)
        await ack()

    async def open_found_export(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        filters = decode_filters((body.get("view") or {}).get("private_metadata") or "")
        wanted = Wanted(tidy_words(body["actions"][0].get("value") or ""), filters)
        await self._open_library(wanted, body, context, client)
        await ack()

    async def _open_library(
        self, wanted: Wanted, body: Payload, context: AsyncBoltContext, client: AsyncWebClient
    ) -> None:
        total = await self._ordering.count(read_caller(context, body), wanted)
        await stack_modal(library_export_modal(wanted, total, self._names), body, client)

    async def send_library_export(self, body: Payload, context: AsyncBoltContext, ack: AsyncAck) -> None:
        caller, wanted = read_caller(context, body), decode_wanted(body["view"]["private_metadata"])
        key, now = body["view"]["id"], datetime.now(UTC)
        forms = forms_in(state_values(body["view"]).texts(ids.FORMS_FIELD), FORMS_OF_MANY)
        if not forms:
            await ack(response_action="errors", errors={ids.FORMS_FIELD: NO_FORM})
            return
        try:
            await self._ordering.order_library(caller, wanted, forms, key=key, at=now)
        except UserError as refusal:  # at the field, so that another kind of file can be ticked
            await ack(response_action="errors", errors={ids.FORMS_FIELD: str(refusal)})
            return
        await ack(response_action="update", view=ordered_modal(_on_the_way(forms)))


def _on_the_way(forms: tuple[Form, ...]) -> str:
    """Such as "Word and JSON are"."""
    return f"{form_list(forms)} {'is' if len(forms) == 1 else 'are'}" if forms else ""


async def _canvas_fault(client: AsyncWebClient, channel_id: str) -> str:
    """Why there can be no canvas in this channel; "" when there may be one."""
    return await chosen_channel_fault(client, channel_id, press="Export") if channel_id else NO_CHANNEL
