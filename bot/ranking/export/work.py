"""Work by the clock: a ranking's record as files, made and uploaded, then shared in one message."""

from datetime import UTC, datetime

from slack_sdk.web.async_client import AsyncWebClient

from bot.clients import ClientFor
from bot.delivery.files import direct_channel, upload_files
from bot.delivery.ordered import OrderedFiles, Regrets
from bot.delivery.sharing import FileSharing, Parcel
from bot.errors import UserError
from bot.ranking import ids
from bot.ranking.export.files import export_files
from bot.ranking.export.orders import ExportOrder
from bot.ranking.export.record_source import RecordSource
from bot.ranking.pictures.studio import Studio
from storage.records.work import Work
from storage.store import Store

GIVEN_UP = (
    "I could not make the files that you asked for, after several tries. Please export the ranking again, "
    "with fewer kinds of files. What the group decided is safe."
)
IN_WORDS = "Everything is in the ranking's thread in words. An admin of this workspace can allow files."
INSTEAD = {
    "file_uploads_except_images_disabled": "Export the pictures alone: those are allowed.",
    "file_type_not_allowed": "Export another kind of file; the CSV is plain text.",
    "file_upload_size_restricted": "Export the CSV or the JSON alone: they are small.",
    "storage_limit_reached": "Export the CSV alone: it is small and may still fit.",
}
TO_YOU_INSTEAD = "Export it again and have it sent to you as a direct message."
NO_THREAD = f"I could not put the files into the thread: the ranking's message is gone. {TO_YOU_INSTEAD}"


class ExportWork:
    """The handler of `ranking.export`."""

    def __init__(
        self, store: Store, source: RecordSource, studio: Studio, sharing: FileSharing, client_for: ClientFor
    ) -> None:
        self._store = store
        self._source = source
        self._studio = studio
        self._ordered = OrderedFiles(sharing, client_for)

    async def make(self, work: Work) -> None:
        """Make and upload what was ordered, and have it shared; a refusal is told to whoever asked."""
        order = ExportOrder.decode(work.subject)
        regrets = Regrets(GIVEN_UP, instead_text(order), INSTEAD)
        await self._ordered.make(
            work, order.asked_by.user_id, lambda client: self._parcel(client, work, order), regrets
        )

    async def _parcel(self, client: AsyncWebClient, work: Work, order: ExportOrder) -> Parcel:
        now = datetime.now(UTC)
        record = await self._source.read(
            client, work.workspace_id, order.ranking_id, now, unnamed=order.unnamed
        )
        files, words = await export_files(record, order.forms, self._studio)
        if not files:
            raise UserError(words)
        thread_ts = None
        if order.target == "thread":
            board = await self._store.messages.get_message(work.workspace_id, ids.board_id(order.ranking_id))
            if board is None or board.ts is None:
                raise UserError(NO_THREAD)
            channel_id, thread_ts = board.channel_id, board.ts
        else:
            channel_id = await direct_channel(client, order.asked_by.user_id)
        uploaded = tuple(await upload_files(client, files))
        return Parcel(channel_id, words, uploaded, thread_ts, order.asked_by.user_id, instead_text(order))


def instead_text(order: ExportOrder) -> str:
    """What somebody can ask for in place of what Slack refused."""
    return TO_YOU_INSTEAD if order.target == "thread" else IN_WORDS
