"""From a finished draft to what everybody in the workspace can read."""

from datetime import UTC, datetime

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import state_values
from bot.caller import Payload, read_caller
from bot.case_studies import ids
from bot.case_studies.draft_views import published_modal
from bot.case_studies.forms import section_modal
from bot.case_studies.modals import show_modal, stack_modal
from bot.case_studies.overviews import Overviews
from bot.case_studies.publish_checks import point_out, unticked_words
from bot.case_studies.publish_views import check_modal
from bot.case_studies.service import CaseStudyService, missing_words


class PublishListeners:
    """The check, the way back from it to a section, and publication."""

    def __init__(self, service: CaseStudyService, overviews: Overviews) -> None:
        self._service = service
        self._overviews = overviews

    async def open_check(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        """Say what is missing, or ask for what the author has to make sure of."""
        caller = read_caller(context, body)
        study = await self._service.own(caller, body["actions"][0]["value"])
        template = self._service.template_of(study)
        if study.status == "published":
            await show_modal(published_modal(study), body, client)
        elif missing_words(template, study):
            await show_modal(await self._overviews.view(caller, study, refused=True), body, client)
        else:
            await stack_modal(check_modal(study, point_out(study, template)), body, client)
        await ack()

    async def change_section(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        """Put the section into the place of the check, so that saving it leads back to the draft."""
        ref = ids.SectionRef.decode(body["actions"][0]["value"])
        study = await self._service.own(read_caller(context, body), ref.study_id)
        section = self._service.section_of(study, ref.section_id)
        form = section_modal(study, self._service.template_of(study), section)
        await show_modal(form, body, client)
        await ack()

    async def send_check(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        caller, view = read_caller(context, body), body["view"]
        if fault := unticked_words(state_values(view).get(ids.CHECKS_FIELD) or []):
            await ack(response_action="errors", errors={ids.CHECKS_FIELD: fault})
            return
        study = await self._service.publish(caller, view["private_metadata"], at=datetime.now(UTC))
        is_out = study.status == "published"
        overview = await self._overviews.view(caller, study, refused=True)
        shown = published_modal(study) if is_out else overview
        await self._overviews.refresh(caller, study, view, client)
        await ack(response_action="update", view=shown)
