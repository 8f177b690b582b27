"""Direct messages to a facilitator: what has happened while they were away, and the button for it."""

from datetime import datetime

from slackblocks import Block

from bot.blocks import actions, button, confirm, escape, section
from bot.delivery.content import Content
from bot.ranking import ids
from bot.ranking.snapshot import Snapshot
from bot.ranking.stages import Move, takes_answers
from bot.ranking.wording import stage_title
from storage.records.messages import Message
from storage.records.rankings import Ranking

ANSWERED = "answered"
DEADLINE = "deadline"
UNANSWERED = "unanswered"
CHANNEL = "channel"


def notice_of(ranking: Ranking, what: str, seq: int, at: datetime) -> Message:
    """The row of a notice; it follows the ranking."""
    return Message(
        ranking.workspace_id,
        ids.notice_id(ranking.id, what, seq, at),
        ids.NOTICE_KIND,
        ids.subject(ranking.id),
        ranking.facilitator.user_id,
    )


def notice_message(snapshot: Snapshot, what: str, seq: int) -> Content | None:
    """What happened, and what can be done about it as long as it can; None while it has not happened yet."""
    ranking = snapshot.ranking
    head = f"*{escape(ranking.title)}* in <#{ranking.channel_id}>"
    if what == CHANNEL:
        return _channel_notice(snapshot, head)
    if ranking.status != "open":
        return _told(f"{head}\nThe ranking has ended.")
    if what == UNANSWERED:
        return _unanswered_notice(snapshot, head, seq)
    why = "Everybody has answered" if what == ANSWERED else "The time is up"
    step = snapshot.stages[seq - 1]
    if step.closed_at is None:
        return None
    text = f"{head}\n{why}, so this step has ended: “{stage_title(step, ranking.rules.steps)}”."
    if takes_answers(snapshot.stage) or ranking.paused_at:
        return _told(text)
    return _told(
        f"{text} You choose how to go on.",
        actions(button("Go on", ids.OPEN_CONTROLS, ids.Ref(ranking.id).encode(), style="primary")),
    )


def _unanswered_notice(snapshot: Snapshot, head: str, seq: int) -> Content:
    ranking, stage = snapshot.ranking, snapshot.stage
    if stage.seq != seq or stage.closed_at or stage.answered:
        return _told(f"{head}\nA step had no answers when its time was up. It has moved on since.")
    text = (
        f"{head}\nThe time is up and nobody has answered: {stage_title(stage, ranking.rules.steps)}. "
        "The step stays open. Give it more time, or stop the ranking."
    )
    more = button("Give more time", ids.OPEN_DEADLINE, ids.Ref(ranking.id, seq).encode(), style="primary")
    stop = button(
        "Stop the ranking",
        ids.MOVE,
        ids.Ref(ranking.id, seq, Move.CANCEL.value).encode(),
        confirm=confirm(
            "Are you sure?", "This ends the ranking for good. Nothing is decided.", "Yes, stop it"
        ),
    )
    return _told(text, actions(more, stop))


def _channel_notice(snapshot: Snapshot, head: str) -> Content:
    if snapshot.ranking.status != "open":
        return _told(f"{head}\nThe ranking has ended.")
    if not snapshot.ranking.paused_at:
        return _told(f"{head}\nI can write in the channel again, and the ranking goes on.")
    return _told(
        f"{head}\nI cannot write in this channel any more, so the ranking is paused. No answer is lost. If "
        "the channel is archived, ask somebody to unarchive it. If I was removed, type /invite @Common "
        "Ground in it. Then the ranking goes on by itself."
    )


def _told(text: str, *rows: Block) -> Content:
    return Content(text.replace("*", ""), [section(text), *rows])
