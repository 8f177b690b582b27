"""Answers of one stage: given, changed, counted, read.

An answer that is acknowledged counts, and none is acknowledged once its stage is
closed. On PostgreSQL that takes two locks: a person's own row on the list, so
that two of their clicks queue up, and the stage's row, which closing waits for.
At most one stage of a ranking is open and it is the last, so "open" says "current".
"""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from storage.columns import clean, optional_time
from storage.database import Row, Script
from storage.messages import home_subject, touch
from storage.ranking_rows import rules_record
from storage.records import Answer, Ballot, Item, Person
from storage.stages import STAGE_COLUMNS, stage_record
from storage.store import NotFoundError, NotTakingPartError, StageClosedError

_STAGE_KEY = "workspace_id = :workspace_id AND ranking_id = :ranking_id AND seq = :seq"
_PERSON_KEY = "team_id = :team_id AND user_id = :user_id"
_COLUMNS = "team_id, user_id, choice, complete, answered_at, reason, agency"

_LIST = f"SELECT {_COLUMNS} FROM answers WHERE {_STAGE_KEY} ORDER BY team_id, user_id"
_GET = f"SELECT {_COLUMNS} FROM answers WHERE {_STAGE_KEY} AND {_PERSON_KEY}"
_LIST_ANSWERED = f"""
SELECT team_id, user_id FROM answers WHERE {_STAGE_KEY} AND complete = 1 ORDER BY team_id, user_id
"""
_BALLOT = f"""
SELECT r.title, r.source, r.items AS all_items, r.status, r.rules, r.paused_at, p.user_id AS seat,
    {", ".join(f"s.{column}" for column in STAGE_COLUMNS)},
    a.team_id, a.user_id, a.choice, a.complete, a.answered_at, a.reason, a.agency
FROM rankings r
JOIN stages s ON s.workspace_id = r.workspace_id AND s.ranking_id = r.id
LEFT JOIN participants p ON p.workspace_id = r.workspace_id AND p.ranking_id = r.id
    AND p.team_id = :team_id AND p.user_id = :user_id AND p.left_at IS NULL
LEFT JOIN answers a ON a.workspace_id = r.workspace_id AND a.ranking_id = r.id AND a.seq = s.seq
    AND a.team_id = :team_id AND a.user_id = :user_id
WHERE r.workspace_id = :workspace_id AND r.id = :ranking_id
ORDER BY s.seq DESC
LIMIT 1
"""
_RANKING_EXISTS = "SELECT id FROM rankings WHERE workspace_id = :workspace_id AND id = :ranking_id"
_LOCK_SEAT = f"""
SELECT user_id FROM participants
WHERE workspace_id = :workspace_id AND ranking_id = :ranking_id AND {_PERSON_KEY} AND left_at IS NULL
FOR NO KEY UPDATE
"""
_IS_OPEN = f"SELECT seq FROM stages WHERE {_STAGE_KEY} AND closed_at IS NULL"
# One of these two keeps the stage open until the answer is committed.
_HOLD_OPEN = f"{_IS_OPEN} FOR SHARE"
_COUNT = f"""
UPDATE stages SET answered = answered + :change WHERE {_STAGE_KEY} AND closed_at IS NULL RETURNING seq
"""
_PUT = """
INSERT INTO answers
    (workspace_id, ranking_id, seq, team_id, user_id, choice, complete, answered_at, reason)
VALUES (:workspace_id, :ranking_id, :seq, :team_id, :user_id, :choice, :complete, :answered_at, :reason)
ON CONFLICT (workspace_id, ranking_id, seq, team_id, user_id) DO UPDATE
SET choice = excluded.choice, complete = excluded.complete,
    answered_at = excluded.answered_at, reason = excluded.reason
"""


def list_answers(workspace_id: str, ranking_id: str, seq: int) -> Script[list[Answer]]:
    rows = yield _LIST, {"workspace_id": workspace_id, "ranking_id": ranking_id, "seq": seq}
    return [_answer(row) for row in rows]


def list_answered(workspace_id: str, ranking_id: str, seq: int) -> Script[list[Person]]:
    rows = yield _LIST_ANSWERED, {"workspace_id": workspace_id, "ranking_id": ranking_id, "seq": seq}
    return [Person(row["team_id"], row["user_id"]) for row in rows]


def get_answer(workspace_id: str, ranking_id: str, seq: int, person: Person) -> Script[Answer | None]:
    rows = yield _GET, _key(workspace_id, ranking_id, person) | {"seq": seq}
    return _answer(rows[0]) if rows else None


def get_ballot(workspace_id: str, ranking_id: str, person: Person) -> Script[Ballot | None]:
    rows = yield _BALLOT, _key(workspace_id, ranking_id, person)
    if not rows:
        return None
    row = rows[0]
    return Ballot(
        ranking_id=ranking_id,
        title=row["title"],
        source=row["source"],
        items=tuple(Item(*each) for each in json.loads(row["all_items"])),
        status=row["status"],
        stage=stage_record(row),
        takes_part=row["seat"] is not None,
        answer=None if row["choice"] is None else _answer(row),
        rules=rules_record(row["rules"]),
        paused_at=optional_time(row["paused_at"]),
    )


def edit_answer(
    workspace_id: str,
    ranking_id: str,
    seq: int,
    person: Person,
    edit: Callable[[Answer | None], Answer],
) -> Script[Answer]:
    key = _key(workspace_id, ranking_id, person) | {"seq": seq}
    if not (yield _LOCK_SEAT, key):
        if not (yield _RANKING_EXISTS, key):
            raise NotFoundError(f"no ranking {ranking_id}")
        raise NotTakingPartError(f"not on the list of ranking {ranking_id}")
    if not (yield _IS_OPEN, key):
        raise StageClosedError(f"stage {seq} of ranking {ranking_id} is closed")
    before = yield from get_answer(workspace_id, ranking_id, seq, person)
    after = _as_kept(edit(before), person)
    change = after.complete - (before is not None and before.complete)
    if not (yield (_COUNT, key | {"change": change}) if change else (_HOLD_OPEN, key)):
        raise StageClosedError(f"stage {seq} of ranking {ranking_id} is closed")
    yield (
        _PUT,
        key
        | {
            "choice": after.choice,
            "complete": after.complete,
            "answered_at": after.answered_at,
            "reason": after.reason,
        },
    )
    subjects = [home_subject(person)] + ([f"ranking:{ranking_id}"] if change else [])
    yield from touch(workspace_id, *subjects)
    return after


def _key(workspace_id: str, ranking_id: str, person: Person) -> dict[str, object]:
    return {
        "workspace_id": workspace_id,
        "ranking_id": ranking_id,
        "team_id": person.team_id,
        "user_id": person.user_id,
    }


def _as_kept(answer: Answer, person: Person) -> Answer:
    """The answer as it will be read back."""
    choice = tuple(clean(each) for each in answer.choice)
    return replace(answer, person=person, choice=choice, reason=clean(answer.reason))


def _answer(row: Row) -> Answer:
    return Answer(
        person=Person(row["team_id"], row["user_id"]),
        choice=tuple(json.loads(row["choice"])),
        complete=bool(row["complete"]),
        answered_at=datetime.fromisoformat(row["answered_at"]),
        reason=row["reason"],
        agency=row["agency"],
    )
