"""The whole audit log as a CSV table, with people's names beside their ids."""

import json
from collections.abc import Sequence

from slack_sdk.web.async_client import AsyncWebClient

from bot.caller import Caller
from bot.delivery.files import File
from bot.delivery.personal_files import Made
from bot.exports.spreadsheet import BYTE_ORDER_MARK, csv_row
from bot.governance.audit_log.wording import entry_text, people_of
from bot.names import Names
from storage.records.audit import AuditEntry
from storage.records.people import Person
from storage.store import AuditStore

PAGE = 1_000
HEADS = ("time (UTC)", "what happened", "kind", "who: workspace", "who: id", "about", "details")
WORDS = (
    "This is the audit log of this workspace. It names people: keep it where only those who must can read it."
)


class LogFile:
    """Reads the log a page at a time."""

    def __init__(self, audit: AuditStore) -> None:
        self._audit = audit
        self._names = Names()

    async def make(self, client: AsyncWebClient, caller: Caller) -> Made:
        """The file for an admin, who was asked for when it was ordered."""
        entries: list[AuditEntry] = []
        while page := await self._audit.list_entries(caller.workspace_id, limit=PAGE, offset=len(entries)):
            entries += page
        names = await self._names.read(client, {person for entry in entries for person in people_of(entry)})

        def name(person: Person) -> str:
            return names.get(person, person.user_id)

        rows = [[*_cells(entry, entry_text(entry, name, str))] for entry in entries]
        content = BYTE_ORDER_MARK + "".join(csv_row(row) for row in [list(HEADS), *rows])
        return Made([File("audit-log.csv", "Audit log", content.encode())], WORDS)


def _cells(entry: AuditEntry, words: str) -> Sequence[str]:
    return (
        entry.at.isoformat(timespec="seconds"),
        words,
        entry.kind,
        entry.actor.team_id,
        entry.actor.user_id,
        entry.subject,
        json.dumps(entry.detail, ensure_ascii=False) if entry.detail else "",
    )
