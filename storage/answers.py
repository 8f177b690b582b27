"""Answers of one stage: counted and read. They are given in `answering`."""

import json
from dataclasses import replace
from datetime import datetime

from storage.columns import optional_time
from storage.database import Row, Script
from storage.ranking_rows import rules_record
from storage.records.people import Person
from storage.records.rankings import Answer, Ballot, Item
from storage.stages import STAGE_COLUMNS, stage_record
from storage.voters import get_secret, list_participants, voter, voter_groups

_STAGE_KEY = "workspace_id = :workspace_id AND ranking_id = :ranking_id AND seq = :seq"
ANSWER_COLUMNS = "a.team_id, a.user_id, a.choice, a.complete, a.answered_at, a.reason"

# An answer without a name has a group of its own; one with a name counts for its person's agency.
_LIST = f"""
SELECT {ANSWER_COLUMNS}, COALESCE(p.agency, a.agency) AS agency
FROM answers a
LEFT JOIN participants p ON p.workspace_id = a.workspace_id AND p.ranking_id = a.ranking_id
    AND p.team_id = a.team_id AND p.user_id = a.user_id
WHERE a.workspace_id = :workspace_id AND a.ranking_id = :ranking_id AND a.seq = :seq
ORDER BY a.team_id, a.user_id
"""
_OWN = f"""
SELECT {ANSWER_COLUMNS}, p.agency
FROM answers a
JOIN participants p ON p.workspace_id = a.workspace_id AND p.ranking_id = a.ranking_id
    AND p.team_id = :team_id AND p.user_id = :user_id
WHERE a.workspace_id = :workspace_id AND a.ranking_id = :ranking_id AND a.seq = :seq
    AND a.team_id = :voter_team AND a.user_id = :voter_user
"""
_LIST_ANSWERED = f"""
SELECT team_id, user_id FROM answers WHERE {_STAGE_KEY} AND complete = 1 ORDER BY team_id, user_id
"""
_BALLOT = f"""
SELECT r.task_id, r.title, r.source, r.items AS all_items, r.status, r.rules, r.paused_at,
    p.agency, p.left_at, k.secret,
    {", ".join(f"s.{column}" for column in STAGE_COLUMNS)},
    {ANSWER_COLUMNS}
FROM rankings r
JOIN stages s ON s.workspace_id = r.workspace_id AND s.ranking_id = r.id
LEFT JOIN participants p ON p.workspace_id = r.workspace_id AND p.ranking_id = r.id
    AND p.team_id = :team_id AND p.user_id = :user_id
LEFT JOIN ranking_keys k ON k.workspace_id = r.workspace_id AND k.ranking_id = r.id
LEFT JOIN answers a ON a.workspace_id = r.workspace_id AND a.ranking_id = r.id AND a.seq = s.seq
    AND a.team_id = :team_id AND a.user_id = :user_id
WHERE r.workspace_id = :workspace_id AND r.id = :ranking_id
ORDER BY s.seq DESC
LIMIT 1
"""


def list_answers(workspace_id: str, ranking_id: str, seq: int) -> Script[list[Answer]]:
    rows = yield _LIST, {"workspace_id": workspace_id, "ranking_id": ranking_id, "seq": seq}
    answers = [answer_record(row) for row in rows]
    secret = yield from get_secret(workspace_id, ranking_id)
    if secret is None:
        return answers
    groups = yield from voter_groups(workspace_id, ranking_id, secret)
    return [replace(answer, agency=groups[answer.person]) for answer in answers]


def list_answered(workspace_id: str, ranking_id: str, seq: int) -> Script[list[Person]]:
    return [person for person in (yield from _answered(workspace_id, ranking_id, seq)) if person.team_id]


def list_waiting(workspace_id: str, ranking_id: str, seq: int) -> Script[list[Person]]:
    secret = yield from get_secret(workspace_id, ranking_id)
    answered = set((yield from _answered(workspace_id, ranking_id, seq)))
    if secret is None and any(not person.team_id for person in answered):
        return []
    participants = yield from list_participants(workspace_id, ranking_id)
    active = [each.person for each in participants if each.left_at is None]
    return [person for person in active if voter(secret, person) not in answered]


def get_answer(workspace_id: str, ranking_id: str, seq: int, person: Person) -> Script[Answer | None]:
    secret = yield from get_secret(workspace_id, ranking_id)
    return (yield from _own_answer(_key(workspace_id, ranking_id, person) | {"seq": seq}, person, secret))


def get_ballot(workspace_id: str, ranking_id: str, person: Person) -> Script[Ballot | None]:
    key = _key(workspace_id, ranking_id, person)
    rows = yield _BALLOT, key
    if not rows:
        return None
    row = rows[0]
    answer = None if row["choice"] is None else answer_record(row)
    if row["secret"] is not None:
        answer = yield from _own_answer(key | {"seq": row["seq"]}, person, row["secret"])
    return Ballot(
        ranking_id=ranking_id,
        title=row["title"],
        source=row["source"],
        items=tuple(Item(*each) for each in json.loads(row["all_items"])),
        status=row["status"],
        stage=stage_record(row),
        takes_part=row["agency"] is not None and row["left_at"] is None,
        answer=answer,
        rules=rules_record(row["rules"]),
        paused_at=optional_time(row["paused_at"]),
        task_id=row["task_id"],
    )


def _answered(workspace_id: str, ranking_id: str, seq: int) -> Script[list[Person]]:
    rows = yield _LIST_ANSWERED, {"workspace_id": workspace_id, "ranking_id": ranking_id, "seq": seq}
    return [Person(row["team_id"], row["user_id"]) for row in rows]


def _own_answer(key: dict[str, object], person: Person, secret: str | None) -> Script[Answer | None]:
    rows = yield _OWN, key | _voter_columns(secret, person)
    return replace(answer_record(rows[0]), person=person) if rows else None


def _voter_columns(secret: str | None, person: Person) -> dict[str, object]:
    name = voter(secret, person)
    return {"voter_team": name.team_id, "voter_user": name.user_id}


def _key(workspace_id: str, ranking_id: str, person: Person) -> dict[str, object]:
    return {
        "workspace_id": workspace_id,
        "ranking_id": ranking_id,
        "team_id": person.team_id,
        "user_id": person.user_id,
    }


def answer_record(row: Row) -> Answer:
    return Answer(
        person=Person(row["team_id"], row["user_id"]),
        choice=tuple(json.loads(row["choice"])),
        complete=bool(row["complete"]),
        answered_at=datetime.fromisoformat(row["answered_at"]),
        reason=row["reason"],
        agency=row["agency"],
    )
