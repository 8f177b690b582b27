"""A ranking's rows: how its record, its people and its rules become columns, and back."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from storage.columns import optional_time
from storage.database import Row, Script, in_list
from storage.records.people import Person
from storage.records.rankings import Item, Participant, Ranking, Rules

COLUMNS = """workspace_id, id, task_id, title, source, items, channel_id,
    facilitator_team, facilitator_user, status, created_at, ended_at, outcome, rules, paused_at"""

INSERT_PARTICIPANT = """
INSERT INTO participants (workspace_id, ranking_id, team_id, user_id, place, agency, left_at, added_at)
VALUES (:workspace_id, :ranking_id, :team_id, :user_id, :place, :agency, :left_at, :added_at)
ON CONFLICT (workspace_id, ranking_id, team_id, user_id) DO NOTHING
"""
INSERT_DEPUTY = """
INSERT INTO deputies (workspace_id, ranking_id, team_id, user_id, place)
VALUES (:workspace_id, :ranking_id, :team_id, :user_id, :place)
ON CONFLICT (workspace_id, ranking_id, team_id, user_id) DO NOTHING
"""
_PARTICIPANTS = """
SELECT ranking_id, team_id, user_id, agency, left_at, added_at FROM participants
WHERE workspace_id = :workspace_id AND ranking_id IN ({names}) ORDER BY ranking_id, place
"""
_DEPUTIES = """
SELECT ranking_id, team_id, user_id FROM deputies
WHERE workspace_id = :workspace_id AND ranking_id IN ({names}) ORDER BY ranking_id, place
"""


def ranking_columns(ranking: Ranking) -> dict[str, object]:
    return {
        "workspace_id": ranking.workspace_id,
        "id": ranking.id,
        "task_id": ranking.task_id,
        "title": ranking.title,
        "source": ranking.source,
        "items": [(item.id, item.title, item.text) for item in ranking.items],
        "channel_id": ranking.channel_id,
        "facilitator_team": ranking.facilitator.team_id,
        "facilitator_user": ranking.facilitator.user_id,
        "status": ranking.status,
        "created_at": ranking.created_at,
        "ended_at": ranking.ended_at,
        "outcome": ranking.outcome,
        "rules": asdict(ranking.rules),
        "paused_at": ranking.paused_at,
    }


def participant_columns(
    workspace_id: str, ranking_id: str, participants: Iterable[Participant], first_place: int = 0
) -> list[dict[str, object]]:
    return [
        {
            "workspace_id": workspace_id,
            "ranking_id": ranking_id,
            "team_id": each.person.team_id,
            "user_id": each.person.user_id,
            "place": place,
            "agency": each.agency,
            "left_at": each.left_at,
            "added_at": each.added_at,
        }
        for place, each in enumerate(participants, first_place)
    ]


def deputy_columns(workspace_id: str, ranking_id: str, deputies: Iterable[Person]) -> list[dict[str, object]]:
    return [
        {
            "workspace_id": workspace_id,
            "ranking_id": ranking_id,
            "team_id": person.team_id,
            "user_id": person.user_id,
            "place": place,
        }
        for place, person in enumerate(deputies)
    ]


def rankings_with_people(workspace_id: str, rows: list[Row]) -> Script[list[Ranking]]:
    """The records of these rows of `rankings`, each with its participants and deputies."""
    if not rows:
        return []
    names, ids = in_list("id", [row["id"] for row in rows])
    values = {"workspace_id": workspace_id} | ids
    participants: Mapping[str, list[Participant]] = {row["id"]: [] for row in rows}
    for row in (yield _PARTICIPANTS.format(names=names), values):
        participants[row["ranking_id"]].append(participant_record(row))
    deputies: Mapping[str, list[Person]] = {row["id"]: [] for row in rows}
    for row in (yield _DEPUTIES.format(names=names), values):
        deputies[row["ranking_id"]].append(Person(row["team_id"], row["user_id"]))
    return [_ranking(row, participants[row["id"]], deputies[row["id"]]) for row in rows]


def participant_record(row: Row) -> Participant:
    return Participant(
        Person(row["team_id"], row["user_id"]),
        row["agency"],
        optional_time(row["left_at"]),
        optional_time(row["added_at"]),
    )


def rules_record(column: str) -> Rules:
    """The rules of a column; what it does not name is as it is by default."""
    found: dict[str, Any] = json.loads(column)
    if "steps" in found:
        found["steps"] = tuple(found["steps"])
    return Rules(**found)


def _ranking(row: Row, participants: list[Participant], deputies: list[Person]) -> Ranking:
    return Ranking(
        workspace_id=row["workspace_id"],
        id=row["id"],
        task_id=row["task_id"],
        title=row["title"],
        source=row["source"],
        items=tuple(Item(*each) for each in json.loads(row["items"])),
        channel_id=row["channel_id"],
        facilitator=Person(row["facilitator_team"], row["facilitator_user"]),
        participants=tuple(participants),
        status=row["status"],
        created_at=datetime.fromisoformat(row["created_at"]),
        ended_at=optional_time(row["ended_at"]),
        outcome=tuple(json.loads(row["outcome"])),
        rules=rules_record(row["rules"]),
        paused_at=optional_time(row["paused_at"]),
        deputies=tuple(deputies),
    )
