"""Work by the clock: a ranking's record as files, made and uploaded, then shared in one message."""

import logging
from datetime import UTC, datetime

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.files import direct_channel, upload_files
from bot.delivery.publisher import ClientFor
from bot.delivery.replies import is_temporary, reason_of
from bot.delivery.sharing import FileSharing, Parcel, refused_text, tell
from bot.errors import UserError
from bot.ranking import ids
from bot.ranking.export.files import export_files
from bot.ranking.export.orders import ExportOrder
from bot.ranking.export.record_source import RecordSource
from bot.ranking.pictures.studio import Studio
from storage.records.work import Work
from storage.store import Store

log = logging.getLogger(__name__)

MOST_TRIES = 8
"""Tries, over about half an hour, before the person is told that there will be no files."""
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
        self._sharing = sharing
        self._client_for = client_for

    async def make(self, work: Work) -> None:
        """Make and upload what was ordered, and have it shared; a refusal is told to whoever asked."""
        order = ExportOrder.decode(work.subject)
        client = await self._client_for(work.workspace_id)
        if client is None:
            return
        person = order.asked_by.user_id
        if work.attempts > MOST_TRIES:
            log.warning("Export %s is given up", work.id)
            await tell(client, person, GIVEN_UP)
            return
        try:
            parcel = await self._parcel(client, work, order)
        except UserError as refusal:
            await tell(client, person, str(refusal))
        except SlackApiError as error:
            if is_temporary(error):
                raise
            log.warning("Export %s was refused: %s", work.id, reason_of(error))
            await tell(client, person, refused_text(error, instead_text(order, reason_of(error))))
        else:
            await self._sharing.plan(work, parcel)

    async def _parcel(self, client: AsyncWebClient, work: Work, order: ExportOrder) -> Parcel:
        now = datetime.now(UTC)
        record = await self._source.read(client, work.workspace_id, order.ranking_id, now)
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


def instead_text(order: ExportOrder, reason: str = "") -> str:
    """What somebody can ask for in place of what Slack refused."""
    if reason in INSTEAD:
        return INSTEAD[reason]
    return TO_YOU_INSTEAD if order.target == "thread" else IN_WORDS
