"""The presses and the form of somebody who has a channel told monthly."""

from datetime import UTC, datetime

from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import state_values
from bot.caller import Payload, read_caller
from bot.case_studies import ids
from bot.case_studies.chosen_channel import chosen_channel_fault
from bot.case_studies.digests.subscribing import Subscribing
from bot.case_studies.digests.views import digest_modal, promised_modal, stopped_panel
from bot.case_studies.modals import Modal, show_modal, stack_modal
from bot.errors import UserError
from bot.panels import show_panel
from bot.values import pressed_value


class DigestListeners:
    """One short method an interaction."""

    def __init__(self, subscribing: Subscribing) -> None:
        self._subscribing = subscribing

    async def view_in(self, body: Payload, context: AsyncBoltContext) -> Modal:
        """For the command: what its channel has been promised, or the choice of a channel."""
        digest = await self._subscribing.find(read_caller(context, body), body["channel_id"])
        return promised_modal(digest, datetime.now(UTC), is_new=False) if digest else digest_modal()

    async def open_digest(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        self._subscribing.check_member(read_caller(context, body))
        await stack_modal(digest_modal(), body, client)
        await ack()

    async def choose_other(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        self._subscribing.check_member(read_caller(context, body))
        await show_modal(digest_modal(), body, client)
        await ack()

    async def set_digest(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller, now = read_caller(context, body), datetime.now(UTC)
        channel_id = state_values(body["view"]).text(ids.CHANNEL_FIELD)
        if fault := await chosen_channel_fault(client, channel_id, press="Go on"):
            await ack(response_action="errors", errors={ids.CHANNEL_FIELD: fault})
            return
        try:
            digest, is_new = await self._subscribing.subscribe(caller, channel_id, now)
        except UserError as error:  # said at the field, where another channel can be chosen
            await ack(response_action="errors", errors={ids.CHANNEL_FIELD: str(error)})
            return
        await ack(response_action="update", view=promised_modal(digest, now, is_new=is_new))

    async def stop_digest(
        self,
        body: Payload,
        context: AsyncBoltContext,
        client: AsyncWebClient,
        respond: AsyncRespond,
        ack: AsyncAck,
    ) -> None:
        channel_id = pressed_value(body)
        await self._subscribing.stop(read_caller(context, body), channel_id, datetime.now(UTC))
        await show_panel(stopped_panel(channel_id), body, client, respond)
        await ack()
