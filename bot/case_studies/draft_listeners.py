"""Presses and forms of somebody writing a case study."""

import logging
import secrets
from datetime import UTC, datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import state_values
from bot.caller import read_caller
from bot.case_studies import ids
from bot.case_studies.draft_views import (
    DRAFTS_A_PAGE,
    deleted_modal,
    overview_modal,
    start_modal,
)
from bot.case_studies.forms import MORE_ROOM, Sent, section_modal, sent_values, wants_more_room
from bot.case_studies.modals import Modal, show_modal, stack_modal
from bot.case_studies.reading_views import reading_modal
from bot.case_studies.service import CaseStudyService, check_values
from storage.records import CaseStudy

log = logging.getLogger(__name__)

Payload = dict[str, Any]

NOT_SAVED = "Not saved yet."


class DraftListeners:
    """One short method an interaction."""

    def __init__(self, service: CaseStudyService) -> None:
        self._service = service

    async def open_start(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        await show_modal(await self.start_view(body, context), body, client)
        await ack()

    async def turn_drafts(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        turn = ids.Turn.decode(body["actions"][0]["value"])
        await show_modal(await self.start_view(body, context, turn.at), body, client)
        await ack()

    async def start_view(self, body: Payload, context: AsyncBoltContext, offset: int = 0) -> Modal:
        """Where everything begins, with a page of the caller's drafts."""
        caller = read_caller(context, body)
        drafts = await self._service.drafts(caller, limit=DRAFTS_A_PAGE + 1, offset=offset)
        return start_modal(self._service.templates, drafts, offset=offset)

    async def begin_draft(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        study = await self._service.begin(
            read_caller(context, body),
            body["actions"][0]["value"],
            study_id=secrets.token_hex(8),
            at=datetime.now(UTC),
        )
        await show_modal(self.overview(study), body, client)
        await ack()

    async def open_draft(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        study = await self._service.own(read_caller(context, body), body["actions"][0]["value"])
        await show_modal(self.overview(study), body, client)
        await ack()

    async def write_section(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        ref = ids.SectionRef.decode(body["actions"][0]["value"])
        study = await self._service.own(read_caller(context, body), ref.study_id)
        await stack_modal(self.form(study, ref.section_id), body, client)
        await ack()

    async def save_section(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller, view = read_caller(context, body), body["view"]
        ref = ids.SectionRef.decode(view["private_metadata"])
        study = await self._service.own(caller, ref.study_id)
        found = state_values(view)
        sent = self._sent(study, ref.section_id, found)
        if sent.faults:
            await ack(response_action="errors", errors=sent.faults)
            return
        saved = await self._service.save_fields(caller, study.id, sent.values, at=datetime.now(UTC))
        await self.refresh_overview(saved, view, client)
        if wants_more_room(sent, found):
            form = self.form(saved, ref.section_id, note=MORE_ROOM)
            await ack(response_action="update", view=form)
        else:
            await ack()

    async def turn_section(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        """Store the section and show the one beside it; with a fault, say what it is and stay."""
        caller, view = read_caller(context, body), body["view"]
        ref = ids.SectionRef.decode(view["private_metadata"])
        study = await self._service.own(caller, ref.study_id)
        sent = self._sent(study, ref.section_id, state_values(view))
        if sent.faults:
            note = f"{NOT_SAVED} {' '.join(sent.faults.values())}"
            await show_modal(self.form(study, ref.section_id, note=note), body, client)
        else:
            saved = await self._service.save_fields(caller, study.id, sent.values, at=datetime.now(UTC))
            beside = ids.SectionRef.decode(body["actions"][0]["value"])
            await show_modal(self.form(saved, beside.section_id), body, client)
            await self.refresh_overview(saved, view, client)
        await ack()

    async def save_choice(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        """Store one field's choice; what may not be left empty is refused when the form is sent."""
        caller, view = read_caller(context, body), body["view"]
        ref = ids.SectionRef.decode(view["private_metadata"])
        study = await self._service.own(caller, ref.study_id)
        field_id = body["actions"][0]["action_id"]
        found = {name: value for name, value in state_values(view).items() if name == field_id}
        sent = self._sent(study, ref.section_id, found)
        if sent.values and not sent.faults:
            saved = await self._service.save_fields(caller, study.id, sent.values, at=datetime.now(UTC))
            await self.refresh_overview(saved, view, client)
        await ack()

    async def read_through(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller = read_caller(context, body)
        study = await self._service.own(caller, body["actions"][0]["value"])
        view = reading_modal(
            study, self._service.template_of(study), own=False, member=self._service.is_member(caller)
        )
        await stack_modal(view, body, client)
        await ack()

    async def delete_draft(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        study = await self._service.delete(read_caller(context, body), body["actions"][0]["value"])
        await show_modal(deleted_modal(study), body, client)
        await ack()

    def form(self, study: CaseStudy, section_id: str, *, note: str = "") -> Modal:
        """One section, to be written."""
        section = self._service.section_of(study, section_id)
        return section_modal(study, self._service.template_of(study), section, note=note)

    def overview(self, study: CaseStudy, *, refused: bool = False) -> Modal:
        """The sections and how far each has come."""
        return overview_modal(study, self._service.template_of(study), refused=refused)

    async def refresh_overview(self, study: CaseStudy, view: Payload, client: AsyncWebClient) -> None:
        """Make the overview under the form true; the answers are stored whether or not this works."""
        below = view.get("previous_view_id") or view.get("root_view_id")
        if below in (None, view["id"]):
            return
        try:
            await client.views_update(view_id=below, view=self.overview(study))
        except SlackApiError as error:
            log.warning("The overview could not be refreshed: %s", error.response.get("error"))

    def _sent(self, study: CaseStudy, section_id: str, found: dict[str, Any]) -> Sent:
        """What was sent of the section, with everything that is wrong with it."""
        sent = sent_values(study, self._service.section_of(study, section_id), found)
        faults = check_values(sent.values, published=study.status == "published")
        return Sent(sent.values, {**faults, **sent.faults})
