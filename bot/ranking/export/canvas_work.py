"""Work by the clock: a ranking's record as a canvas in its channel, where the workspace has canvases."""

from datetime import UTC, datetime

from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import escape
from bot.clients import ClientFor
from bot.delivery.canvases import Canvas, OrderedCanvases
from bot.errors import UserError
from bot.ranking import ids
from bot.ranking.export.orders import ExportOrder
from bot.ranking.export.record_source import RecordSource
from bot.ranking.record.markdown import markdown_file
from bot.ranking.service import GONE
from storage.records.work import Work
from storage.store import Store


class CanvasWork:
    """The handler of `ranking.canvas`."""

    def __init__(self, store: Store, source: RecordSource, client_for: ClientFor) -> None:
        self._store = store
        self._source = source
        self._ordered = OrderedCanvases(store.work, client_for, "the ranking")

    async def make(self, work: Work) -> None:
        """Make the canvas and say so in the thread; whoever asked is told when there is none."""
        order = ExportOrder.decode(work.subject)
        await self._ordered.make(
            work, order.asked_by.user_id, lambda client: self._canvas(client, work.workspace_id, order)
        )

    async def _canvas(self, client: AsyncWebClient, workspace_id: str, order: ExportOrder) -> Canvas:
        record = await self._source.read(client, workspace_id, order.ranking_id, datetime.now(UTC))
        board = await self._store.messages.get_message(workspace_id, ids.board_id(order.ranking_id))
        if board is None:
            raise UserError(GONE)
        announcement = f"The record of “{escape(record.title)}” is a canvas in this channel now."
        title = f"{record.title}: the record"
        return Canvas(board.channel_id, title, markdown_file(record), announcement, board.ts)
