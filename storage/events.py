"""What was announced about a ranking after it began, and the message in the thread that says so."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from storage.database import Row, Script
from storage.messages import insert_messages
from storage.records.messages import Message
from storage.records.people import Person
from storage.records.rankings import EventKind, RankingEvent

_COLUMNS = "workspace_id, ranking_id, number, at, kind, actor_team, actor_user, detail"
_OF_RANKING = "workspace_id = :workspace_id AND ranking_id = :ranking_id"
_LAST = f"SELECT COALESCE(MAX(number), 0) AS number FROM ranking_events WHERE {_OF_RANKING}"
_INSERT = f"""
INSERT INTO ranking_events ({_COLUMNS})
VALUES (:workspace_id, :ranking_id, :number, :at, :kind, :actor_team, :actor_user, :detail)
"""
_LAST_OF_WHO_RUNS = f"""
SELECT kind FROM ranking_events
WHERE {_OF_RANKING} AND kind IN ('unattended', 'facilitator')
ORDER BY number DESC LIMIT 1
"""
_LIST = f"SELECT {_COLUMNS} FROM ranking_events WHERE {_OF_RANKING} ORDER BY number"


def list_events(workspace_id: str, ranking_id: str) -> Script[list[RankingEvent]]:
    rows = yield _LIST, {"workspace_id": workspace_id, "ranking_id": ranking_id}
    return [_event(row) for row in rows]


def is_unattended(workspace_id: str, ranking_id: str) -> Script[bool]:
    """Whether the facilitator was found gone, and nobody has taken over since."""
    rows = yield _LAST_OF_WHO_RUNS, {"workspace_id": workspace_id, "ranking_id": ranking_id}
    return bool(rows) and rows[0]["kind"] == "unattended"


def insert_event(
    workspace_id: str,
    ranking_id: str,
    kind: EventKind,
    detail: Mapping[str, object],
    actor: Person,
    at: datetime,
    note: Message | None,
) -> Script[RankingEvent]:
    """Keep an event, and its message under `note`'s id with the event's number behind it.

    The ranking's row must be locked, so that each number is given once.
    """
    key = {"workspace_id": workspace_id, "ranking_id": ranking_id}
    number = (yield _LAST, key)[0]["number"] + 1
    yield (
        _INSERT,
        key
        | {
            "number": number,
            "at": at,
            "kind": kind,
            "actor_team": actor.team_id,
            "actor_user": actor.user_id,
            "detail": dict(detail),
        },
    )
    if note is not None:
        yield from insert_messages([replace(note, id=f"{note.id}:{number}")])
    return RankingEvent(workspace_id, ranking_id, number, at, kind, actor, detail)


def _event(row: Row) -> RankingEvent:
    return RankingEvent(
        workspace_id=row["workspace_id"],
        ranking_id=row["ranking_id"],
        number=row["number"],
        at=datetime.fromisoformat(row["at"]),
        kind=row["kind"],
        actor=Person(row["actor_team"], row["actor_user"]),
        detail=json.loads(row["detail"]),
    )
