"""Work by the clock: a ranking's record as a canvas in its channel, where the workspace has canvases."""

import logging
from datetime import UTC, datetime, timedelta

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import escape
from bot.delivery.canvases import canvas_refusal_text, create_canvas
from bot.delivery.publisher import ClientFor
from bot.delivery.replies import is_temporary, reason_of
from bot.delivery.sharing import tell
from bot.errors import UserError
from bot.ranking import ids
from bot.ranking.export.orders import ExportOrder
from bot.ranking.export.record_source import RecordSource
from bot.ranking.record.markdown import markdown_file
from bot.ranking.record.record import Record
from bot.ranking.service import GONE
from storage.records.work import Work
from storage.store import Store

log = logging.getLogger(__name__)

WAIT = timedelta(seconds=60)
INSTEAD = "Export the ranking as Word instead: it holds the same."
CUT_OFF = (
    "I was interrupted while I made the canvas. Please look in the channel whether it is there. If it is "
    "not, export the ranking again, as a canvas or as Word."
)


class CanvasWork:
    """The handler of `ranking.canvas`. Nobody can tell whether a call that was cut off has made one."""

    def __init__(self, store: Store, source: RecordSource, client_for: ClientFor) -> None:
        self._store = store
        self._source = source
        self._client_for = client_for

    async def make(self, work: Work) -> None:
        """Make the canvas and say so in the thread; whoever asked is told when there is none."""
        order = ExportOrder.decode(work.subject)
        client = await self._client_for(work.workspace_id)
        if client is None:
            return
        if work.attempts > 1:
            await tell(client, order.asked_by.user_id, CUT_OFF)
            return
        try:
            channel_id, thread_ts, record = await self._read(client, work.workspace_id, order)
            await create_canvas(client, channel_id, f"{record.title}: the record", markdown_file(record))
        except UserError as refusal:
            await tell(client, order.asked_by.user_id, str(refusal))
        except SlackApiError as error:
            if is_temporary(error):  # planned anew, so that a later try is not taken for one that was cut off
                due_at = datetime.now(UTC) + WAIT
                await self._store.work.plan(work.workspace_id, work.id, work.kind, work.subject, due_at)
                return
            log.warning("Canvas %s was refused: %s", work.id, reason_of(error))
            words = f"I could not make the canvas: {canvas_refusal_text(error)}. {INSTEAD}"
            await tell(client, order.asked_by.user_id, words)
        else:
            await _announce(client, channel_id, thread_ts, record.title)

    async def _read(
        self, client: AsyncWebClient, workspace_id: str, order: ExportOrder
    ) -> tuple[str, str | None, Record]:
        """The ranking's channel and thread, and its record."""
        record = await self._source.read(client, workspace_id, order.ranking_id, datetime.now(UTC))
        board = await self._store.messages.get_message(workspace_id, ids.board_id(order.ranking_id))
        if board is None:
            raise UserError(GONE)
        return board.channel_id, board.ts, record


async def _announce(client: AsyncWebClient, channel_id: str, thread_ts: str | None, title: str) -> None:
    words = f"The record of “{escape(title)}” is a canvas in this channel now."
    try:
        await client.chat_postMessage(
            channel=channel_id, thread_ts=thread_ts, text=words, unfurl_links=False, unfurl_media=False
        )
    except SlackApiError as error:  # the canvas itself is there, and making it again would make two
        log.warning("A canvas was not announced: %s", reason_of(error))
