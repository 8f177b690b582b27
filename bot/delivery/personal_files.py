"""Work by the clock: files that one person asked for, made, uploaded and sent to them by direct message."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.caller import Caller
from bot.delivery.files import File, direct_channel, upload_files
from bot.delivery.publisher import ClientFor
from bot.delivery.replies import is_temporary, reason_of
from bot.delivery.sharing import FileSharing, Parcel, refused_text, tell
from bot.errors import UserError
from storage.records.people import Person
from storage.records.work import Work
from storage.store import WorkStore

log = logging.getLogger(__name__)

MOST_TRIES = 8
GIVEN_UP = "I could not make the file that you asked for, after several tries. Please ask for it again later."
INSTEAD = "An admin of this workspace can allow files from Common Ground."


@dataclass(frozen=True, slots=True)
class Made:
    """Files with the words of their message, which are Slack's markup."""

    files: Sequence[File]
    words: str


Make: TypeAlias = Callable[[AsyncWebClient, Caller], Awaitable[Made]]
"""Makes the files for somebody; :raises UserError: they may not have them any more."""


async def order_files(work: WorkStore, kind: str, caller: Caller, at: datetime) -> None:
    """Have the files of this kind made; asked for twice they come once, unless they have come already."""
    person = caller.person
    subject = f"{person.team_id}:{person.user_id}"
    await work.plan(caller.workspace_id, f"{kind}:{subject}", kind, subject, at)


class PersonalFiles:
    """A handler of work that was planned with `order_files`."""

    def __init__(self, sharing: FileSharing, client_for: ClientFor, make: Make) -> None:
        self._sharing = sharing
        self._client_for = client_for
        self._make = make

    async def send(self, work: Work) -> None:
        """Make and upload the files, and have them shared; a refusal is told to whoever asked."""
        team_id, user_id = work.subject.split(":")
        client = await self._client_for(work.workspace_id)
        if client is None:
            return
        if work.attempts > MOST_TRIES:
            log.warning("Files of kind %s are given up", work.kind)
            await tell(client, user_id, GIVEN_UP)
            return
        try:
            made = await self._make(client, Caller(work.workspace_id, Person(team_id, user_id)))
            channel_id = await direct_channel(client, user_id)
            uploaded = tuple(await upload_files(client, made.files))
        except UserError as refusal:
            await tell(client, user_id, str(refusal))
        except SlackApiError as error:
            if is_temporary(error):
                raise
            log.warning("Files of kind %s were refused: %s", work.kind, reason_of(error))
            await tell(client, user_id, refused_text(error, INSTEAD))
        else:
            await self._sharing.plan(work, Parcel(channel_id, made.words, uploaded, None, user_id, INSTEAD))
