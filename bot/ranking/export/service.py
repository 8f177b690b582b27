"""Who may have a ranking's record, and the ordering of it."""

from collections.abc import Sequence
from datetime import datetime

from bot.admins import Admins
from bot.caller import Caller
from bot.errors import UserError
from bot.ranking import ids
from bot.ranking.export.orders import ExportOrder, Form, Target
from bot.ranking.people.rights import runners_text, runs
from bot.ranking.service import GONE
from storage.records.audit import AuditEntry
from storage.records.rankings import Ranking
from storage.store import Store


class ExportService:
    """Orders become work for the clock: making files takes longer than Slack waits."""

    def __init__(self, store: Store, admins: Admins) -> None:
        self._store = store
        self._admins = admins

    async def open(self, caller: Caller, ranking_id: str) -> tuple[Ranking, bool]:
        """The ranking, and whether the caller runs it; :raises UserError: they may not have its record.

        Of one that has ended admins have it too: they answer requests for information.
        """
        ranking = await self._store.rankings.get_ranking(caller.workspace_id, ranking_id)
        if ranking is None:
            raise UserError(GONE)
        if runs(ranking, caller.person):
            return ranking, True
        if ranking.status != "open" and await self._admins.is_admin(caller):
            return ranking, False
        if caller.person not in ranking.people:
            raise UserError(
                "The record is for the people who took part. "
                f"Ask {runners_text(ranking)}, who can put it into the thread for everybody."
            )
        if ranking.status == "open":
            raise UserError(
                f"While the ranking is open only {runners_text(ranking)} can export it. "
                "When it has ended, everybody who took part can."
            )
        return ranking, False

    async def order(
        self,
        caller: Caller,
        ranking_id: str,
        forms: Sequence[Form],
        target: Target,
        *,
        key: str,
        at: datetime,
        unnamed: bool = False,
    ) -> None:
        """Have the files made, `unnamed` without people's names; `key` is the same for the same press.

        :raises UserError: the caller may not have the record, or not in this place
        """
        ranking, is_running = await self.open(caller, ranking_id)
        if target == "thread" and not is_running:
            raise UserError(
                f"Only {runners_text(ranking)} can put the record into the thread. "
                "You can have it sent to yourself."
            )
        order = ExportOrder(ranking_id, caller.person, tuple(forms), target, unnamed)
        detail = {"what": "ranking", "forms": list(forms), "to": target, "unnamed": unnamed}
        line = AuditEntry(caller.workspace_id, at, "exported", caller.person, ranking_id, detail)
        await self._store.work.order(f"export:{key}", ids.EXPORT_KIND, order.encode(), line)

    async def order_canvas(self, caller: Caller, ranking_id: str, *, key: str, at: datetime) -> None:
        """Have a canvas made in the ranking's channel; :raises UserError: the caller does not run it."""
        ranking, is_running = await self.open(caller, ranking_id)
        if not is_running:
            raise UserError(f"Only {runners_text(ranking)} can put the record into a canvas for everybody.")
        order = ExportOrder(ranking_id, caller.person, (), "thread")
        detail = {"what": "ranking_canvas"}
        line = AuditEntry(caller.workspace_id, at, "exported", caller.person, ranking_id, detail)
        await self._store.work.order(f"canvas:{key}", ids.CANVAS_KIND, order.encode(), line)
