"""The press with which a curator looks for what people who have left still own."""

import logging

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.caller import Payload, read_caller
from bot.case_studies.owners.left import find_left_behind
from bot.case_studies.owners.left_views import left_modal, looking_modal
from bot.curators import Curators
from bot.errors import explain, notice_panel
from bot.panels import panel_modal
from storage.case_study_store import CaseStudyStore

log = logging.getLogger(__name__)


class LeftListeners:
    """One method answers the press, one asks Slack and shows what was found."""

    def __init__(self, studies: CaseStudyStore, curators: Curators) -> None:
        self._studies = studies
        self._curators = curators

    async def promise_list(
        self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient, ack: AsyncAck
    ) -> None:
        await self._curators.check(read_caller(context, body))
        await client.views_open(trigger_id=body["trigger_id"], view=looking_modal(_view_of(body)))
        await ack()

    async def show_list(self, body: Payload, context: AsyncBoltContext, client: AsyncWebClient) -> None:
        caller, external_id = read_caller(context, body), _view_of(body)
        if not await self._curators.may_curate(caller):
            return  # Bolt starts this even when the press was refused, and then that was said
        try:
            left = await find_left_behind(client, self._studies, caller)
            shown = left_modal(left, external_id)
        except Exception as error:
            shown = panel_modal(notice_panel(explain(error)))
        try:
            await client.views_update(external_id=external_id, view=shown)
        except SlackApiError as error:  # closed meanwhile
            log.info("The list could not be shown: %s", error.response.get("error"))


def _view_of(body: Payload) -> str:
    """The id that we give to the modal, so that the second method finds what the first has opened."""
    return f"left:{body['trigger_id']}"
