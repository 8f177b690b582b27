"""Co-authors: the sections of a case study that are asked of people."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from storage.case_study_access import get_access
from storage.case_study_rows import COLUMNS, lock, summary
from storage.case_study_touch import touch_study
from storage.columns import clean, optional_time
from storage.database import Database, Row, Script
from storage.messages import insert_messages
from storage.records.case_study_access import Access
from storage.records.case_study_sections import AskedSection, SectionRequest, SectionState
from storage.records.messages import Message
from storage.records.people import Person
from storage.store import ConflictError, NotFoundError

_OF_STUDY = "workspace_id = :workspace_id AND case_study_id = :case_study_id"
_OF_PERSON = "team_id = :team_id AND user_id = :user_id"
_COLUMNS = """workspace_id, case_study_id, section_id, team_id, user_id, asked_by_team, asked_by_user,
    asked_at, state, reminded_at, note"""
_PUT = f"""
INSERT INTO case_study_sections ({_COLUMNS})
VALUES (:workspace_id, :case_study_id, :section_id, :team_id, :user_id, :asked_by_team, :asked_by_user,
    :asked_at, :state, :reminded_at, :note)
ON CONFLICT (workspace_id, case_study_id, section_id, team_id, user_id) DO UPDATE
SET asked_by_team = excluded.asked_by_team, asked_by_user = excluded.asked_by_user,
    asked_at = excluded.asked_at, state = excluded.state, reminded_at = excluded.reminded_at,
    note = excluded.note
"""
_LIST = f"""
SELECT {_COLUMNS} FROM case_study_sections WHERE {_OF_STUDY}
ORDER BY asked_at, section_id, team_id, user_id
"""
_GET = f"""
SELECT {_COLUMNS} FROM case_study_sections WHERE {_OF_STUDY} AND section_id = :section_id AND {_OF_PERSON}
"""
_ASKED_OF = f"""
SELECT {", ".join(f"s.{name.strip()} AS {name.strip()}" for name in COLUMNS.split(","))},
    q.case_study_id, q.section_id, q.team_id, q.user_id, q.asked_by_team, q.asked_by_user,
    q.asked_at, q.state, q.reminded_at, q.note
FROM case_study_sections q
JOIN case_studies s ON s.workspace_id = q.workspace_id AND s.id = q.case_study_id
WHERE q.workspace_id = :workspace_id AND q.team_id = :team_id AND q.user_id = :user_id
    AND q.state = 'asked' AND s.status IN ('draft', 'in_review')
ORDER BY q.asked_at, q.case_study_id, q.section_id
LIMIT :limit
"""


class SqlSections:
    """`SectionStore` on either engine."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def ask_section(self, request: SectionRequest, messages: Sequence[Message] = ()) -> None:
        await self._database.write(_ask, request, messages)

    async def take_back_section(
        self,
        workspace_id: str,
        study_id: str,
        section_id: str,
        person: Person,
        *,
        messages: Sequence[Message] = (),
    ) -> SectionRequest:
        return await self._database.write(
            _move, workspace_id, study_id, section_id, person, "withdrawn", messages
        )

    async def finish_section(
        self,
        workspace_id: str,
        study_id: str,
        section_id: str,
        person: Person,
        *,
        messages: Sequence[Message] = (),
    ) -> SectionRequest:
        return await self._database.write(_move, workspace_id, study_id, section_id, person, "done", messages)

    async def remind_section(
        self,
        workspace_id: str,
        study_id: str,
        section_id: str,
        person: Person,
        *,
        at: datetime,
        quiet_since: datetime,
        messages: Sequence[Message] = (),
    ) -> SectionRequest:
        return await self._database.write(
            _remind, workspace_id, study_id, section_id, person, at, quiet_since, messages
        )

    async def list_sections(self, workspace_id: str, study_id: str) -> list[SectionRequest]:
        return await self._database.read(list_sections, workspace_id, study_id)

    async def list_asked_of(
        self, workspace_id: str, person: Person, *, limit: int = 50
    ) -> list[AskedSection]:
        return await self._database.read(_asked_of, workspace_id, person, limit)

    async def get_access(self, workspace_id: str, study_id: str, person: Person) -> Access | None:
        return await self._database.read(get_access, workspace_id, study_id, person)


def put_sections(requests: Sequence[SectionRequest]) -> Script[None]:
    """Keep requests as they are."""
    yield _PUT, [_columns(request) for request in requests]


def list_sections(workspace_id: str, study_id: str) -> Script[list[SectionRequest]]:
    rows = yield _LIST, {"workspace_id": workspace_id, "case_study_id": study_id}
    return [_request(row) for row in rows]


def _ask(request: SectionRequest, messages: Sequence[Message]) -> Script[None]:
    study = yield from lock(request.workspace_id, request.case_study_id)
    if study.status not in {"draft", "in_review"}:
        raise ConflictError(f"case study {study.id} is {study.status}")
    before = yield _GET, _key(study.workspace_id, study.id, request.section_id, request.person)
    if before and before[0]["state"] == "asked":
        raise ConflictError(f"section {request.section_id} of case study {study.id} is asked of them already")
    yield from put_sections([request])
    yield from touch_study(study, request.person)
    yield from insert_messages(messages)


def _move(
    workspace_id: str,
    study_id: str,
    section_id: str,
    person: Person,
    state: SectionState,
    messages: Sequence[Message],
) -> Script[SectionRequest]:
    study = yield from lock(workspace_id, study_id)
    request = yield from _standing(workspace_id, study_id, section_id, person)
    if request.state == state:
        raise ConflictError(f"section {section_id} of case study {study_id} is {state} already")
    moved = replace(request, state=state)
    yield from put_sections([moved])
    yield from touch_study(study, person, request.asked_by)
    yield from insert_messages(messages)
    return moved


def _remind(
    workspace_id: str,
    study_id: str,
    section_id: str,
    person: Person,
    at: datetime,
    quiet_since: datetime,
    messages: Sequence[Message],
) -> Script[SectionRequest]:
    yield from lock(workspace_id, study_id)
    request = yield from _standing(workspace_id, study_id, section_id, person)
    if request.state != "asked" or (request.reminded_at or request.asked_at) > quiet_since:
        raise ConflictError(f"they cannot be reminded of section {section_id} of case study {study_id} now")
    reminded = replace(request, reminded_at=at)
    yield from put_sections([reminded])
    yield from insert_messages(messages)
    return reminded


def _standing(workspace_id: str, study_id: str, section_id: str, person: Person) -> Script[SectionRequest]:
    """:raises NotFoundError: the section was never asked of them, or has been taken back."""
    rows = yield _GET, _key(workspace_id, study_id, section_id, person)
    if not rows or rows[0]["state"] == "withdrawn":
        raise NotFoundError(f"section {section_id} of case study {study_id} is not asked of them")
    return _request(rows[0])


def _asked_of(workspace_id: str, person: Person, limit: int) -> Script[list[AskedSection]]:
    rows = yield (
        _ASKED_OF,
        {
            "workspace_id": workspace_id,
            "team_id": person.team_id,
            "user_id": person.user_id,
            "limit": limit,
        },
    )
    return [AskedSection(_request(row), summary(row)) for row in rows]


def _key(workspace_id: str, study_id: str, section_id: str, person: Person) -> dict[str, object]:
    return {
        "workspace_id": workspace_id,
        "case_study_id": study_id,
        "section_id": section_id,
        "team_id": person.team_id,
        "user_id": person.user_id,
    }


def _columns(request: SectionRequest) -> dict[str, object]:
    return _key(request.workspace_id, request.case_study_id, request.section_id, request.person) | {
        "asked_by_team": request.asked_by.team_id,
        "asked_by_user": request.asked_by.user_id,
        "asked_at": request.asked_at,
        "state": request.state,
        "reminded_at": request.reminded_at,
        "note": clean(request.note),
    }


def _request(row: Row) -> SectionRequest:
    return SectionRequest(
        workspace_id=row["workspace_id"],
        case_study_id=row["case_study_id"],
        section_id=row["section_id"],
        person=Person(row["team_id"], row["user_id"]),
        asked_by=Person(row["asked_by_team"], row["asked_by_user"]),
        asked_at=datetime.fromisoformat(row["asked_at"]),
        state=row["state"],
        reminded_at=optional_time(row["reminded_at"]),
        note=row["note"],
    )
