"""Case studies: drafted, published, listed, searched, taken in and out."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import datetime

from storage import case_study_rows as rows_of
from storage import search
from storage.columns import clean
from storage.database import Database, Engine, Script
from storage.messages import home_subject, touch
from storage.records import CaseStudy, FieldAnswer, FieldValue, Person
from storage.store import ConflictError, NotFoundError

_PAGE = 100

_LOCK = """
SELECT id FROM case_studies WHERE workspace_id = :workspace_id AND id = :id
FOR NO KEY UPDATE
"""
_UPDATE = """
UPDATE case_studies
SET title = :title, status = :status, updated_at = :updated_at, published_at = :published_at
WHERE workspace_id = :workspace_id AND id = :id
"""
_DELETE_ANSWERS = """
DELETE FROM case_study_answers WHERE workspace_id = :workspace_id AND case_study_id = :id
"""
_DELETE = "DELETE FROM case_studies WHERE workspace_id = :workspace_id AND id = :id"
_COUNT_PUBLISHED = """
SELECT COUNT(*) AS number FROM case_studies WHERE workspace_id = :workspace_id AND status = 'published'
"""


class SqlCaseStudies:
    """`CaseStudyStore` on either engine."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def create_case_study(self, study: CaseStudy) -> None:
        if not await self._database.write(_insert, study):
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
        title: str | None,
        at: datetime,
    ) -> CaseStudy:
        return await self._database.write(_save_fields, workspace_id, study_id, values, author, title, at)

    async def publish_case_study(self, workspace_id: str, study_id: str, at: datetime) -> CaseStudy:
        return await self._database.write(_publish, workspace_id, study_id, at)

    async def delete_draft(self, workspace_id: str, study_id: str) -> None:
        await self._database.write(_delete_draft, workspace_id, study_id)

    async def list_case_studies(
        self,
        workspace_id: str,
        *,
        owner: Person | None = None,
        published: bool | None = None,
        limit: int = 50,
        offset: int = 0,
    ) -> list[CaseStudy]:
        return await self._database.read(_list, workspace_id, owner, published, limit, offset)

    async def count_published(self, workspace_id: str) -> int:
        return await self._database.read(_count_published, workspace_id)

    async def search_case_studies(
        self, workspace_id: str, query: str, *, limit: int = 10, offset: int = 0
    ) -> list[CaseStudy]:
        engine = self._database.engine
        return await self._database.read(_search, engine, workspace_id, query, limit, offset)

    async def all_case_studies(self, workspace_id: str | None = None) -> AsyncIterator[CaseStudy]:
        last: CaseStudy | None = None
        while page := await self._database.read(_page_after, workspace_id, last):
            for study in page:
                yield study
            last = page[-1]

    async def import_case_study(self, study: CaseStudy) -> bool:
        return await self._database.write(_insert, study)


def _insert(study: CaseStudy) -> Script[bool]:
    if not (yield from rows_of.insert(study)):
        return False
    yield from _touch(study, study.owner)
    return True


def _save_fields(
    workspace_id: str,
    study_id: str,
    values: Mapping[str, FieldValue],
    author: Person,
    title: str | None,
    at: datetime,
) -> Script[CaseStudy]:
    before = yield from _lock(workspace_id, study_id)
    changed = [
        FieldAnswer(field_id, value, author, at)
        for field_id, value in values.items()
        if (rows_of.clean_value(value) or "") != _value(before, field_id)
    ]
    new_title = before.title if title is None else clean(title)
    if not changed and new_title == before.title:
        return before
    yield from rows_of.put_answers(workspace_id, study_id, changed)
    return (yield from _update(replace(before, title=new_title, updated_at=at), author))


def _publish(workspace_id: str, study_id: str, at: datetime) -> Script[CaseStudy]:
    before = yield from _lock(workspace_id, study_id)
    if before.status == "published":
        return before
    return (yield from _update(replace(before, status="published", published_at=at), before.owner))


def _update(study: CaseStudy, author: Person) -> Script[CaseStudy]:
    """Keep what changed of the case study's own row, and return it as it now is."""
    yield (
        _UPDATE,
        {
            "workspace_id": study.workspace_id,
            "id": study.id,
            "title": study.title,
            "status": study.status,
            "updated_at": study.updated_at,
            "published_at": study.published_at,
        },
    )
    now = yield from _existing(study.workspace_id, study.id)
    if now.status == "published":
        yield from rows_of.put_words(now)
    yield from _touch(now, author)
    return now


def _delete_draft(workspace_id: str, study_id: str) -> Script[None]:
    study = yield from _lock(workspace_id, study_id)
    if study.status == "published":
        raise ConflictError(f"case study {study_id} has been published")
    key = {"workspace_id": workspace_id, "id": study_id}
    yield _DELETE_ANSWERS, key
    yield _DELETE, key
    yield from _touch(study, study.owner)


def _list(
    workspace_id: str, owner: Person | None, published: bool | None, limit: int, offset: int
) -> Script[list[CaseStudy]]:
    where = ["workspace_id = :workspace_id"]
    values: dict[str, object] = {"workspace_id": workspace_id, "limit": limit, "offset": offset}
    if owner is not None:
        where.append("owner_team = :team_id AND owner_user = :user_id")
        values |= {"team_id": owner.team_id, "user_id": owner.user_id}
    if published is not None:
        where.append("status = :status")
        values["status"] = "published" if published else "draft"
    # Only plain columns are read off an index in order.
    newest = {True: "published_at", False: "updated_at", None: "COALESCE(published_at, updated_at)"}
    rows = yield (
        f"SELECT {rows_of.COLUMNS} FROM case_studies WHERE {' AND '.join(where)} "
        f"ORDER BY {newest[published]} DESC, id DESC LIMIT :limit OFFSET :offset",
        values,
    )
    return (yield from rows_of.with_answers(rows))


def _count_published(workspace_id: str) -> Script[int]:
    rows = yield _COUNT_PUBLISHED, {"workspace_id": workspace_id}
    return int(rows[0]["number"])


def _search(
    engine: Engine, workspace_id: str, query: str, limit: int, offset: int
) -> Script[list[CaseStudy]]:
    ids = yield from search.find(engine, workspace_id, query, limit, offset)
    return (yield from rows_of.get_many(workspace_id, ids))


def _page_after(workspace_id: str | None, last: CaseStudy | None) -> Script[list[CaseStudy]]:
    where = []
    values: dict[str, object] = {"limit": _PAGE}
    if workspace_id is not None:
        where.append("workspace_id = :workspace_id")
        values["workspace_id"] = workspace_id
    if last is not None:
        where.append("(created_at, workspace_id, id) > (:last_at, :last_workspace, :last_id)")
        values |= {"last_at": last.created_at, "last_workspace": last.workspace_id, "last_id": last.id}
    rows = yield (
        f"SELECT {rows_of.COLUMNS} FROM case_studies {'WHERE ' if where else ''}{' AND '.join(where)} "
        "ORDER BY created_at, workspace_id, id LIMIT :limit",
        values,
    )
    return (yield from rows_of.with_answers(rows))


def _lock(workspace_id: str, study_id: str) -> Script[CaseStudy]:
    yield _LOCK, {"workspace_id": workspace_id, "id": study_id}
    return (yield from _existing(workspace_id, study_id))


def _existing(workspace_id: str, study_id: str) -> Script[CaseStudy]:
    study = yield from rows_of.get(workspace_id, study_id)
    if study is None:
        raise NotFoundError(f"no case study {study_id}")
    return study


def _touch(study: CaseStudy, author: Person) -> Script[None]:
    subjects = {f"case_study:{study.id}", home_subject(study.owner), home_subject(author)}
    yield from touch(study.workspace_id, *sorted(subjects))


def _value(study: CaseStudy, field_id: str) -> FieldValue:
    """What the field holds; an empty text and no text are the same."""
    answer = study.answers.get(field_id)
    return answer.value if answer else ""
