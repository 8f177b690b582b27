"""Look-ups: the strategies a person saved, and the words that led nobody to one."""

from datetime import date, datetime

from storage.audit import record_audit
from storage.columns import clean, day
from storage.database import Database, Row, Script
from storage.messages import home_subject, touch
from storage.records.lookups import Miss, MissKind
from storage.records.people import Person
from storage.store import ConflictError

_MOST_SAVED = 100
_LONGEST_WORDS = 200

_OF_PERSON = "workspace_id = :workspace_id AND team_id = :team_id AND user_id = :user_id"
# Of two saves at once the second waits here, so that together they cannot pass the limit.
_LOCK_SAVED = f"SELECT strategy_id FROM saved_strategies WHERE {_OF_PERSON} ORDER BY strategy_id FOR UPDATE"
_LIST_SAVED = f"""
SELECT strategy_id FROM saved_strategies WHERE {_OF_PERSON} ORDER BY saved_at DESC, strategy_id
"""
_SAVE = """
INSERT INTO saved_strategies (workspace_id, team_id, user_id, strategy_id, saved_at)
VALUES (:workspace_id, :team_id, :user_id, :strategy_id, :saved_at)
ON CONFLICT (workspace_id, team_id, user_id, strategy_id) DO NOTHING
RETURNING strategy_id
"""
_UNSAVE = f"""
DELETE FROM saved_strategies WHERE {_OF_PERSON} AND strategy_id = :strategy_id RETURNING strategy_id
"""
_COUNT_MISS = """
INSERT INTO misses (workspace_id, words, kind, times, last_seen)
VALUES (:workspace_id, :words, :kind, 1, :day)
ON CONFLICT (workspace_id, words, kind) DO UPDATE
SET times = misses.times + 1,
    last_seen = CASE WHEN misses.last_seen > :day THEN misses.last_seen ELSE :day END
"""
_FORGET_MISSES = "DELETE FROM misses WHERE workspace_id = :workspace_id AND words = :words RETURNING words"


class SqlLookups:
    """`LookupStore` on either engine."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save_strategy(self, workspace_id: str, person: Person, strategy_id: str, at: datetime) -> bool:
        return await self._database.write(_save_strategy, workspace_id, person, clean(strategy_id), at)

    async def unsave_strategy(self, workspace_id: str, person: Person, strategy_id: str) -> bool:
        return await self._database.write(_unsave_strategy, workspace_id, person, strategy_id)

    async def list_saved(self, workspace_id: str, person: Person) -> list[str]:
        return await self._database.read(_list_saved, workspace_id, person)

    async def record_miss(self, workspace_id: str, words: str, kind: MissKind, at: datetime) -> None:
        await self._database.write(_record_miss, workspace_id, words, kind, at)

    async def list_misses(self, workspace_id: str | None, limit: int = 50) -> list[Miss]:
        return await self._database.read(_list_misses, workspace_id, limit)

    async def forget_misses(self, workspace_id: str, words: str, *, by: Person, at: datetime) -> None:
        await self._database.write(_forget_misses, workspace_id, words, by, at)


def _save_strategy(workspace_id: str, person: Person, strategy_id: str, at: datetime) -> Script[bool]:
    yield _LOCK_SAVED, _key(workspace_id, person)
    saved = yield from _list_saved(workspace_id, person)
    if strategy_id in saved:
        return False
    if len(saved) >= _MOST_SAVED:
        raise ConflictError(f"{_MOST_SAVED} strategies are saved already")
    rows = yield _SAVE, _key(workspace_id, person) | {"strategy_id": strategy_id, "saved_at": at}
    if rows:
        yield from touch(workspace_id, home_subject(person))
    return bool(rows)


def _unsave_strategy(workspace_id: str, person: Person, strategy_id: str) -> Script[bool]:
    rows = yield _UNSAVE, _key(workspace_id, person) | {"strategy_id": strategy_id}
    if rows:
        yield from touch(workspace_id, home_subject(person))
    return bool(rows)


def _list_saved(workspace_id: str, person: Person) -> Script[list[str]]:
    rows = yield _LIST_SAVED, _key(workspace_id, person)
    return [row["strategy_id"] for row in rows]


def _record_miss(workspace_id: str, words: str, kind: MissKind, at: datetime) -> Script[None]:
    kept = _cut(words)
    if kept:
        yield _COUNT_MISS, {"workspace_id": workspace_id, "words": kept, "kind": kind, "day": day(at)}


def _list_misses(workspace_id: str | None, limit: int) -> Script[list[Miss]]:
    where = "" if workspace_id is None else "WHERE workspace_id = :workspace_id "
    rows = yield (
        "SELECT words, kind, SUM(times) AS times, MAX(last_seen) AS last_seen "
        f"FROM misses {where}GROUP BY words, kind "
        "ORDER BY times DESC, last_seen DESC, words, kind LIMIT :limit",
        {"workspace_id": workspace_id, "limit": limit},
    )
    return [_miss(row) for row in rows]


def _forget_misses(workspace_id: str, words: str, by: Person, at: datetime) -> Script[None]:
    if (yield _FORGET_MISSES, {"workspace_id": workspace_id, "words": _cut(words)}):
        yield from record_audit(workspace_id, "miss_settled", by, at)


def _key(workspace_id: str, person: Person) -> dict[str, object]:
    return {"workspace_id": workspace_id, "team_id": person.team_id, "user_id": person.user_id}


def _cut(words: str) -> str:
    return clean(words)[:_LONGEST_WORDS].strip()


def _miss(row: Row) -> Miss:
    return Miss(row["words"], row["kind"], int(row["times"]), date.fromisoformat(row["last_seen"]))
