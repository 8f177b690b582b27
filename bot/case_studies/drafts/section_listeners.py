"""The forms of the sections: opened, stored when sent or turned, choices stored as they are made."""

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import state_values
from bot.caller import Caller, Payload, read_caller
from bot.case_studies import ids
from bot.case_studies.colleagues.asking import Colleagues
from bot.case_studies.conflicts.views import OTHERS_WROTE, conflict_modal
from bot.case_studies.drafts.drafting import Drafting
from bot.case_studies.drafts.forms import (
    MORE_ROOM,
    FaultyFormError,
    section_modal,
    sent_values,
    wants_more_room,
)
from bot.case_studies.drafts.overviews import Overviews
from bot.case_studies.modals import Modal, show_modal, stack_modal
from bot.case_studies.service import CaseStudyService
from bot.values import pressed_value
from knowledge.model import Field
from storage.records.case_studies import CaseStudy, FieldValue
from storage.records.case_study_history import Saved

NOT_SAVED = "Not saved yet."


class SectionListeners:
    """One short method an interaction.

    A form that is shown anew keeps what its editor had seen when it was opened: Slack keeps what they
    typed, and that may be older than what the store has now.
    """

    def __init__(
        self, service: CaseStudyService, drafting: Drafting, overviews: Overviews, colleagues: Colleagues
    ) -> None:
        self._service = service
        self._drafting = drafting
        self._overviews = overviews
        self._colleagues = colleagues

    async def write_section(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        ref = ids.SectionRef.decode(pressed_value(body))
        caller = read_caller(context, body)
        study = await self._service.writable(caller, ref.study_id, ref.section_id)
        await stack_modal(await self._form(caller, study, ref.section_id), body, client)
        await ack()

    async def save_section(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller, view = read_caller(context, body), body["view"]
        ref, found = ids.FormRef.decode(view["private_metadata"]), state_values(view)
        try:
            saved = await self._save(caller, ref, found)
        except FaultyFormError as faulty:
            await ack(response_action="errors", errors=faulty.faults)
            return
        self._overviews.follow(caller, ref.study_id, view, client)
        if saved.conflicts:
            await ack(response_action="update", view=self._choice(saved))
        elif wants_more_room(saved.study, self._service.section_of(saved.study, ref.section_id), found):
            form = await self._form(caller, saved.study, ref.section_id, note=MORE_ROOM, seen=ref.seen)
            await ack(response_action="update", view=form)
        else:
            await ack()

    async def turn_section(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        """Store the section and show the one beside it; with a fault, say what it is and stay."""
        caller, view = read_caller(context, body), body["view"]
        ref = ids.FormRef.decode(view["private_metadata"])
        beside = ids.SectionRef.decode(pressed_value(body))
        study = await self._service.writable(caller, ref.study_id, beside.section_id)
        try:
            saved = await self._save(caller, ref, state_values(view))
        except FaultyFormError as faulty:
            note = f"{NOT_SAVED} {' '.join(faulty.faults.values())}"
            await show_modal(
                await self._form(caller, study, ref.section_id, note=note, seen=ref.seen), body, client
            )
        else:
            following = (
                self._choice(saved)
                if saved.conflicts
                else await self._form(caller, saved.study, beside.section_id)
            )
            # The form that is in front of them comes first.
            await show_modal(following, body, client)
            self._overviews.follow(caller, ref.study_id, view, client)
        await ack()

    async def save_choice(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        """Store one field's choice; what may not be left empty is refused when the form is sent."""
        caller, view = read_caller(context, body), body["view"]
        ref = ids.FormRef.decode(view["private_metadata"])
        field_id = body["actions"][0]["action_id"]
        found = {name: value for name, value in state_values(view).items() if name == field_id}
        with suppress(FaultyFormError):
            saved = await self._save(caller, ref, found)
            if saved.conflicts:
                form = await self._form(caller, saved.study, ref.section_id, note=OTHERS_WROTE, seen=ref.seen)
                await show_modal(form, body, client)
            self._overviews.follow(caller, ref.study_id, view, client)
        await ack()

    async def _save(self, caller: Caller, ref: ids.FormRef, found: dict[str, Any]) -> Saved:
        def read(study: CaseStudy) -> dict[Field, FieldValue]:
            return sent_values(study, self._service.section_of(study, ref.section_id), found)

        return await self._drafting.save_form(caller, ref, read, at=datetime.now(UTC))

    async def _form(
        self, caller: Caller, study: CaseStudy, section_id: str, *, note: str = "", seen: int | None = None
    ) -> Modal:
        section = self._service.section_of(study, section_id)
        turns = study.owner == caller.person
        template = self._service.template_of(study)
        wish = await self._colleagues.note_for(caller, study.id, section_id)
        return section_modal(study, template, section, note=note, seen=seen, turns=turns, wish=wish)

    def _choice(self, saved: Saved) -> Modal:
        return conflict_modal(saved.study, self._service.template_of(saved.study), saved.conflicts)
