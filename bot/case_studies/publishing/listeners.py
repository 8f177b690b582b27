"""From a finished draft to what everybody in the workspace can read."""

from datetime import UTC, datetime

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import state_values
from bot.caller import Caller, Payload, read_caller
from bot.case_studies import ids
from bot.case_studies.answers import missing_words
from bot.case_studies.chosen_person import find_person
from bot.case_studies.drafts.forms import section_modal
from bot.case_studies.drafts.overviews import Overviews
from bot.case_studies.drafts.views import published_modal
from bot.case_studies.modals import Modal, show_modal, stack_modal
from bot.case_studies.publishing.checks import point_out, unticked_words
from bot.case_studies.publishing.publishing import Publishing
from bot.case_studies.publishing.views import check_modal
from bot.case_studies.reviews.reviewing import Reviews
from bot.case_studies.reviews.views import asked_modal
from bot.case_studies.service import WITHDRAWN, CaseStudyService
from bot.errors import UserError
from bot.values import pressed_value
from storage.records.case_studies import CaseStudy

NOBODY = "Choose a person whose account is open. An app cannot approve a case study."


class PublishListeners:
    """The check, the way back from it to a section, and publication or the asking for approval."""

    def __init__(
        self, service: CaseStudyService, publishing: Publishing, reviews: Reviews, overviews: Overviews
    ) -> None:
        self._service = service
        self._publishing = publishing
        self._reviews = reviews
        self._overviews = overviews

    async def open_check(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        """Say what is missing, or ask for what the author has to make sure of."""
        caller = read_caller(context, body)
        study = await self._service.own(caller, pressed_value(body))
        template = self._service.template_of(study)
        if study.status == "withdrawn":
            raise UserError(WITHDRAWN)
        if study.status == "published":
            await show_modal(published_modal(study), body, client)
        elif missing_words(template, study):
            await self._overviews.refuse(caller, study, body, client)
        else:
            await stack_modal(await self._check(study), body, client)
        await ack()

    async def change_section(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        """Put the section into the place of the check, so that saving it leads back to the draft."""
        ref = ids.SectionRef.decode(pressed_value(body))
        study = await self._service.own(read_caller(context, body), ref.study_id)
        section = self._service.section_of(study, ref.section_id)
        form = section_modal(study, self._service.template_of(study), section)
        await show_modal(form, body, client)
        await ack()

    async def send_check(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller, view = read_caller(context, body), body["view"]
        found = state_values(view)
        if fault := unticked_words(found.texts(ids.CHECKS_FIELD)):
            await ack(response_action="errors", errors={ids.CHECKS_FIELD: fault})
            return
        study = await self._service.own(caller, view["private_metadata"])
        if not await self._reviews.is_needed(study):
            study = await self._publishing.publish(caller, study.id, at=datetime.now(UTC))
            shown = published_modal(study) if study.status == "published" else None
        elif missing_words(self._service.template_of(study), study):
            shown = None
        elif ids.REVIEWER_FIELD not in found:  # an approval has become needed since the form was opened
            shown = await self._check(study)
        else:
            chosen = found.text(ids.REVIEWER_FIELD)
            try:
                study = await self._ask(caller, study.id, chosen, client)
            except UserError as error:
                # Said at the field, so that somebody else can be chosen at once.
                await ack(response_action="errors", errors={ids.REVIEWER_FIELD: str(error)})
                return
            shown = asked_modal(study, chosen)
        self._overviews.follow(caller, study.id, view, client)
        shown = shown or await self._overviews.view(caller, study, refused=True)
        await ack(response_action="update", view=shown)

    async def _check(self, study: CaseStudy) -> Modal:
        found = point_out(study, self._service.template_of(study))
        return check_modal(
            study,
            found,
            open_choices=await self._overviews.open_choices(study),
            needs_approval=await self._reviews.is_needed(study),
        )

    async def _ask(self, caller: Caller, study_id: str, user_id: str, client: AsyncWebClient) -> CaseStudy:
        reviewer = await find_person(client, caller.workspace_id, user_id) if user_id else None
        if reviewer is None:
            raise UserError(NOBODY)
        return await self._reviews.ask(caller, study_id, reviewer, at=datetime.now(UTC))
