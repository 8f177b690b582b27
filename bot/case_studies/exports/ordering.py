"""Who may have what exported, and the ordering of it: files take longer than Slack waits."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypeAlias

from bot.caller import Caller
from bot.case_studies import ids
from bot.case_studies.exports.orders import CanvasOrder, Form, LibraryOrder, StudyOrder
from bot.case_studies.exports.rights import Exportable, ExportRights
from bot.case_studies.library.wanted import Wanted
from bot.case_studies.service import CaseStudyService
from bot.errors import UserError
from storage.records.audit import AuditEntry
from storage.store import Store

Order: TypeAlias = StudyOrder | CanvasOrder | LibraryOrder

MOST_IN_WORD = 1_000
TOO_MANY_FOR_WORD = (
    "Word is for up to {most:,} case studies at a time, and these are {total:,}. Choose CSV, JSON or "
    "Markdown, or search for fewer first."
)
NOTHING = "There is nothing published that fits any more. Close this, and search again."
ONLY_PUBLISHED = "Only a published case study can go into a canvas. Publish it first, or export it as Word."
CANVAS_IS_OURS = (
    "Only people of the workspace that runs Common Ground can put a case study into a canvas. You can have "
    "it as Word, Markdown or JSON."
)


class Ordering:
    """Orders become work for the clock; `key` is the same for the same press."""

    def __init__(self, service: CaseStudyService, store: Store, rights: ExportRights) -> None:
        self._service = service
        self._rights = rights
        self._store = store

    async def exportable(self, caller: Caller, study_id: str) -> Exportable:
        """What the caller may have exported; :raises UserError: they may not."""
        return await self._rights.check(caller, study_id)

    def is_member(self, caller: Caller) -> bool:
        """Whether they can put a published case study into a canvas."""
        return self._service.is_member(caller)

    async def count(self, caller: Caller, wanted: Wanted) -> int:
        """How many are wanted; :raises UserError: the library is not the caller's."""
        self._service.check_member(caller)
        return await self._store.published.count(
            caller.workspace_id, filters=wanted.filters, query=wanted.words
        )

    async def order_study(
        self,
        caller: Caller,
        study_id: str,
        forms: tuple[Form, ...],
        *,
        key: str,
        at: datetime,
        history: bool = False,
        unnamed: bool = False,
    ) -> None:
        """Have one case study made into files, as in `StudyOrder`; :raises UserError: the caller may not."""
        found = await self._rights.check(caller, study_id)
        order = StudyOrder(caller.person, study_id, forms, history and found.is_told, unnamed)
        detail = {"what": "case_study", "forms": list(forms), "history": order.history, "unnamed": unnamed}
        await self._order(ids.EXPORT_KIND, key, order, _line(caller, at, study_id, detail))

    async def order_canvas(
        self, caller: Caller, study_id: str, channel_id: str, *, key: str, at: datetime
    ) -> None:
        """Have a canvas made in a channel; :raises UserError: not published, or the caller is no member."""
        if not self.is_member(caller):
            raise UserError(CANVAS_IS_OURS)
        if (await self._service.access(caller, study_id)).status != "published":
            raise UserError(ONLY_PUBLISHED)
        line = _line(caller, at, study_id, {"what": "case_study_canvas", "channel": channel_id})
        await self._order(ids.CANVAS_KIND, key, CanvasOrder(caller.person, study_id, channel_id), line)

    async def order_library(
        self, caller: Caller, wanted: Wanted, forms: tuple[Form, ...], *, key: str, at: datetime
    ) -> int:
        """Have what is wanted made into files, and return how many they are.

        :raises UserError: they are none, too many for Word, or the library is not the caller's
        """
        total = await self.count(caller, wanted)
        if not total:
            raise UserError(NOTHING)
        if "word" in forms and total > MOST_IN_WORD:
            raise UserError(TOO_MANY_FOR_WORD.format(most=MOST_IN_WORD, total=total))
        line = _line(caller, at, "", {"what": "library", "count": total, "forms": list(forms)})
        order = LibraryOrder(caller.person, wanted, forms, total, at)
        await self._order(ids.LIBRARY_EXPORT_KIND, key, order, line)
        return total

    async def _order(self, kind: str, key: str, order: Order, line: AuditEntry) -> None:
        await self._store.work.order(f"{kind}:{key}", kind, order.encode(), line)


def _line(caller: Caller, at: datetime, study_id: str, detail: Mapping[str, object]) -> AuditEntry:
    """For the admins: that somebody had it exported."""
    return AuditEntry(caller.workspace_id, at, "exported", caller.person, study_id, detail)
