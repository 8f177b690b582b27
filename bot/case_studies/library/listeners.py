"""The command, and the presses and forms of somebody reading and sharing case studies."""

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import state_values
from bot.caller import Caller, read_caller
from bot.case_studies import ids
from bot.case_studies.chosen_channel import chosen_channel_fault
from bot.case_studies.digests.listeners import DigestListeners
from bot.case_studies.drafts.listeners import DraftListeners, Payload
from bot.case_studies.library.filter_listeners import wanted_in
from bot.case_studies.library.finding import Finding
from bot.case_studies.library.reading import reading_view
from bot.case_studies.library.sharing import Sharing
from bot.case_studies.library.views import library_modal, share_modal, shared_modal
from bot.case_studies.library.wanted import Wanted, tidy_words
from bot.case_studies.modals import Modal, show_modal, stack_modal
from bot.case_studies.service import CaseStudyService
from bot.errors import UserError
from bot.values import pressed_value

THERE_ALREADY = "It is in that channel already, and follows every change. Choose another."


class LibraryListeners:
    """One short method an interaction."""

    def __init__(
        self,
        service: CaseStudyService,
        finding: Finding,
        sharing: Sharing,
        drafts: DraftListeners,
        digests: DigestListeners,
    ) -> None:
        self._service = service
        self._sharing = sharing
        self._finding = finding
        self._drafts = drafts
        self._digests = digests

    async def run_command(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        words = tidy_words(body.get("text") or "")
        if words.lower() == "digest":
            view = await self._digests.view_in(body, context)
        elif words:
            wanted = Wanted("" if words.lower() == "list" else words)
            view = await self._library(read_caller(context, body), wanted)
        else:
            view = await self._drafts.start_view(body, context)
        await client.views_open(trigger_id=body["trigger_id"], view=view)
        await ack()

    async def open_library(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        await show_modal(await self._library(read_caller(context, body), Wanted()), body, client)
        await ack()

    async def list_using(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        await show_modal(await self._using(body, context), body, client)
        await ack()

    async def list_beside(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        await stack_modal(await self._using(body, context), body, client)
        await ack()

    async def search_library(self, body: Payload, context: AsyncBoltContext, ack: AsyncAck) -> None:
        view = await self._library(read_caller(context, body), wanted_in(body))
        await ack(response_action="update", view=view)

    async def turn_library(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        turn = ids.Turn.decode(pressed_value(body))
        wanted = Wanted(tidy_words(turn.what), wanted_in(body).filters, turn.at)
        await show_modal(await self._library(read_caller(context, body), wanted), body, client)
        await ack()

    async def read_case_study(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller = read_caller(context, body)
        view = await reading_view(self._service, caller, pressed_value(body))
        await stack_modal(view, body, client)
        await ack()

    async def turn_reading(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        turn = ids.Turn.decode(pressed_value(body))
        view = await reading_view(self._service, read_caller(context, body), turn.what, turn.at)
        await show_modal(view, body, client)
        await ack()

    async def open_share(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller = read_caller(context, body)
        self._service.check_member(caller)
        study = await self._service.readable(caller, pressed_value(body))
        await stack_modal(share_modal(study), body, client)
        await ack()

    async def share_case_study(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller, study_id = read_caller(context, body), body["view"]["private_metadata"]
        channel_id = state_values(body["view"]).text(ids.CHANNEL_FIELD)
        fault = await chosen_channel_fault(client, channel_id, press="Share")
        if fault := fault or await self._share(caller, study_id, channel_id):
            await ack(response_action="errors", errors={ids.CHANNEL_FIELD: fault})
            return
        study = await self._service.readable(caller, study_id)
        await ack(response_action="update", view=shared_modal(study, channel_id))

    async def _share(self, caller: Caller, study_id: str, channel_id: str) -> str:
        # Said at the field, because no notice fits on top of three modals.
        try:
            return "" if await self._sharing.share(caller, study_id, channel_id) else THERE_ALREADY
        except UserError as error:
            return str(error)

    async def _using(self, body: Payload, context: AsyncBoltContext) -> Modal:
        wanted = Wanted(filters={"strategy": [pressed_value(body)]})
        return await self._library(read_caller(context, body), wanted)

    async def _library(self, caller: Caller, wanted: Wanted) -> Modal:
        found = await self._finding.find(caller, wanted)
        return library_modal(found, self._finding.names, self._service)
