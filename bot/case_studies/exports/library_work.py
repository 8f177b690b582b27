"""Work by the clock: many case studies as files, made part by part.

Each part is uploaded as soon as it is full, which nobody sees, and how far the export has come is kept
with the work: a restart goes on from there. Between two pages of the store everything else has its turn.
"""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from time import monotonic

from slack_sdk.web.async_client import AsyncWebClient

from bot.caller import Caller
from bot.case_studies.exports.layout import people_in
from bot.case_studies.exports.orders import FORM_NAMES, LibraryOrder
from bot.case_studies.exports.parts import Part, new_part
from bot.case_studies.exports.telling import (
    IN_SLACK,
    REGRETS,
    begin_progress,
    end_progress,
    library_words,
    tell_failure,
    tell_progress,
)
from bot.case_studies.service import CaseStudyService
from bot.clients import ClientFor
from bot.delivery.files import File, direct_channel, upload_files
from bot.delivery.ordered import OrderedFiles
from bot.delivery.sharing import FileSharing, Parcel
from bot.errors import UserError
from bot.names import Names
from storage.records.case_studies import CaseStudy, CaseStudySummary
from storage.records.work import Work
from storage.store import Store

AT_ONCE = 100
"""Up to so many case studies come without a word in between."""
A_PAGE = 50
STEP_SECONDS = 10.0
"""After so long no other part is begun: what there is, is kept, and the clock goes on with the rest."""
PART_SECONDS = 20.0
"""After so long a part is closed, so that it can be sent before the clock takes the work for lost."""
TELL_EVERY = 3.0
NOTHING = "Nothing that you asked for is published any more. Open the library to see what there is."


class LibraryExport:
    """The handler of `case_studies.library_export`."""

    def __init__(
        self, store: Store, service: CaseStudyService, sharing: FileSharing, client_for: ClientFor
    ) -> None:
        self._store = store
        self._service = service
        self._ordered = OrderedFiles(sharing, client_for)
        self._names = Names()

    async def make(self, work: Work) -> None:
        """Go on with it, and plan the rest; a refusal is told to whoever asked."""
        order = LibraryOrder.decode(work.subject)
        await self._ordered.make(
            work,
            order.asked_by.user_id,
            lambda client: self._go_on(client, work, order),
            REGRETS,
            partial(tell_failure, progress=order.progress),
        )

    async def _go_on(self, client: AsyncWebClient, work: Work, order: LibraryOrder) -> Parcel | None:
        """All of it, or None where the rest is planned."""
        self._service.check_member(Caller(work.workspace_id, order.asked_by))
        if order.total > AT_ONCE and not order.progress.ts:
            # Kept at once, so that a restart does not say it again.
            await self._keep(work, replace(order, progress=await begin_progress(client, order)))
            return None
        began = monotonic()
        teller = _Teller(client)
        while order.progress.form_at < len(order.forms):
            order = await self._add_part(client, work, order, teller)
            await teller.tell(order, order.progress.done)
            if order.progress.form_at < len(order.forms) and monotonic() - began > STEP_SECONDS:
                await self._keep(work, order)
                return None
        if not order.progress.uploaded:
            raise UserError(NOTHING)
        await end_progress(client, order.progress)
        channel_id = await direct_channel(client, order.asked_by.user_id)
        words = library_words(order, order.progress.done)
        return Parcel(channel_id, words, order.progress.uploaded, None, order.asked_by.user_id, IN_SLACK)

    async def _keep(self, work: Work, order: LibraryOrder) -> None:
        await self._store.work.plan(work.workspace_id, work.id, work.kind, order.encode(), datetime.now(UTC))

    async def _add_part(
        self, client: AsyncWebClient, work: Work, order: LibraryOrder, teller: "_Teller"
    ) -> LibraryOrder:
        """The order after one more part of its form, or with its next form begun."""
        progress, form = order.progress, order.forms[order.progress.form_at]
        part = new_part(form, self._service.templates, order.ordered_at)
        number, last, is_end = await self._fill(client, work.workspace_id, order, part, teller)
        uploaded, parts = progress.uploaded, progress.parts
        if number:
            parts += 1
            name = _part_name(order, part.ending, 0 if is_end and parts == 1 else parts)
            title = f"Case studies, {FORM_NAMES[form]}" + (f", part {parts}" if "-part-" in name else "")
            content = await asyncio.to_thread(part.content)
            uploaded = (*uploaded, *await upload_files(client, [File(name, title, content)]))
        done = progress.done + number
        if not is_end:
            now = replace(progress, done=done, last_id=last, parts=parts, uploaded=uploaded)
        else:
            is_last = progress.form_at + 1 == len(order.forms)
            now = replace(
                progress,
                form_at=progress.form_at + 1,
                done=done if is_last else 0,
                last_id="",
                parts=0,
                uploaded=uploaded,
            )
        return replace(order, progress=now)

    async def _fill(
        self,
        client: AsyncWebClient,
        workspace_id: str,
        order: LibraryOrder,
        part: Part,
        teller: "_Teller",
    ) -> tuple[int, str, bool]:
        """Fill a part: how many are in it, the id of the last that was looked at, whether none is left."""
        last: CaseStudySummary | None = None
        if order.progress.last_id:
            last = await self._store.case_studies.get_case_study(workspace_id, order.progress.last_id)
        number, began = 0, monotonic()
        while not part.is_full and monotonic() - began < PART_SECONDS:
            page = await self._store.published.walk(
                workspace_id, filters=order.wanted.filters, query=order.wanted.words, after=last, limit=A_PAGE
            )
            if not page:
                return number, last.id if last else "", True
            studies = [await self._published(workspace_id, each.id) for each in page]
            people = [person for study in studies if study for person in people_in(study)]
            names = await self._names.read(client, people)
            for summary, study in zip(page, studies, strict=True):
                if part.is_full:
                    break
                last = summary
                if study:
                    part.add(study, names)
                    number += 1
                    await asyncio.sleep(0)  # a page takes longer than somebody's press should wait
            await teller.tell(order, order.progress.done + number)
        return number, last.id if last else "", False

    async def _published(self, workspace_id: str, study_id: str) -> CaseStudy | None:
        """The case study, unless it has been withdrawn since the page was read."""
        study = await self._store.case_studies.get_case_study(workspace_id, study_id)
        return study if study and study.status == "published" else None


class _Teller:
    """Says how far an export is, but not too often."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._told = monotonic()

    async def tell(self, order: LibraryOrder, done: int) -> None:
        if monotonic() - self._told > TELL_EVERY and order.progress.form_at < len(order.forms):
            await tell_progress(self._client, order, done)
            self._told = monotonic()


def _part_name(order: LibraryOrder, ending: str, part: int) -> str:
    stem = f"case-studies-{order.ordered_at:%Y-%m-%d}"
    return f"{stem}-part-{part}.{ending}" if part else f"{stem}.{ending}"
