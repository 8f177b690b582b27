"""Work by the clock: a case study as a canvas in a channel, where the workspace has canvases."""

import logging
from datetime import UTC, datetime, timedelta

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import escape
from bot.caller import Caller
from bot.case_studies.answers import study_title
from bot.case_studies.exports.layout import layout_of, people_in
from bot.case_studies.exports.markdown import markdown_canvas
from bot.case_studies.exports.ordering import ONLY_PUBLISHED
from bot.case_studies.exports.orders import CanvasOrder
from bot.case_studies.service import CaseStudyService
from bot.delivery.canvases import canvas_refusal_text, create_canvas
from bot.delivery.replies import is_temporary, reason_of
from bot.delivery.sharing import tell
from bot.errors import UserError
from bot.names import Names
from bot.slack_people import ClientFor
from storage.records.work import Work
from storage.store import WorkStore

log = logging.getLogger(__name__)

WAIT = timedelta(seconds=60)
INSTEAD = "Export the case study as Word instead: it holds the same."
CUT_OFF = (
    "I was interrupted while I made the canvas. Please look in the channel whether it is there. If it is "
    "not, export the case study again, as a canvas or as Word."
)


class StudyCanvas:
    """The handler of `case_studies.canvas`. Nobody can tell whether a call that was cut off has made one."""

    def __init__(self, work: WorkStore, service: CaseStudyService, client_for: ClientFor) -> None:
        self._work = work
        self._service = service
        self._client_for = client_for
        self._names = Names()

    async def make(self, work: Work) -> None:
        """Make the canvas and say so in the channel; whoever asked is told when there is none."""
        order = CanvasOrder.decode(work.subject)
        client = await self._client_for(work.workspace_id)
        if client is None:
            return
        if work.attempts > 1:
            await tell(client, order.asked_by.user_id, CUT_OFF)
            return
        try:
            title, markdown = await self._read(client, work.workspace_id, order)
            await create_canvas(client, order.channel_id, title, markdown)
        except UserError as refusal:
            await tell(client, order.asked_by.user_id, str(refusal))
        except SlackApiError as error:
            if is_temporary(error):  # planned anew, so that a later try is not taken for one that was cut off
                await self._work.plan(
                    work.workspace_id, work.id, work.kind, work.subject, datetime.now(UTC) + WAIT
                )
                return
            log.warning("Canvas %s was refused: %s", work.id, reason_of(error))
            words = f"I could not make the canvas: {canvas_refusal_text(error)}. {INSTEAD}"
            await tell(client, order.asked_by.user_id, words)
        else:
            await _announce(client, order, title)

    async def _read(self, client: AsyncWebClient, workspace_id: str, order: CanvasOrder) -> tuple[str, str]:
        study = await self._service.readable(Caller(workspace_id, order.asked_by), order.study_id)
        if study.status != "published":
            raise UserError(ONLY_PUBLISHED)
        names = await self._names.read(client, people_in(study))
        layout = layout_of(study, self._service.templates)
        return study_title(study), markdown_canvas(study, layout, names)


async def _announce(client: AsyncWebClient, order: CanvasOrder, title: str) -> None:
    words = f"<@{order.asked_by.user_id}> put the case study “{escape(title)}” into a canvas in this channel."
    try:
        await client.chat_postMessage(
            channel=order.channel_id, text=words, unfurl_links=False, unfurl_media=False
        )
    except SlackApiError as error:  # the canvas itself is there, and making it again would make two
        log.warning("A canvas was not announced: %s", reason_of(error))
