"""Work by the clock: the pictures of an order that has been closed, drawn and put into the thread, once."""

import logging
from datetime import UTC, datetime, timedelta

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import escape
from bot.clients import ClientFor
from bot.delivery.files import File, upload_files
from bot.delivery.replies import is_temporary, reason_of
from bot.delivery.sharing import FileSharing, Parcel
from bot.errors import UserError
from bot.ranking import ids
from bot.ranking.export.record_source import RecordSource
from bot.ranking.pictures.chart import Picture
from bot.ranking.pictures.studio import PictureError, Studio
from bot.ranking.record.charts import round_charts
from bot.ranking.record.file_names import picture_name
from bot.ranking.record.record import Record, Round, StageReport
from storage.records.work import Work
from storage.store import Store

log = logging.getLogger(__name__)

WAIT = timedelta(seconds=5)
MOST_TRIES = 8
"""Looks for the message that the pictures belong under, and tries of what fails."""


class PictureWork:
    """The handler of `ranking.pictures`. Without pictures nothing is missing: the words say the same."""

    def __init__(
        self, store: Store, source: RecordSource, studio: Studio, sharing: FileSharing, client_for: ClientFor
    ) -> None:
        self._store = store
        self._source = source
        self._studio = studio
        self._sharing = sharing
        self._client_for = client_for

    async def draw(self, work: Work) -> None:
        """Draw and upload the pictures of the stage in the work's subject, and have them shared."""
        if work.attempts > MOST_TRIES:
            log.warning("The pictures of %s are given up", work.subject)
            return
        ranking_id, _, seq = work.subject.rpartition(":")
        client = await self._client_for(work.workspace_id)
        board = await self._store.messages.get_message(work.workspace_id, ids.board_id(ranking_id))
        stage = await self._store.messages.get_message(work.workspace_id, ids.stage_id(ranking_id, int(seq)))
        if client is None or board is None or stage is None:
            return
        if board.ts is None or stage.ts is None:
            await self._store.work.postpone(work, datetime.now(UTC) + WAIT)
            return
        parcel = await self._parcel(client, work, board.channel_id, board.ts)
        if parcel is not None:
            await self._sharing.plan(work, parcel)

    async def _parcel(
        self, client: AsyncWebClient, work: Work, channel_id: str, thread_ts: str
    ) -> Parcel | None:
        """The uploaded pictures; None where there is nothing to show or Slack takes no pictures."""
        ranking_id, _, seq = work.subject.rpartition(":")
        now = datetime.now(UTC)
        try:
            record = await self._source.read_unnamed(work.workspace_id, ranking_id, int(seq), now)
            report = record.stages[-1] if record.stages else None
            if record.status == "cancelled" or report is None or not isinstance(report.result, Round):
                return None
            pictures = await self._studio.draw(round_charts(record.title, report.result))
            uploaded = await upload_files(client, picture_files(record, pictures))
        except SlackApiError as error:
            if is_temporary(error):
                raise
            log.warning("The pictures of %s were not taken: %s", work.subject, reason_of(error))
            return None
        except (PictureError, UserError) as error:
            log.warning("No pictures of %s: %s", work.subject, type(error).__name__)
            return None
        return Parcel(channel_id, pictures_text(report, pictures), tuple(uploaded), thread_ts)


def picture_files(record: Record, pictures: list[Picture]) -> list[File]:
    """The pictures as files, each with its numbers in words."""
    return [
        File(picture_name(record, each), each.chart.title, each.png, each.chart.alt_text())
        for each in pictures
    ]


def pictures_text(stage: StageReport, pictures: list[Picture]) -> str:
    """What stands above the pictures in the thread."""
    shown = [f"• {escape(each.chart.title)}" for each in pictures]
    note = "The numbers are in words in this thread too, and each picture is described for screen readers."
    return "\n".join([f"*{escape(stage.title)}: the pictures*", *shown, note])
