"""Work by the clock: a case study as a canvas in a channel, where the workspace has canvases."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import escape
from bot.caller import Caller
from bot.case_studies.answers import study_title
from bot.case_studies.exports.layout import layout_of, people_in
from bot.case_studies.exports.markdown import markdown_canvas
from bot.case_studies.exports.ordering import ONLY_PUBLISHED
from bot.case_studies.exports.orders import CanvasOrder
from bot.case_studies.service import CaseStudyService
from bot.clients import ClientFor
from bot.delivery.canvases import Canvas, OrderedCanvases
from bot.errors import UserError
from bot.names import Names
from storage.records.work import Work
from storage.store import WorkStore


class StudyCanvas:
    """The handler of `case_studies.canvas`."""

    def __init__(self, work: WorkStore, service: CaseStudyService, client_for: ClientFor) -> None:
        self._service = service
        self._names = Names()
        self._ordered = OrderedCanvases(work, client_for, "the case study")

    async def make(self, work: Work) -> None:
        """Make the canvas and say so in the channel; whoever asked is told when there is none."""
        order = CanvasOrder.decode(work.subject)
        await self._ordered.make(
            work, order.asked_by.user_id, lambda client: self._canvas(client, work.workspace_id, order)
        )

    async def _canvas(self, client: AsyncWebClient, workspace_id: str, order: CanvasOrder) -> Canvas:
        study = await self._service.readable(Caller(workspace_id, order.asked_by), order.study_id)
        if study.status != "published":
            raise UserError(ONLY_PUBLISHED)
        names = await self._names.read(client, people_in(study))
        markdown = markdown_canvas(study, layout_of(study, self._service.templates), names)
        title, person = study_title(study), order.asked_by.user_id
        announcement = f"<@{person}> put the case study “{escape(title)}” into a canvas in this channel."
        return Canvas(order.channel_id, title, markdown, announcement)
