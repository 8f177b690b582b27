"""Case studies: begun, written by several, reviewed, published, taken in and out."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from datetime import datetime
from typing import Literal

from storage import case_study_drafts as drafts
from storage import case_study_history as history_of
from storage import case_study_lists as lists
from storage import case_study_rows as rows_of
from storage import case_study_saving as saving
from storage import case_study_status as status
from storage import case_study_transfer as transfer
from storage.database import Database, Script
from storage.records.case_studies import (
    CaseStudy,
    CaseStudyStatus,
    CaseStudySummary,
    DraftSummary,
    FieldValue,
)
from storage.records.case_study_access import Access
from storage.records.case_study_history import (
    CaseStudyEvent,
    CaseStudyHistory,
    Change,
    Conflict,
    Decision,
    FieldEdit,
    Saved,
    Version,
)
from storage.records.messages import Message
from storage.records.people import Person
from storage.records.published import GivenFacets
from storage.store import ConflictError
from storage.together import Together


class SqlCaseStudies:
    """`CaseStudyStore` on either engine."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._saving = Together(database, saving.edit_studies)

    async def create_case_study(self, study: CaseStudy) -> None:
        if not await self.import_case_study(study):
            raise ConflictError(f"there is a case study {study.id} already")

    async def get_case_study(self, workspace_id: str, study_id: str) -> CaseStudy | None:
        return await self._database.read(rows_of.get, workspace_id, study_id)

    async def save_fields(
        self,
        workspace_id: str,
        study_id: str,
        values: Mapping[str, FieldValue],
        *,
        author: Person,
        at: datetime,
        title_field: str = "",
        seen: Mapping[str, int] | None = None,
    ) -> Saved:
        edited = FieldEdit(values, title_field)
        edit = saving.Edit(study_id, lambda _study, _access: edited, author, seen or {}, at)
        return await self._saving.write(workspace_id, edit)

    async def edit_fields(
        self,
        workspace_id: str,
        study_id: str,
        edit: Callable[[CaseStudy, Access], FieldEdit],
        *,
        editor: Person,
        at: datetime,
        seen: int,
    ) -> Saved:
        return await self._saving.write(workspace_id, saving.Edit(study_id, edit, editor, seen, at))

    async def list_conflicts(self, workspace_id: str, study_id: str) -> list[Conflict]:
        return await self._database.read(saving.list_conflicts, workspace_id, study_id)

    async def resolve_conflict(
        self,
        workspace_id: str,
        study_id: str,
        number: int,
        *,
        keep: Literal["theirs", "mine"],
        seen: int,
        by: Person,
        at: datetime,
        title_field: str = "",
    ) -> CaseStudy:
        return await self._database.write(
            saving.resolve_conflict, workspace_id, study_id, number, keep, seen, title_field, by, at
        )

    async def list_changes(self, workspace_id: str, study_id: str) -> list[Change]:
        return await self._database.read(history_of.list_changes, workspace_id, study_id)

    async def list_events(self, workspace_id: str, study_id: str) -> list[CaseStudyEvent]:
        return await self._database.read(history_of.list_events, workspace_id, study_id)

    async def list_versions(self, workspace_id: str, study_id: str) -> list[Version]:
        return await self._database.read(history_of.list_versions, workspace_id, study_id)

    async def request_review(
        self,
        workspace_id: str,
        study_id: str,
        *,
        reviewer: Person,
        by: Person,
        at: datetime,
        messages: Sequence[Message] = (),
    ) -> CaseStudy:
        return await self._database.write(
            status.request_review, workspace_id, study_id, reviewer, by, at, messages
        )

    async def decide_review(
        self,
        workspace_id: str,
        study_id: str,
        decision: Decision,
        *,
        by: Person,
        at: datetime,
        note: str = "",
        messages: Sequence[Message] = (),
    ) -> CaseStudy:
        return await self._database.write(
            status.decide_review, workspace_id, study_id, decision, by, note, at, messages
        )

    async def is_approved(self, workspace_id: str, study_id: str) -> bool:
        return await self._database.read(_is_approved, workspace_id, study_id)

    async def publish_case_study(
        self,
        workspace_id: str,
        study_id: str,
        at: datetime,
        *,
        by: Person | None = None,
        facets: GivenFacets | None = None,
        messages: Sequence[Message] = (),
    ) -> CaseStudy:
        return await self._database.write(
            status.publish, workspace_id, study_id, by, at, facets or {}, messages
        )

    async def withdraw_case_study(
        self,
        workspace_id: str,
        study_id: str,
        *,
        reason: str,
        by: Person,
        at: datetime,
        messages: Sequence[Message] = (),
    ) -> CaseStudy:
        return await self._database.write(status.withdraw, workspace_id, study_id, reason, by, at, messages)

    async def set_owner(
        self,
        workspace_id: str,
        study_id: str,
        owner: Person,
        *,
        before: Person,
        by: Person,
        at: datetime,
        messages: Sequence[Message] = (),
    ) -> CaseStudy:
        return await self._database.write(
            status.set_owner, workspace_id, study_id, owner, before, by, at, messages
        )

    async def set_facets(self, workspace_id: str, study_id: str, facets: GivenFacets) -> None:
        await self._database.write(status.set_facets, workspace_id, study_id, facets)

    async def delete_draft(self, workspace_id: str, study_id: str) -> None:
        await self._database.write(drafts.delete_draft, workspace_id, study_id)

    async def list_own(
        self,
        workspace_id: str,
        owner: Person,
        *,
        statuses: Sequence[CaseStudyStatus] = ("draft", "in_review"),
        limit: int = 50,
        offset: int = 0,
    ) -> list[DraftSummary]:
        return await self._database.read(lists.list_own, workspace_id, owner, statuses, limit, offset)

    async def list_withdrawn(
        self, workspace_id: str, *, limit: int, offset: int = 0
    ) -> list[CaseStudySummary]:
        return await self._database.read(lists.list_withdrawn, workspace_id, limit, offset)

    async def list_owners(self, workspace_id: str) -> list[Person]:
        return await self._database.read(lists.list_owners, workspace_id)

    async def list_to_review(
        self, workspace_id: str, person: Person, *, limit: int = 50
    ) -> list[CaseStudySummary]:
        return await self._database.read(lists.list_to_review, workspace_id, person, limit)

    async def drafts_untouched_since(
        self, before: datetime, limit: int, after: CaseStudySummary | None = None
    ) -> list[DraftSummary]:
        return await self._database.read(lists.drafts_untouched_since, before, limit, after)

    async def published_without_facets(
        self, limit: int, after: tuple[str, str] = ("", "")
    ) -> list[tuple[str, str]]:
        return await self._database.read(lists.published_without_facets, limit, after)

    async def record_draft_asked(
        self, workspace_id: str, study_id: str, at: datetime, messages: Sequence[Message] = ()
    ) -> None:
        await self._database.write(drafts.record_asked, workspace_id, study_id, at, messages)

    async def all_case_studies(
        self, workspace_id: str | None = None, *, status: CaseStudyStatus | None = None
    ) -> AsyncIterator[CaseStudy]:
        last: CaseStudy | None = None
        while page := await self._database.read(transfer.page_after, workspace_id, status, last):
            for study in page:
                yield study
            last = page[-1]

    async def all_with_history(
        self, workspace_id: str | None = None
    ) -> AsyncIterator[tuple[CaseStudy, CaseStudyHistory]]:
        last: CaseStudy | None = None
        while page := await self._database.read(transfer.histories_after, workspace_id, last):
            for study, history in page:
                yield study, history
            last = page[-1][0]

    async def get_with_history(
        self, workspace_id: str, study_id: str
    ) -> tuple[CaseStudy, CaseStudyHistory] | None:
        return await self._database.read(transfer.get_with_history, workspace_id, study_id)

    async def import_case_study(
        self,
        study: CaseStudy,
        history: CaseStudyHistory | None = None,
        facets: GivenFacets | None = None,
    ) -> bool:
        return await self._database.write(transfer.insert, study, history, facets)


def _is_approved(workspace_id: str, study_id: str) -> Script[bool]:
    return (yield from status.is_approved((yield from rows_of.existing(workspace_id, study_id))))
