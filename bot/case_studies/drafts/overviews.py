"""The overview of a case study: shown to one person, and kept true under the forms that lie on it."""

from functools import partial

from slack_sdk.web.async_client import AsyncWebClient

from bot.caller import Caller, Payload
from bot.case_studies.drafts.views import overview_modal
from bot.case_studies.modals import Modal, in_modal, show_modal
from bot.case_studies.reviews.reviewing import Reviews
from bot.case_studies.service import CaseStudyService
from bot.delivery.open_views import OpenViews
from bot.errors import UserError, notice_panel
from bot.panels import panel_modal
from storage.records.case_studies import CaseStudy
from storage.store import Store


class Overviews:
    """What a person sees of a case study depends on what they may do with it."""

    def __init__(self, service: CaseStudyService, store: Store, reviews: Reviews, views: OpenViews) -> None:
        self._service = service
        self._reviews = reviews
        self._studies = store.case_studies
        self._views = views

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

    def follow(self, caller: Caller, study_id: str, view: Payload, client: AsyncWebClient) -> None:
        """Have the overview under a form made true soon."""
        below = view.get("previous_view_id") or view.get("root_view_id")
        if below not in (None, view.get("id")):
            self._views.follow(caller.workspace_id, below, client, partial(self._now, caller, study_id))

    async def refuse(self, caller: Caller, study: CaseStudy, body: Payload, client: AsyncWebClient) -> None:
        """Say in the overview why it cannot be published; nothing that was to follow takes that away."""
        if in_modal(body):
            await self._views.overtake(caller.workspace_id, body["view"]["id"])
        await show_modal(await self.view(caller, study, refused=True), body, client)

    async def _now(self, caller: Caller, study_id: str) -> Modal:
        try:
            return await self.view(caller, await self._service.existing(caller, study_id))
        except UserError as error:  # handed on, and no longer theirs to see
            return panel_modal(notice_panel(str(error)))
