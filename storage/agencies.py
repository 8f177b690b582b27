"""The agencies of a workspace as its admins see them: how many people each has, renamed or joined.

People and open rankings follow. A ranking that has ended says what was so when it ended.
"""

from datetime import UTC, datetime

from storage.audit import record_audit
from storage.columns import clean
from storage.database import Script
from storage.messages import home_subject, touch, touch_ranking
from storage.ranking_rows import rules_record
from storage.records.people import Agency, Person
from storage.store import ConflictError, NotFoundError

_COUNT = """
SELECT agency, COUNT(*) AS people FROM people
WHERE workspace_id = :workspace_id AND agency <> ''
GROUP BY agency ORDER BY agency
"""
_OF_AGENCY = "workspace_id = :workspace_id AND agency = :agency"
_LOCK = f"SELECT team_id, user_id FROM people WHERE {_OF_AGENCY} ORDER BY team_id, user_id FOR UPDATE"
_MOVE = f"UPDATE people SET agency = :name WHERE {_OF_AGENCY}"
_OPEN = """
SELECT id, rules FROM rankings
WHERE workspace_id = :workspace_id AND status = 'open' AND id IN (
    SELECT ranking_id FROM participants WHERE workspace_id = :workspace_id AND agency = :agency
)
ORDER BY id
FOR NO KEY UPDATE
"""
_IN_RANKING = "workspace_id = :workspace_id AND ranking_id = :ranking_id"
_ANY_ANSWER = f"SELECT seq FROM answers WHERE {_IN_RANKING} LIMIT 1"
_HAS = f"SELECT place FROM participants WHERE {_IN_RANKING} AND agency = :name LIMIT 1"
_MOVE_SEATS = f"UPDATE participants SET agency = :name WHERE {_IN_RANKING} AND agency = :agency"


def count_agencies(workspace_id: str) -> Script[list[Agency]]:
    rows = yield _COUNT, {"workspace_id": workspace_id}
    return [Agency(row["agency"], row["people"]) for row in rows]


def move_agency(
    workspace_id: str, agency: str, name: str, join: bool, by: Person, at: datetime
) -> Script[int]:
    name = clean(name).strip()
    key: dict[str, object] = {"workspace_id": workspace_id, "agency": agency}
    people = yield _LOCK, key
    if not people:
        raise NotFoundError("no such agency")
    is_there = bool((yield _LOCK, {"workspace_id": workspace_id, "agency": name}))
    if is_there != join or not name or name == agency:
        raise ConflictError("there is such an agency already" if is_there else "there is no such agency")
    yield _MOVE, key | {"name": name}
    homes = [home_subject(Person(row["team_id"], row["user_id"])) for row in people]
    rankings = 0
    for row in (yield _OPEN, key):
        if rules_record(row["rules"]).anonymous and (yield from _would_tell(key, row["id"], name)):
            continue
        rankings += 1
        yield _MOVE_SEATS, key | {"ranking_id": row["id"], "name": name}
        yield from touch_ranking(workspace_id, row["id"])
    yield from touch(workspace_id, *homes)
    detail = {"people": len(people), "rankings": rankings, "joined": join}
    yield from record_audit(workspace_id, "agencies_joined" if join else "agency_renamed", by, at, "", detail)
    return len(people)


def record_agency_set(workspace_id: str, person: Person) -> Script[None]:
    """Keep that somebody said which agency is theirs, and not which."""
    yield from record_audit(workspace_id, "agency_set", person, datetime.now(UTC))


def _would_tell(key: dict[str, object], ranking_id: str, name: str) -> Script[bool]:
    """Whether joining would show how a few people answered: by the difference of two results."""
    seats = {**key, "ranking_id": ranking_id, "name": name}
    return bool((yield _ANY_ANSWER, seats)) and bool((yield _HAS, seats))
