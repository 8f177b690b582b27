"""Which agency a person answers for: asked once, kept for every workspace by itself."""

from collections.abc import Sequence
from datetime import datetime

from storage.agencies import count_agencies, move_agency, record_agency_set
from storage.columns import clean
from storage.database import Database, Script, in_list
from storage.messages import home_subject, touch, touch_ranking
from storage.ranking_rows import rules_record
from storage.records.people import Agency, Person
from storage.voters import get_secret, voter

_OF_PERSON = "workspace_id = :workspace_id AND team_id = :team_id AND user_id = :user_id"
_GET = f"SELECT agency FROM people WHERE {_OF_PERSON}"
_LIST = "SELECT team_id, user_id, agency FROM people WHERE workspace_id = :workspace_id AND user_id IN"
_AGENCIES = """
SELECT DISTINCT agency FROM people WHERE workspace_id = :workspace_id AND agency <> '' ORDER BY agency
"""
_SET = """
INSERT INTO people (workspace_id, team_id, user_id, agency)
VALUES (:workspace_id, :team_id, :user_id, :agency)
ON CONFLICT (workspace_id, team_id, user_id) DO UPDATE SET agency = excluded.agency
"""
_LOCK_OPEN_SEATS = """
SELECT p.ranking_id, r.rules FROM participants p
JOIN rankings r ON r.workspace_id = p.workspace_id AND r.id = p.ranking_id
WHERE p.workspace_id = :workspace_id AND p.team_id = :team_id AND p.user_id = :user_id
    AND r.status = 'open'
ORDER BY p.ranking_id
FOR NO KEY UPDATE OF p
"""
_HAS_ANSWERED = """
SELECT seq FROM answers
WHERE workspace_id = :workspace_id AND ranking_id = :ranking_id AND team_id = '' AND user_id = :voter
LIMIT 1
"""
_MOVE = f"UPDATE participants SET agency = :agency WHERE {_OF_PERSON} AND ranking_id = :ranking_id"


class SqlPeople:
    """`PeopleStore` on either engine."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get_agency(self, workspace_id: str, person: Person) -> str | None:
        return await self._database.read(get_agency, workspace_id, person)

    async def set_agency(self, workspace_id: str, person: Person, agency: str) -> None:
        await self._database.write(_set_agency, workspace_id, person, clean(agency).strip())

    async def get_agencies(self, workspace_id: str, persons: Sequence[Person]) -> dict[Person, str]:
        return await self._database.read(_get_agencies, workspace_id, persons)

    async def list_agencies(self, workspace_id: str) -> list[str]:
        return await self._database.read(_list_agencies, workspace_id)

    async def count_agencies(self, workspace_id: str) -> list[Agency]:
        return await self._database.read(count_agencies, workspace_id)

    async def rename_agency(
        self, workspace_id: str, agency: str, name: str, *, by: Person, at: datetime
    ) -> int:
        return await self._database.write(move_agency, workspace_id, agency, name, False, by, at)

    async def join_agencies(
        self, workspace_id: str, agency: str, into: str, *, by: Person, at: datetime
    ) -> int:
        return await self._database.write(move_agency, workspace_id, agency, into, True, by, at)


def get_agency(workspace_id: str, person: Person) -> Script[str | None]:
    rows = yield _GET, _key(workspace_id, person)
    return rows[0]["agency"] if rows else None


def _get_agencies(workspace_id: str, persons: Sequence[Person]) -> Script[dict[Person, str]]:
    wanted = set(persons)
    if not wanted:
        return {}
    names, ids = in_list("user", sorted({person.user_id for person in wanted}))
    rows = yield f"{_LIST} ({names})", {"workspace_id": workspace_id} | ids
    found = ((Person(row["team_id"], row["user_id"]), row["agency"]) for row in rows)
    return {person: agency for person, agency in found if person in wanted}


def _list_agencies(workspace_id: str) -> Script[list[str]]:
    rows = yield _AGENCIES, {"workspace_id": workspace_id}
    return [row["agency"] for row in rows]


def _set_agency(workspace_id: str, person: Person, agency: str) -> Script[None]:
    key = _key(workspace_id, person)
    if (yield from get_agency(workspace_id, person)) != agency:
        yield from record_agency_set(workspace_id, person)
    yield _SET, key | {"agency": agency}
    for row in (yield _LOCK_OPEN_SEATS, key):
        ranking_id = row["ranking_id"]
        # Two results that differ by one moved answer would show whose answer it is.
        if rules_record(row["rules"]).anonymous and (
            yield from _has_answered(workspace_id, ranking_id, person)
        ):
            continue
        yield _MOVE, key | {"agency": agency, "ranking_id": ranking_id}
        yield from touch_ranking(workspace_id, ranking_id)
    yield from touch(workspace_id, home_subject(person))


def _has_answered(workspace_id: str, ranking_id: str, person: Person) -> Script[bool]:
    secret = yield from get_secret(workspace_id, ranking_id)
    key = {"workspace_id": workspace_id, "ranking_id": ranking_id}
    return bool((yield _HAS_ANSWERED, key | {"voter": voter(secret, person).user_id}))


def _key(workspace_id: str, person: Person) -> dict[str, object]:
    return {"workspace_id": workspace_id, "team_id": person.team_id, "user_id": person.user_id}
