"""Work by the clock: files that one person asked for, made, uploaded and sent to them by direct message."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from slack_sdk.web.async_client import AsyncWebClient

from bot.caller import Caller
from bot.clients import ClientFor
from bot.delivery.files import File, direct_channel, upload_files
from bot.delivery.ordered import OrderedFiles, Regrets
from bot.delivery.sharing import FileSharing, Parcel
from storage.records.audit import AuditEntry
from storage.records.people import Person
from storage.records.work import Work
from storage.store import WorkStore

REGRETS = Regrets(
    given_up="I could not make the file that you asked for, after several tries. "
    "Please ask for it again later.",
    instead="An admin of this workspace can allow files from Common Ground.",
)


@dataclass(frozen=True, slots=True)
class Made:
    """Files with the words of their message, which are Slack's markup."""

    files: Sequence[File]
    words: str


Make: TypeAlias = Callable[[AsyncWebClient, Caller], Awaitable[Made]]
"""Makes the files for somebody; :raises UserError: they may not have them any more."""


async def order_files(work: WorkStore, kind: str, caller: Caller, at: datetime, *, what: str) -> None:
    """Have the files of this kind made, with a line in the audit log that says `what` was asked for.

    Asked for twice they come once, unless they have come already.
    """
    person = caller.person
    subject = f"{person.team_id}:{person.user_id}"
    line = AuditEntry(caller.workspace_id, at, "exported", person, "", {"what": what})
    await work.order(f"{kind}:{subject}", kind, subject, line)


class PersonalFiles:
    """A handler of work that was planned with `order_files`."""

    def __init__(self, sharing: FileSharing, client_for: ClientFor, make: Make) -> None:
        self._ordered = OrderedFiles(sharing, client_for)
        self._make = make

    async def send(self, work: Work) -> None:
        """Make and upload the files, and have them shared; a refusal is told to whoever asked."""
        team_id, user_id = work.subject.split(":")
        caller = Caller(work.workspace_id, Person(team_id, user_id))
        await self._ordered.make(work, user_id, lambda client: self._parcel(client, caller), REGRETS)

    async def _parcel(self, client: AsyncWebClient, caller: Caller) -> Parcel:
        made = await self._make(client, caller)
        user_id = caller.person.user_id
        channel_id = await direct_channel(client, user_id)
        uploaded = tuple(await upload_files(client, made.files))
        return Parcel(channel_id, made.words, uploaded, None, user_id, REGRETS.instead)
