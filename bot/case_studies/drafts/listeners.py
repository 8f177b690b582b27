"""Presses and forms of somebody writing a case study."""

import secrets
from datetime import UTC, datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.caller import read_caller
from bot.case_studies import ids
from bot.case_studies.drafts.drafting import Drafting
from bot.case_studies.drafts.overviews import Overviews
from bot.case_studies.drafts.views import DRAFTS_A_PAGE, deleted_modal, start_modal
from bot.case_studies.modals import Modal, show_modal
from bot.case_studies.service import CaseStudyService
from bot.values import pressed_value

Payload = dict[str, Any]


class DraftListeners:
    """One short method an interaction."""

    def __init__(self, service: CaseStudyService, drafting: Drafting, overviews: Overviews) -> None:
        self._service = service
        self._drafting = drafting
        self._overviews = overviews

    async def open_start(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        await show_modal(await self.start_view(body, context), body, client)
        await ack()

    async def turn_drafts(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        turn = ids.Turn.decode(pressed_value(body))
        await show_modal(await self.start_view(body, context, turn.at), body, client)
        await ack()

    async def start_view(self, body: Payload, context: AsyncBoltContext, offset: int = 0) -> Modal:
        """Where everything begins, with a page of the caller's drafts."""
        caller = read_caller(context, body)
        drafts = await self._drafting.drafts(caller, limit=DRAFTS_A_PAGE + 1, offset=offset)
        return start_modal(self._service.templates, drafts, offset=offset)

    async def begin_draft(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller = read_caller(context, body)
        study = await self._drafting.begin(
            caller,
            pressed_value(body),
            study_id=secrets.token_hex(8),
            at=datetime.now(UTC),
        )
        await show_modal(await self._overviews.view(caller, study), body, client)
        await ack()

    async def open_draft(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller = read_caller(context, body)
        study = await self._service.written_with(caller, pressed_value(body))
        await show_modal(await self._overviews.view(caller, study), body, client)
        await ack()

    async def delete_draft(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        study = await self._drafting.delete(read_caller(context, body), pressed_value(body))
        await show_modal(deleted_modal(study), body, client)
        await ack()
