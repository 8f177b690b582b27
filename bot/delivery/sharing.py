"""Work by the clock that shows uploaded files to people, once.

Whoever has uploaded files plans this under the id of the work they are part of: the ids of the files are
kept with it. Cut off between Slack's taking the message and our knowing it, the next try asks Slack whether
the files are there.
"""

import json
import logging
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.clients import ClientFor
from bot.delivery.files import Uploaded, is_shared, refusal_text, share_files
from bot.delivery.replies import is_temporary, reason_of
from storage.records.work import Work
from storage.store import WorkStore

log = logging.getLogger(__name__)

SHARE_KIND = "files.share"


@dataclass(frozen=True, slots=True)
class Parcel:
    """Files on their way into one message; `words` is Slack's markup.

    `asked_by` is told when Slack refuses them; "" where nobody asked. `instead` says what else there is.
    """

    channel_id: str
    words: str
    files: tuple[Uploaded, ...]
    thread_ts: str | None = None
    asked_by: str = ""
    instead: str = ""

    def encode(self) -> str:
        """As it is kept as the subject of work."""
        return json.dumps(asdict(self))

    @classmethod
    def decode(cls, subject: str) -> "Parcel":
        found = json.loads(subject)
        return cls(**found | {"files": tuple(Uploaded(**file) for file in found["files"])})


class FileSharing:
    """The handler of `SHARE_KIND`."""

    def __init__(self, work: WorkStore, client_for: ClientFor) -> None:
        self._work = work
        self._client_for = client_for

    async def plan(self, work: Work, parcel: Parcel) -> None:
        """Have the parcel shared in place of `work`, which made it."""
        await self._work.plan(work.workspace_id, work.id, SHARE_KIND, parcel.encode(), datetime.now(UTC))

    async def share(self, work: Work) -> None:
        """Show the files unless they are shown; a refusal for good is told to whoever asked."""
        parcel = Parcel.decode(work.subject)
        client = await self._client_for(work.workspace_id)
        if client is None:
            return
        try:
            if work.attempts > 1 and await is_shared(client, parcel.files[0], parcel.channel_id):
                return
            await share_files(client, parcel.files, parcel.words, parcel.channel_id, parcel.thread_ts)
        except SlackApiError as error:
            if is_temporary(error):
                raise
            log.warning("Files of %s were refused: %s", work.id, reason_of(error))
            await tell(client, parcel.asked_by, refused_text(error, parcel.instead))


def refused_text(error: SlackApiError, instead: str) -> str:
    """What somebody is told whose files Slack refused."""
    return f"I could not send the files that you asked for: {refusal_text(error)}. {instead}".rstrip()


async def tell(client: AsyncWebClient, user_id: str, words: str) -> None:
    """A direct message to somebody who waits for something; nobody is told when `user_id` is ""."""
    if not user_id:
        return
    try:
        await client.chat_postMessage(channel=user_id, text=words, unfurl_links=False, unfurl_media=False)
    except SlackApiError as error:
        if is_temporary(error):
            raise
        log.info("A refusal could not be told: %s", reason_of(error))
