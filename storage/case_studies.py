"""Case studies: begun, written by several, reviewed, published, taken in and out."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal

from storage import case_study_history as history_of
from storage import case_study_lists as lists
from storage import case_study_rows as rows_of
from storage import case_study_saving as saving
from storage import case_study_status as status
from storage.case_study_sections import list_sections, put_sections
from storage.case_study_touch import touch_study
from storage.columns import optional_time
from storage.database import Database, Script
from storage.facets import given_facets, put_facets
from storage.messages import insert_messages
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

_PAGE = 100
# Of a history there is no telling how long it is.
_PAGE_OF_HISTORIES = 20
_OF_STUDY = "WHERE workspace_id = :workspace_id AND case_study_id = :id"
_DELETE_DRAFT = (
    f"DELETE FROM case_study_answers {_OF_STUDY}",
    f"DELETE FROM case_study_changes {_OF_STUDY}",
    f"DELETE FROM case_study_events {_OF_STUDY}",
    f"DELETE FROM case_study_sections {_OF_STUDY}",
    "DELETE FROM case_studies WHERE workspace_id = :workspace_id AND id = :id",
)
_GET_ASKED = "SELECT asked_at FROM case_studies WHERE workspace_id = :workspace_id AND id = :id"
_SET_ASKED = "UPDATE case_studies SET asked_at = :at WHERE workspace_id = :workspace_id AND id = :id"


class SqlCaseStudies:
    """`CaseStudyStore` on either engine."""

    def __init__(self, database: Database) -> None:
        self._database = database

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
        return await self._database.write(
            saving.save_fields, workspace_id, study_id, values, author, title_field, seen or {}, at
        )

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
        return await self._database.write(saving.edit_fields, workspace_id, study_id, edit, editor, seen, at)

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
        await self._database.write(_delete_draft, workspace_id, study_id)

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
        await self._database.write(_record_draft_asked, workspace_id, study_id, at, messages)

    async def all_case_studies(
        self, workspace_id: str | None = None, *, status: CaseStudyStatus | None = None
    ) -> AsyncIterator[CaseStudy]:
        last: CaseStudy | None = None
        while page := await self._database.read(_page_after, workspace_id, status, last, _PAGE):
            for study in page:
                yield study
            last = page[-1]

    async def all_with_history(
        self, workspace_id: str | None = None
    ) -> AsyncIterator[tuple[CaseStudy, CaseStudyHistory]]:
        last: CaseStudy | None = None
        while page := await self._database.read(_histories_after, workspace_id, last):
            for study, history in page:
                yield study, history
            last = page[-1][0]

    async def get_with_history(
        self, workspace_id: str, study_id: str
    ) -> tuple[CaseStudy, CaseStudyHistory] | None:
        return await self._database.read(_get_with_history, workspace_id, study_id)

    async def import_case_study(
        self,
        study: CaseStudy,
        history: CaseStudyHistory | None = None,
        facets: GivenFacets | None = None,
    ) -> bool:
        return await self._database.write(_insert, study, history, facets)


def _insert(study: CaseStudy, history: CaseStudyHistory | None, facets: GivenFacets | None) -> Script[bool]:
    kept = history or history_of.first_history(study)
    last_change = max((change.number for change in kept.changes), default=0)
    if not (yield from rows_of.insert(study, last_change)):
        return False
    yield from history_of.insert_changes(study.workspace_id, study.id, kept.changes)
    yield from history_of.insert_events(study.workspace_id, study.id, kept.events)
    yield from put_sections(
        [replace(each, workspace_id=study.workspace_id, case_study_id=study.id) for each in kept.sections]
    )
    if study.status == "published":
        yield from put_facets(study, kept.facets if facets is None else facets)
    if kept.asked_at is not None:
        yield _SET_ASKED, {"workspace_id": study.workspace_id, "id": study.id, "at": kept.asked_at}
    yield from touch_study(study)
    return True


def _is_approved(workspace_id: str, study_id: str) -> Script[bool]:
    return (yield from status.is_approved((yield from rows_of.existing(workspace_id, study_id))))


def _delete_draft(workspace_id: str, study_id: str) -> Script[None]:
    study = yield from rows_of.lock(workspace_id, study_id)
    if study.published_at is not None:
        raise ConflictError(f"case study {study_id} has been published")
    yield from touch_study(study)
    for sql in _DELETE_DRAFT:
        yield sql, {"workspace_id": workspace_id, "id": study_id}


def _record_draft_asked(
    workspace_id: str, study_id: str, at: datetime, messages: Sequence[Message]
) -> Script[None]:
    study = yield from rows_of.lock(workspace_id, study_id)
    if study.status != "draft":
        raise ConflictError(f"case study {study_id} is {study.status}")
    yield _SET_ASKED, {"workspace_id": workspace_id, "id": study_id, "at": at}
    yield from insert_messages(messages)


def _get_history(workspace_id: str, study_id: str) -> Script[CaseStudyHistory]:
    changes = yield from history_of.list_changes(workspace_id, study_id)
    events = yield from history_of.list_events(workspace_id, study_id)
    sections = yield from list_sections(workspace_id, study_id)
    facets = yield from given_facets(workspace_id, study_id)
    asked = yield _GET_ASKED, {"workspace_id": workspace_id, "id": study_id}
    asked_at = optional_time(asked[0]["asked_at"]) if asked else None
    return CaseStudyHistory(tuple(changes), tuple(events), tuple(sections), facets, asked_at)


def _get_with_history(workspace_id: str, study_id: str) -> Script[tuple[CaseStudy, CaseStudyHistory] | None]:
    study = yield from rows_of.get(workspace_id, study_id)
    if study is None:
        return None
    return study, (yield from _get_history(workspace_id, study_id))


def _histories_after(
    workspace_id: str | None, last: CaseStudy | None
) -> Script[list[tuple[CaseStudy, CaseStudyHistory]]]:
    page = []
    for study in (yield from _page_after(workspace_id, None, last, _PAGE_OF_HISTORIES)):
        page.append((study, (yield from _get_history(study.workspace_id, study.id))))
    return page


def _page_after(
    workspace_id: str | None, status: CaseStudyStatus | None, last: CaseStudy | None, limit: int
) -> Script[list[CaseStudy]]:
    where = []
    values: dict[str, object] = {"limit": limit}
    if workspace_id is not None:
        where.append("workspace_id = :workspace_id")
        values["workspace_id"] = workspace_id
    if status is not None:
        where.append("status = :status")
        values["status"] = status
    if last is not None:
        where.append("(created_at, workspace_id, id) > (:last_at, :last_workspace, :last_id)")
        values |= {"last_at": last.created_at, "last_workspace": last.workspace_id, "last_id": last.id}
    rows = yield (
        f"SELECT {rows_of.COLUMNS} FROM case_studies {'WHERE ' if where else ''}{' AND '.join(where)} "
        "ORDER BY created_at, workspace_id, id LIMIT :limit",
        values,
    )
    return (yield from rows_of.with_answers(rows))
