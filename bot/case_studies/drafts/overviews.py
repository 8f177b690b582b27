"""The overview of a case study: shown to one person, and kept true under the forms that lie on it."""

import logging

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.caller import Caller, Payload
from bot.case_studies.drafts.views import overview_modal
from bot.case_studies.modals import Modal
from bot.case_studies.reviews.reviewing import Reviews
from bot.case_studies.service import CaseStudyService
from bot.errors import UserError, notice_panel
from bot.panels import panel_modal
from storage.records.case_studies import CaseStudy
from storage.store import Store

log = logging.getLogger(__name__)


class Overviews:
    """What a person sees of a case study depends on what they may do with it."""

    def __init__(self, service: CaseStudyService, store: Store, reviews: Reviews) -> None:
        self._service = service
        self._reviews = reviews
        self._studies = store.case_studies

    async def view(self, caller: Caller, study: CaseStudy, *, refused: bool = False) -> Modal:
        """The case study's sections; `refused` says why publishing was not possible."""
        return overview_modal(
            study,
            self._service.template_of(study),
            access=await self._service.access(caller, study.id),
            conflicts=await self._studies.list_conflicts(study.workspace_id, study.id),
            needs_approval=await self._reviews.is_needed(study),
            refused=refused,
        )

    async def open_choices(self, study: CaseStudy) -> int:
        """How many texts of the case study wait to be chosen from."""
        return len(await self._studies.list_conflicts(study.workspace_id, study.id))

    async def refresh(self, caller: Caller, study: CaseStudy, view: Payload, client: AsyncWebClient) -> None:
        """Make the overview under a form true; what was stored is stored whether or not this works."""
        below = view.get("previous_view_id") or view.get("root_view_id")
        if below in (None, view["id"]):
            return
        try:
            shown = await self.view(caller, study)
        except UserError as error:  # handed on, and no longer theirs to see
            shown = panel_modal(notice_panel(str(error)))
        try:
            await client.views_update(view_id=below, view=shown)
        except SlackApiError as error:
            log.warning("The overview could not be refreshed: %s", error.response.get("error"))
