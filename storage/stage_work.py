"""What the clock has to do about a stage: close it at its deadline, remind those who have not answered.

Work about stage 3 of ranking R1 has the subject `R1:3` and the ids `deadline:R1:3` and `reminder:R1:3`.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from storage.database import Script
from storage.records import Rules, Stage
from storage.work import cancel_work, plan_work

DEADLINE = "ranking.deadline"
REMINDER = "ranking.reminder"
_WITHOUT_ANSWERS = ("read", "compare")


def with_deadline(stage: Stage, rules: Rules) -> Stage:
    """The stage with the deadline that the rules give it, if it takes answers and has none of its own."""
    if stage.deadline is not None or not rules.stage_hours or stage.kind in _WITHOUT_ANSWERS:
        return stage
    return replace(stage, deadline=stage.opened_at + timedelta(hours=rules.stage_hours))


def plan_stage(workspace_id: str, stage: Stage, rules: Rules, since: datetime) -> Script[None]:
    """Plan the deadline of an open stage, and its first reminder a whole interval after `since`."""
    yield from plan_deadline(workspace_id, stage.ranking_id, stage.seq, stage.deadline)
    if rules.remind_hours and stage.kind not in _WITHOUT_ANSWERS:
        subject = f"{stage.ranking_id}:{stage.seq}"
        due_at = since + timedelta(hours=rules.remind_hours)
        yield from plan_work(workspace_id, f"reminder:{subject}", REMINDER, subject, due_at)


def plan_deadline(workspace_id: str, ranking_id: str, seq: int, deadline: datetime | None) -> Script[None]:
    """Move the deadline of a stage, or take it away."""
    subject = f"{ranking_id}:{seq}"
    if deadline is None:
        yield from cancel_work(workspace_id, f"deadline:{subject}")
    else:
        yield from plan_work(workspace_id, f"deadline:{subject}", DEADLINE, subject, deadline)


def cancel_stage(workspace_id: str, ranking_id: str, seq: int) -> Script[None]:
    yield from cancel_work(workspace_id, f"deadline:{ranking_id}:{seq}")
    yield from cancel_work(workspace_id, f"reminder:{ranking_id}:{seq}")
