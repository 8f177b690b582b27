"""What the clock has to do about a stage: close it at its deadline, remind those who have not answered.

It also looks whether everybody has answered, a minute after each complete answer. Work about stage 3 of
ranking R1 has the subject `R1:3` and the ids `deadline:R1:3`, `reminder:R1:3`, `last_call:R1:3` (a
reminder, too) and `answered:R1:3`.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from storage.database import Script
from storage.records.rankings import Rules, Stage
from storage.work import cancel_work, plan_work

DEADLINE = "ranking.deadline"
REMINDER = "ranking.reminder"
PICTURES = "ranking.pictures"
ANSWERED = "ranking.answered"
SETTLES_AFTER = timedelta(seconds=60)
"""How long the last answer can be mended before the stage ends because everybody has answered."""
LONGEST_LAST_CALL = timedelta(days=1)
_WITHOUT_ANSWERS = ("read", "compare")


def with_deadline(stage: Stage, rules: Rules) -> Stage:
    """The stage with the deadline that the rules give it, if it takes answers and has none of its own."""
    if stage.deadline is not None or not rules.stage_hours or stage.kind in _WITHOUT_ANSWERS:
        return stage
    return replace(stage, deadline=stage.opened_at + timedelta(hours=rules.stage_hours))


def last_call(since: datetime, deadline: datetime) -> datetime:
    """When to remind for the last time: a day before the end, or a quarter of the time of a short stage."""
    return deadline - min(LONGEST_LAST_CALL, (deadline - since) / 4)


def plan_stage(workspace_id: str, stage: Stage, rules: Rules, since: datetime) -> Script[None]:
    """Plan the deadline of an open stage, and its first reminder a whole interval after `since`."""
    yield from plan_deadline(workspace_id, stage, rules, since)
    if rules.remind_hours and stage.kind not in _WITHOUT_ANSWERS:
        subject = f"{stage.ranking_id}:{stage.seq}"
        due_at = since + timedelta(hours=rules.remind_hours)
        yield from plan_work(workspace_id, f"reminder:{subject}", REMINDER, subject, due_at)


def plan_deadline(workspace_id: str, stage: Stage, rules: Rules, since: datetime) -> Script[None]:
    """Plan the deadline of a stage and the last call before it, or take both away."""
    subject = f"{stage.ranking_id}:{stage.seq}"
    if stage.deadline is None:
        yield from cancel_work(workspace_id, f"deadline:{subject}")
        yield from cancel_work(workspace_id, f"last_call:{subject}")
        return
    yield from plan_work(workspace_id, f"deadline:{subject}", DEADLINE, subject, stage.deadline)
    if rules.remind_hours and stage.kind not in _WITHOUT_ANSWERS:
        due_at = last_call(since, stage.deadline)
        yield from plan_work(workspace_id, f"last_call:{subject}", REMINDER, subject, due_at)


def plan_answered(workspace_id: str, ranking_id: str, seq: int, at: datetime) -> Script[None]:
    """Look whether everybody has answered, once nobody has for a minute after `at`."""
    subject = f"{ranking_id}:{seq}"
    yield from plan_work(workspace_id, f"answered:{subject}", ANSWERED, subject, at + SETTLES_AFTER)


def cancel_stage(workspace_id: str, ranking_id: str, seq: int) -> Script[None]:
    yield from cancel_work(workspace_id, f"deadline:{ranking_id}:{seq}")
    yield from cancel_work(workspace_id, f"reminder:{ranking_id}:{seq}")
    yield from cancel_work(workspace_id, f"last_call:{ranking_id}:{seq}")
    yield from cancel_work(workspace_id, f"answered:{ranking_id}:{seq}")


def plan_pictures(workspace_id: str, ranking_id: str, seq: int, at: datetime) -> Script[None]:
    """Have the pictures of an order that has just been closed drawn, once."""
    subject = f"{ranking_id}:{seq}"
    yield from plan_work(workspace_id, f"pictures:{subject}", PICTURES, subject, at)
