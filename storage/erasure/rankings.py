"""Rankings somebody ran or took part in: answers in open ones go, those in ended ones lose their person."""

import json
from datetime import datetime

from storage.database import Script
from storage.erasure.people_in_json import like_user, replaced
from storage.messages import touch_ranking, touch_thread
from storage.records.people import Person
from storage.stage_work import plan_answered
from storage.stages import list_stages
from storage.voters import get_secret, voter

_OF_RANKING = "workspace_id = :workspace_id AND ranking_id = :ranking_id"
_OF_PERSON = "team_id = :team_id AND user_id = :user_id"
_ALL = """
SELECT id, status FROM rankings WHERE workspace_id = :workspace_id AND (
    (facilitator_team = :team_id AND facilitator_user = :user_id)
    OR id IN (
        SELECT ranking_id FROM participants
        WHERE workspace_id = :workspace_id AND team_id = :team_id AND user_id = :user_id
    )
    OR id IN (
        SELECT ranking_id FROM deputies
        WHERE workspace_id = :workspace_id AND team_id = :team_id AND user_id = :user_id
    )
    OR id IN (
        SELECT ranking_id FROM ranking_events
        WHERE workspace_id = :workspace_id
            AND ((actor_team = :team_id AND actor_user = :user_id) OR detail LIKE :pattern)
    )
)
ORDER BY id
FOR NO KEY UPDATE
"""
# Answers that are being given are kept first, and then counted out again.
_HOLD_STAGES = f"SELECT seq FROM stages WHERE {_OF_RANKING} ORDER BY seq FOR NO KEY UPDATE"
_COUNT_DOWN = f"""
UPDATE stages SET answered = answered - (
    SELECT COUNT(*) FROM answers a
    WHERE a.workspace_id = stages.workspace_id AND a.ranking_id = stages.ranking_id AND a.seq = stages.seq
        AND a.team_id = :team_id AND a.user_id = :user_id AND a.complete = 1
) WHERE {_OF_RANKING}
"""
_DROP_ANSWERS = f"DELETE FROM answers WHERE {_OF_RANKING} AND {_OF_PERSON}"
_RENAME = f"""
UPDATE {{table}} SET team_id = :other_team, user_id = :other_user WHERE {_OF_RANKING} AND {_OF_PERSON}
"""
_UNSAY = f"UPDATE answers SET reason = '' WHERE {_OF_RANKING} AND {_OF_PERSON}"
_LEAVE = f"""
UPDATE participants SET left_at = COALESCE(left_at, :at) WHERE {_OF_RANKING} AND {_OF_PERSON}
"""
_DROP_DEPUTY = f"DELETE FROM deputies WHERE {_OF_RANKING} AND {_OF_PERSON}"
_FACILITATOR = """
UPDATE rankings SET facilitator_team = :other_team, facilitator_user = :other_user
WHERE workspace_id = :workspace_id AND id = :ranking_id
    AND facilitator_team = :team_id AND facilitator_user = :user_id
"""
_EVENTS = f"""
SELECT number, kind, actor_team, actor_user, detail FROM ranking_events WHERE {_OF_RANKING} ORDER BY number
"""
_KEEP_EVENT = f"""
UPDATE ranking_events SET actor_team = :actor_team, actor_user = :actor_user, detail = :detail
WHERE {_OF_RANKING} AND number = :number
"""


def erase_in_rankings(workspace_id: str, person: Person, other: Person, at: datetime) -> Script[None]:
    """Put `other` in the person's place in each ranking."""
    ids = {"workspace_id": workspace_id, "team_id": person.team_id, "user_id": person.user_id}
    rows = yield _ALL, ids | {"pattern": like_user(person.user_id)}
    for row in rows:
        ranking_id = row["id"]
        key = ids | {
            "ranking_id": ranking_id,
            "other_team": other.team_id,
            "other_user": other.user_id,
            "at": at,
        }
        if row["status"] == "open":
            yield _HOLD_STAGES, key
        yield from touch_ranking(workspace_id, ranking_id)
        if row["status"] == "open":
            name = voter((yield from get_secret(workspace_id, ranking_id)), person)
            answers = key | {"team_id": name.team_id, "user_id": name.user_id}
            yield _COUNT_DOWN, answers
            yield _DROP_ANSWERS, answers
            yield _LEAVE, key
            yield from _look_whether_all_answered(workspace_id, ranking_id, at)
        yield _UNSAY, key
        yield _RENAME.format(table="answers"), key
        yield _RENAME.format(table="participants"), key
        yield _DROP_DEPUTY, key
        yield _FACILITATOR, key
        yield from _erase_in_events(key, person, other)
        yield from touch_ranking(workspace_id, ranking_id)
        yield from touch_thread(workspace_id, ranking_id)


def _erase_in_events(key: dict[str, object], person: Person, other: Person) -> Script[None]:
    for row in (yield _EVENTS, key):
        actor = Person(row["actor_team"], row["actor_user"])
        said = json.loads(row["detail"])
        detail = replaced(said, person, other)
        if actor == person and "words" in detail:
            detail = detail | {"words": ""}
        by = other if actor == person else actor
        if (by, detail) != (actor, said):
            columns = {"actor_team": by.team_id, "actor_user": by.user_id, "detail": detail}
            yield _KEEP_EVENT, key | columns | {"number": row["number"]}


def _look_whether_all_answered(workspace_id: str, ranking_id: str, at: datetime) -> Script[None]:
    stage = (yield from list_stages(workspace_id, ranking_id))[-1]
    if stage.closed_at is None and stage.answered:
        yield from plan_answered(workspace_id, ranking_id, stage.seq, at)
