"""The choice between two texts that two people wrote for one field."""

from datetime import UTC, datetime

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import state_values
from bot.caller import Caller, Payload, read_caller
from bot.case_studies import ids
from bot.case_studies.conflicts.choosing import Choosing, Outcome
from bot.case_studies.conflicts.views import chosen_modal, conflict_modal, input_id, of_both
from bot.case_studies.drafts.overviews import Overviews
from bot.case_studies.fields.checks import check_values
from bot.case_studies.fields.readings import read_field
from bot.case_studies.modals import Modal, show_modal, stack_modal
from bot.case_studies.service import CaseStudyService
from bot.values import pressed_value


class ConflictListeners:
    """One short method an interaction."""

    def __init__(self, service: CaseStudyService, overviews: Overviews, choosing: Choosing) -> None:
        self._service = service
        self._overviews = overviews
        self._choosing = choosing

    async def open_conflict(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        ref = ids.ConflictRef.decode(pressed_value(body))
        outcome = await self._choosing.look(read_caller(context, body), ref)
        await stack_modal(self._view(outcome), body, client)
        await ack()

    async def keep_theirs(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        """Keep what stands."""
        ref = ids.ConflictRef.decode(pressed_value(body))
        caller = read_caller(context, body)
        outcome = await self._choosing.keep(caller, ref, "theirs", at=datetime.now(UTC))
        await self._show(caller, outcome, body, client)
        await ack()

    async def keep_mine(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        """Keep what was set aside."""
        ref = ids.ConflictRef.decode(pressed_value(body))
        caller = read_caller(context, body)
        outcome = await self._choosing.keep(caller, ref, "mine", at=datetime.now(UTC))
        await self._show(caller, outcome, body, client)
        await ack()

    async def keep_both(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        """Keep the text that was made of both."""
        caller, view = read_caller(context, body), body["view"]
        ref = ids.ConflictRef.decode(view["private_metadata"])
        outcome = await self._choosing.look(caller, ref)
        study, conflict = outcome.study, next(iter(outcome.waiting), None)
        field = self._service.template_of(study).field(conflict.field_id) if conflict else None
        if conflict and field:
            found = {
                name.removeprefix(input_id(ref.number, "")): value
                for name, value in state_values(view).items()
            }
            reading = read_field(field, found, of_both(field, conflict))
            value = of_both(field, conflict) if reading.value is None else reading.value
            faults = check_values({field: value}, published=study.status == "published") | reading.faults
            if faults:
                errors = {input_id(ref.number, block_id): fault for block_id, fault in faults.items()}
                await ack(response_action="errors", errors=errors)
                return
            outcome = await self._choosing.keep_third(caller, ref, field, value, at=datetime.now(UTC))
        self._overviews.follow(caller, outcome.study.id, view, client)
        await ack(response_action="update", view=self._view(outcome))

    async def _show(self, caller: Caller, outcome: Outcome, body: Payload, client: AsyncWebClient) -> None:
        await show_modal(self._view(outcome), body, client)
        self._overviews.follow(caller, outcome.study.id, body["view"], client)

    def _view(self, outcome: Outcome) -> Modal:
        """The next choice, or what was said of the last one."""
        if not outcome.waiting:
            return chosen_modal(outcome.study, outcome.note)
        template = self._service.template_of(outcome.study)
        return conflict_modal(outcome.study, template, outcome.waiting, note=outcome.note)
