"""Stages of a ranking, and its end: what moves a ranking on.

The ranking's row is the lock: of two people who press at once, the second is told.
"""

import json
from collections.abc import Sequence
from datetime import datetime

from storage.columns import optional_time
from storage.database import Row, Script
from storage.messages import insert_messages, touch_ranking
from storage.ranking_rows import rules_record
from storage.records.messages import Message
from storage.records.rankings import RankingStatus, Rules, Stage
from storage.stage_work import cancel_stage, plan_pictures, plan_stage, with_deadline
from storage.store import ConflictError, NotFoundError
from storage.voters import forget_voters

STAGE_COLUMNS = (
    "ranking_id",
    "seq",
    "kind",
    "items",
    "opened_at",
    "proposal",
    "closed_at",
    "answered",
    "deadline",
)

_LIST = f"""
SELECT {", ".join(STAGE_COLUMNS)} FROM stages
WHERE workspace_id = :workspace_id AND ranking_id = :ranking_id
ORDER BY seq
"""
_LOCK_RANKING = """
SELECT status, rules, paused_at, facilitator_team, facilitator_user FROM rankings
WHERE workspace_id = :workspace_id AND id = :ranking_id
FOR NO KEY UPDATE
"""
_CURRENT = """
SELECT MAX(seq) AS seq FROM stages WHERE workspace_id = :workspace_id AND ranking_id = :ranking_id
"""
_INSERT = """
INSERT INTO stages
    (workspace_id, ranking_id, seq, kind, items, opened_at, proposal, closed_at, answered, deadline)
VALUES (:workspace_id, :ranking_id, :seq, :kind, :items, :opened_at, :proposal, :closed_at, 0, :deadline)
"""
_CLOSE = """
UPDATE stages SET closed_at = :at
WHERE workspace_id = :workspace_id AND ranking_id = :ranking_id AND seq = :seq AND closed_at IS NULL
RETURNING kind
"""
_END = """
UPDATE rankings SET status = :status, outcome = :outcome, ended_at = :at
WHERE workspace_id = :workspace_id AND id = :ranking_id
"""


def list_stages(workspace_id: str, ranking_id: str) -> Script[list[Stage]]:
    rows = yield _LIST, {"workspace_id": workspace_id, "ranking_id": ranking_id}
    return [stage_record(row) for row in rows]


def begin_stage(workspace_id: str, stage: Stage, rules: Rules) -> Script[None]:
    """Keep a new stage, and plan what the clock has to do about it."""
    stage = with_deadline(stage, rules)
    yield (
        _INSERT,
        {
            "workspace_id": workspace_id,
            "ranking_id": stage.ranking_id,
            "seq": stage.seq,
            "kind": stage.kind,
            "items": stage.items,
            "opened_at": stage.opened_at,
            "proposal": stage.proposal,
            "closed_at": stage.closed_at,
            "deadline": stage.deadline,
        },
    )
    yield from plan_stage(workspace_id, stage, rules, stage.opened_at)


def close_stage(workspace_id: str, ranking_id: str, seq: int, at: datetime) -> Script[None]:
    yield from _lock_current(workspace_id, ranking_id, seq)
    if not (yield from _close(workspace_id, ranking_id, seq, at)):
        raise ConflictError(f"stage {seq} of ranking {ranking_id} is closed already")
    yield from touch_ranking(workspace_id, ranking_id)


def open_stage(
    workspace_id: str, ranking_id: str, after_seq: int, stage: Stage, messages: Sequence[Message]
) -> Script[None]:
    if (stage.ranking_id, stage.seq) != (ranking_id, after_seq + 1):
        raise ValueError(
            f"stage {stage.seq} of {stage.ranking_id} does not follow {after_seq} of {ranking_id}"
        )
    ranking = yield from _lock_current(workspace_id, ranking_id, after_seq)
    if ranking["paused_at"] is not None:
        raise ConflictError(f"ranking {ranking_id} is paused")
    yield from _close(workspace_id, ranking_id, after_seq, stage.opened_at)
    yield from begin_stage(workspace_id, stage, rules_record(ranking["rules"]))
    yield from touch_ranking(workspace_id, ranking_id)
    yield from insert_messages(messages)


def end_ranking(
    workspace_id: str,
    ranking_id: str,
    after_seq: int,
    status: RankingStatus,
    outcome: tuple[str, ...],
    at: datetime,
    messages: Sequence[Message],
) -> Script[bool]:
    """End a ranking; True when that destroyed the key of an anonymous one."""
    yield from _lock_current(workspace_id, ranking_id, after_seq)
    yield from _close(workspace_id, ranking_id, after_seq, at)
    values = {"workspace_id": workspace_id, "ranking_id": ranking_id, "status": status}
    yield _END, values | {"outcome": outcome, "at": at}
    forgotten = yield from forget_voters(workspace_id, ranking_id)
    yield from touch_ranking(workspace_id, ranking_id)
    yield from insert_messages(messages)
    return forgotten


def stage_record(row: Row) -> Stage:
    return Stage(
        ranking_id=row["ranking_id"],
        seq=row["seq"],
        kind=row["kind"],
        items=tuple(json.loads(row["items"])),
        opened_at=datetime.fromisoformat(row["opened_at"]),
        proposal=tuple(json.loads(row["proposal"])),
        closed_at=optional_time(row["closed_at"]),
        answered=row["answered"],
        deadline=optional_time(row["deadline"]),
    )


def lock_open(workspace_id: str, ranking_id: str) -> Script[Row]:
    """Hold an open ranking until the end of the transaction, and return what may matter of its row.

    :raises NotFoundError: no such ranking
    :raises ConflictError: it has ended
    """
    rows = yield _LOCK_RANKING, {"workspace_id": workspace_id, "ranking_id": ranking_id}
    if not rows:
        raise NotFoundError(f"no ranking {ranking_id}")
    if rows[0]["status"] != "open":
        raise ConflictError(f"ranking {ranking_id} has ended")
    return rows[0]


def _lock_current(workspace_id: str, ranking_id: str, seq: int) -> Script[Row]:
    """Hold the ranking; ConflictError unless it is open and `seq` can be moved on from."""
    ranking = yield from lock_open(workspace_id, ranking_id)
    current = yield _CURRENT, {"workspace_id": workspace_id, "ranking_id": ranking_id}
    if current[0]["seq"] != seq:
        raise ConflictError(f"stage {seq} of ranking {ranking_id} is not the current one")
    return ranking


def _close(workspace_id: str, ranking_id: str, seq: int, at: datetime) -> Script[bool]:
    values = {"workspace_id": workspace_id, "ranking_id": ranking_id, "seq": seq, "at": at}
    rows = yield _CLOSE, values
    yield from cancel_stage(workspace_id, ranking_id, seq)
    if rows and rows[0]["kind"] == "rank":
        yield from plan_pictures(workspace_id, ranking_id, seq, at)
    return bool(rows)
