"""What was removed lately because it was old, told to admins in App Home."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from slackblocks import Block

from bot.admins import Admins
from bot.blocks import context, moment
from bot.caller import Caller
from bot.governance.retention.kinds import KINDS
from bot.sections import Shelf
from storage.records.audit import AuditEntry
from storage.store import AuditStore

LATELY = timedelta(days=30)
MOST_TOLD = 5


class RemovedShelf:
    """People who are no admin see nothing of it."""

    def __init__(self, audit: AuditStore, admins: Admins) -> None:
        self._audit = audit
        self._admins = admins

    async def offer(self, caller: Caller) -> Mapping[Shelf, list[Block]]:
        """Slack is asked who is an admin only where there is something to tell."""
        since = datetime.now(UTC) - LATELY
        lines = await self._audit.list_of_kind(caller.workspace_id, "retention", since, limit=MOST_TOLD)
        if not lines or not await self._admins.is_admin(caller):
            return {}
        return {Shelf.SETTINGS: [context(removed_words(lines))]}


def removed_words(lines: Sequence[AuditEntry]) -> str:
    """What went and when, in Slack's markup."""
    told = [f"{KINDS[line.subject].counted(line.detail['removed'])}, {moment(line.at)}" for line in lines]
    return "\n".join(["Removed lately because it was older than the settings say:", *told])
