"""Presses and forms about sections that colleagues are asked to write."""

from datetime import UTC, datetime

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import state_values
from bot.caller import Caller, Payload, read_caller
from bot.case_studies import ids
from bot.case_studies.chosen_person import find_person
from bot.case_studies.colleagues.asking import LONGEST_NOTE, NOTE_TOO_LONG, Colleagues
from bot.case_studies.colleagues.views import ask_modal
from bot.case_studies.drafts.overviews import Overviews
from bot.case_studies.modals import Modal, in_modal, show_modal, stack_modal
from bot.case_studies.service import CaseStudyService
from bot.errors import UserError
from bot.values import pressed_value
from storage.records.case_studies import CaseStudy
from storage.records.people import Person

CHOOSE = "Choose a person."
NO_PERSON = "That is an app, or an account that is no longer used. Choose a person."


class ColleagueListeners:
    """One short method an interaction."""

    def __init__(self, service: CaseStudyService, overviews: Overviews, colleagues: Colleagues) -> None:
        self._service = service
        self._overviews = overviews
        self._colleagues = colleagues

    async def open_ask(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller = read_caller(context, body)
        ref = ids.SectionRef.decode(pressed_value(body))
        study = await self._service.own(caller, ref.study_id)
        await stack_modal(await self._form(caller, study, ref.section_id), body, client)
        await ack()

    async def send_ask(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller, view = read_caller(context, body), body["view"]
        ref = ids.SectionRef.decode(view["private_metadata"])
        found = state_values(view)
        note = found.text(ids.NOTE_FIELD)
        if len(note) > LONGEST_NOTE:
            await ack(response_action="errors", errors={ids.NOTE_FIELD: NOTE_TOO_LONG})
            return
        try:
            await self._service.own(caller, ref.study_id)
            person = await _person(client, caller, found.text(ids.PERSON_FIELD))
            study = await self._colleagues.ask(
                caller, ref.study_id, ref.section_id, person, at=datetime.now(UTC), note=note
            )
        except UserError as error:
            await ack(response_action="errors", errors={ids.PERSON_FIELD: str(error)})
            return
        self._overviews.follow(caller, study.id, view, client)
        await ack()

    async def remind_colleague(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller = read_caller(context, body)
        ref = ids.RequestRef.decode(pressed_value(body))
        study = await self._colleagues.remind(caller, ref, at=datetime.now(UTC))
        form = await self._form(caller, study, ref.section_id, note="They are reminded.")
        await show_modal(form, body, client)
        await ack()

    async def take_back(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller = read_caller(context, body)
        ref = ids.RequestRef.decode(pressed_value(body))
        study = await self._colleagues.take_back(caller, ref)
        note = "Taken back. What they wrote is kept."
        await show_modal(await self._form(caller, study, ref.section_id, note=note), body, client)
        self._overviews.follow(caller, study.id, body.get("view") or {}, client)
        await ack()

    async def finish_section(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        """The message and App Home follow; an overview is shown anew."""
        caller = read_caller(context, body)
        ref = ids.SectionRef.decode(pressed_value(body))
        study = await self._colleagues.finish(caller, ref.study_id, ref.section_id, at=datetime.now(UTC))
        if in_modal(body):
            await show_modal(await self._overviews.view(caller, study), body, client)
        await ack()

    async def _form(self, caller: Caller, study: CaseStudy, section_id: str, *, note: str = "") -> Modal:
        requests = await self._colleagues.asked(caller, study.id, section_id)
        return ask_modal(study, self._service.section_of(study, section_id), requests, note=note)


async def _person(client: AsyncWebClient, caller: Caller, user_id: str) -> Person:
    """Who was chosen, with the workspace they belong to; :raises UserError: it is nobody to ask."""
    if not user_id:
        raise UserError(CHOOSE)
    person = await find_person(client, caller.workspace_id, user_id)
    if person is None:
        raise UserError(NO_PERSON)
    return person
