"""What may change after a ranking has begun: its people, its deadlines, who runs it. Its rules may not.

Each change is kept together with the event that announces it. The ranking's row is the lock.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from storage.audit import record_audit
from storage.columns import optional_time
from storage.database import Row, Script
from storage.events import insert_event, is_unattended
from storage.messages import touch_ranking
from storage.ranking_rows import INSERT_DEPUTY, deputy_columns, participant_columns, rules_record
from storage.records.messages import Message
from storage.records.people import Person
from storage.records.rankings import EventKind, Participant, RankingEvent
from storage.stage_work import cancel_stage, plan_answered, plan_deadline, plan_stage
from storage.stages import list_stages, lock_open
from storage.store import ConflictError, NotTakingPartError, StageClosedError

_OF_RANKING = "workspace_id = :workspace_id AND ranking_id = :ranking_id"
_ANY_ANSWER = f"SELECT seq FROM answers WHERE {_OF_RANKING} LIMIT 1"
_NEXT_PLACE = f"SELECT COALESCE(MAX(place), -1) + 1 AS place FROM participants WHERE {_OF_RANKING}"
_TAKES_PART = f"""
SELECT user_id FROM participants
WHERE {_OF_RANKING} AND team_id = :team_id AND user_id = :user_id AND left_at IS NULL
"""
# Who comes back has the seat they had: their answers still stand.
_ADD = """
INSERT INTO participants (workspace_id, ranking_id, team_id, user_id, place, agency, left_at, added_at)
VALUES (:workspace_id, :ranking_id, :team_id, :user_id, :place, :agency, NULL, :added_at)
ON CONFLICT (workspace_id, ranking_id, team_id, user_id) DO UPDATE SET left_at = NULL, added_at = :added_at
"""
_LEAVE = f"""
UPDATE participants SET left_at = :at
WHERE {_OF_RANKING} AND team_id = :team_id AND user_id = :user_id AND left_at IS NULL
RETURNING user_id
"""
_SET_DEADLINE = f"UPDATE stages SET deadline = :deadline WHERE {_OF_RANKING} AND seq = :seq"
# Answers that are being given are kept first.
_HOLD_STAGE = f"SELECT seq FROM stages WHERE {_OF_RANKING} AND seq = :seq FOR NO KEY UPDATE"
_SET_PAUSED = "UPDATE rankings SET paused_at = :at WHERE workspace_id = :workspace_id AND id = :ranking_id"
_SET_FACILITATOR = """
UPDATE rankings SET facilitator_team = :team_id, facilitator_user = :user_id
WHERE workspace_id = :workspace_id AND id = :ranking_id
"""
_DROP_DEPUTIES = f"DELETE FROM deputies WHERE {_OF_RANKING}"
_DROP_DEPUTY = f"{_DROP_DEPUTIES} AND team_id = :team_id AND user_id = :user_id"


def add_participants(
    workspace_id: str,
    ranking_id: str,
    participants: Sequence[Participant],
    actor: Person,
    at: datetime,
    note: Message | None,
) -> Script[RankingEvent]:
    yield from lock_open(workspace_id, ranking_id)
    key = _key(workspace_id, ranking_id)
    new: dict[Person, Participant] = {}
    for each in participants:
        if not (yield _TAKES_PART, key | _ids(each.person)):
            new[each.person] = each
    if not new:
        raise ConflictError(f"they all take part in ranking {ranking_id} already")
    added_at = at if (yield _ANY_ANSWER, key) else None
    place = (yield _NEXT_PLACE, key)[0]["place"]
    rows = participant_columns(workspace_id, ranking_id, new.values(), place)
    yield _ADD, [row | {"added_at": added_at} for row in rows]
    detail = {"people": [_pair(person) for person in new]}
    return (yield from _announce(workspace_id, ranking_id, "added", detail, actor, at, note))


def mark_left(
    workspace_id: str, ranking_id: str, person: Person, actor: Person, at: datetime, note: Message | None
) -> Script[RankingEvent]:
    yield from lock_open(workspace_id, ranking_id)
    if not (yield _LEAVE, _key(workspace_id, ranking_id) | _ids(person) | {"at": at}):
        raise NotTakingPartError(f"takes no part in ranking {ranking_id}")
    # They may have been the only one who was waited for.
    yield from _look_whether_all_answered(workspace_id, ranking_id, at)
    detail = {"person": _pair(person)}
    return (yield from _announce(workspace_id, ranking_id, "left", detail, actor, at, note))


def set_deadline(
    workspace_id: str,
    ranking_id: str,
    seq: int,
    deadline: datetime | None,
    actor: Person,
    at: datetime,
    note: Message | None,
) -> Script[RankingEvent]:
    ranking = yield from _lock_running(workspace_id, ranking_id)
    stage = (yield from list_stages(workspace_id, ranking_id))[-1]
    if stage.seq != seq or stage.closed_at is not None:
        raise StageClosedError(f"stage {seq} of ranking {ranking_id} is closed")
    if stage.deadline == deadline:
        raise ConflictError(f"stage {seq} of ranking {ranking_id} ends then already")
    yield _SET_DEADLINE, _key(workspace_id, ranking_id) | {"seq": seq, "deadline": deadline}
    moved = replace(stage, deadline=deadline)
    yield from plan_deadline(workspace_id, moved, rules_record(ranking["rules"]), at)
    detail = {"seq": seq, "deadline": _iso(deadline), "before": _iso(stage.deadline)}
    return (yield from _announce(workspace_id, ranking_id, "deadline", detail, actor, at, note))


def set_paused(
    workspace_id: str, ranking_id: str, actor: Person, at: datetime, note: Message | None
) -> Script[RankingEvent]:
    yield from _lock_running(workspace_id, ranking_id)
    stage = (yield from list_stages(workspace_id, ranking_id))[-1]
    yield _HOLD_STAGE, _key(workspace_id, ranking_id) | {"seq": stage.seq}
    yield _SET_PAUSED, _key(workspace_id, ranking_id) | {"at": at}
    yield from cancel_stage(workspace_id, ranking_id, stage.seq)
    detail = {"seq": stage.seq}
    return (yield from _announce(workspace_id, ranking_id, "paused", detail, actor, at, note))


def set_resumed(
    workspace_id: str, ranking_id: str, actor: Person, at: datetime, note: Message | None
) -> Script[RankingEvent]:
    ranking = yield from lock_open(workspace_id, ranking_id)
    paused_at = optional_time(ranking["paused_at"])
    if paused_at is None:
        raise ConflictError(f"ranking {ranking_id} is not paused")
    yield _SET_PAUSED, _key(workspace_id, ranking_id) | {"at": None}
    stage = (yield from list_stages(workspace_id, ranking_id))[-1]
    deadline = stage.deadline
    if stage.closed_at is None:
        if deadline is not None:
            deadline += at - paused_at
            yield _SET_DEADLINE, _key(workspace_id, ranking_id) | {"seq": stage.seq, "deadline": deadline}
        moved = replace(stage, deadline=deadline)
        yield from plan_stage(workspace_id, moved, rules_record(ranking["rules"]), at)
        yield from _look_whether_all_answered(workspace_id, ranking_id, at)
    detail = {"seq": stage.seq, "deadline": _iso(deadline), "before": _iso(stage.deadline)}
    return (yield from _announce(workspace_id, ranking_id, "resumed", detail, actor, at, note))


def set_facilitator(
    workspace_id: str, ranking_id: str, person: Person, actor: Person, at: datetime, note: Message | None
) -> Script[RankingEvent]:
    ranking = yield from lock_open(workspace_id, ranking_id)
    before = Person(ranking["facilitator_team"], ranking["facilitator_user"])
    if before == person:
        raise ConflictError(f"runs ranking {ranking_id} already")
    key = _key(workspace_id, ranking_id) | _ids(person)
    # The one who hands over has nothing left to look after in App Home, and must be shown that.
    yield from touch_ranking(workspace_id, ranking_id)
    yield _SET_FACILITATOR, key
    yield _DROP_DEPUTY, key
    handed = {"before": _pair(before), "after": _pair(person)}
    yield from record_audit(workspace_id, "handed_over", actor, at, ranking_id, handed)
    detail = {"person": _pair(person), "before": _pair(before)}
    return (yield from _announce(workspace_id, ranking_id, "facilitator", detail, actor, at, note))


def set_deputies(
    workspace_id: str,
    ranking_id: str,
    deputies: Sequence[Person],
    actor: Person,
    at: datetime,
    note: Message | None,
) -> Script[RankingEvent]:
    yield from lock_open(workspace_id, ranking_id)
    yield from touch_ranking(workspace_id, ranking_id)
    yield _DROP_DEPUTIES, _key(workspace_id, ranking_id)
    yield INSERT_DEPUTY, deputy_columns(workspace_id, ranking_id, deputies)
    detail = {"people": [_pair(person) for person in deputies]}
    return (yield from _announce(workspace_id, ranking_id, "deputies", detail, actor, at, note))


def record_event(
    workspace_id: str,
    ranking_id: str,
    kind: EventKind,
    detail: Mapping[str, object],
    actor: Person,
    at: datetime,
    note: Message | None,
) -> Script[RankingEvent]:
    yield from lock_open(workspace_id, ranking_id)
    if kind == "unattended" and (yield from is_unattended(workspace_id, ranking_id)):
        raise ConflictError(f"that nobody runs ranking {ranking_id} is announced already")
    return (yield from insert_event(workspace_id, ranking_id, kind, detail, actor, at, note))


def _lock_running(workspace_id: str, ranking_id: str) -> Script[Row]:
    ranking = yield from lock_open(workspace_id, ranking_id)
    if ranking["paused_at"] is not None:
        raise ConflictError(f"ranking {ranking_id} is paused")
    return ranking


def _look_whether_all_answered(workspace_id: str, ranking_id: str, at: datetime) -> Script[None]:
    stage = (yield from list_stages(workspace_id, ranking_id))[-1]
    if stage.closed_at is None and stage.answered:
        yield from plan_answered(workspace_id, ranking_id, stage.seq, at)


def _announce(
    workspace_id: str,
    ranking_id: str,
    kind: EventKind,
    detail: Mapping[str, object],
    actor: Person,
    at: datetime,
    note: Message | None,
) -> Script[RankingEvent]:
    yield from touch_ranking(workspace_id, ranking_id)
    return (yield from insert_event(workspace_id, ranking_id, kind, detail, actor, at, note))


def _key(workspace_id: str, ranking_id: str) -> dict[str, object]:
    return {"workspace_id": workspace_id, "ranking_id": ranking_id}


def _ids(person: Person) -> dict[str, object]:
    return {"team_id": person.team_id, "user_id": person.user_id}


def _pair(person: Person) -> list[str]:
    return [person.team_id, person.user_id]


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
