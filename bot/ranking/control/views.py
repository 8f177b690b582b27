"""The facilitator's menu."""

from slackblocks import Block

from bot.blocks import actions, button, confirm, header, section
from bot.panels import Panel
from bot.ranking import ids
from bot.ranking.messages import LIST_BUDGET, STATUS_LINES, ends_text, fit
from bot.ranking.result_wording import result_lines
from bot.ranking.snapshot import Snapshot
from bot.ranking.stages import Move, takes_answers
from bot.ranking.wording import asked_lines, progress_text, stage_title

MOVES: dict[Move, tuple[str, str]] = {
    Move.START_DISCARD: ("Go on", "Everybody has read. Ask each person to name one statement to drop."),
    Move.CLOSE: ("End step", "Stop taking answers and show everybody what they come to."),
    Move.PROPOSE: ("Propose", "Put a proposal to the group and ask everybody for consent."),
    Move.ASK_AGAIN: ("Ask again", "Talk it over, then let everybody answer once more."),
    Move.START_RANK: ("Go on", "Ask each person to put the statements in order."),
    Move.COMPARE: ("End step", "Stop taking ballots and show the group's order."),
    Move.RANK_AGAIN: ("Rank again", "After talking, let everybody order the statements once more."),
    Move.START_CHOOSE: ("Go on", "Ask each person to mark those that matter most."),
    Move.DECIDE: ("Record the outcome", "Write it into the channel. This ends the ranking."),
    Move.RECORD_ORDER: (
        "Record the order",
        "Write the order that was counted into the channel. Nobody is asked to consent to it. "
        "This ends the ranking.",
    ),
    Move.NO_CONSENSUS: (
        "Record no consensus",
        "End without consensus. The last proposal and the dissent are kept.",
    ),
    Move.CANCEL: ("Stop the ranking", "End it here. Nothing is decided."),
}
CONFIRMED: dict[Move, str] = {
    Move.CLOSE: "Nobody can answer or change an answer after this.",
    Move.COMPARE: "Nobody can change a ballot after this.",
    Move.RECORD_ORDER: "This ends the ranking for good.",
    Move.CANCEL: "This ends the ranking for good. Answers so far are not shown.",
}
FORMS = {Move.PROPOSE: ids.OPEN_PROPOSAL, Move.NO_CONSENSUS: ids.OPEN_DISSENT}
"""Moves that a form of their own says more about."""


def controls_panel(snapshot: Snapshot) -> Panel:
    """Where the ranking stands, each way on with its button, and the way to everything else."""
    ranking, stage = snapshot.ranking, snapshot.stage
    lines = [f"*{stage_title(stage, ranking.rules.steps, snapshot.round)}*"]
    if ranking.status == "open":
        lines += [*asked_lines(ranking.items, stage), *result_lines(ranking, stage, snapshot.result)]
        lines.append(progress_text(snapshot))
        lines.append(ends_text(ranking, stage))
    else:
        lines = [STATUS_LINES[ranking.status]]
    summary = fit([line for line in lines if line], LIST_BUDGET)
    blocks: list[Block] = [section(summary)]
    ref = ids.Ref(ranking.id, stage.seq).encode()
    ways_on = [move for move in snapshot.moves if move is not Move.CANCEL]
    if ranking.status == "open":
        blocks.append(header("How to go on"))
        if ranking.paused_at:
            blocks.append(_row("Let people answer again. No time was lost.", "Resume", ids.RESUME, ref, True))
        blocks += [_move_row(snapshot, move, is_next=move is ways_on[0]) for move in ways_on]
        blocks.append(
            _row("Time, reminders, people, the record, and stopping it.", "More", ids.SHOW_MORE, ref)
        )
    return Panel("For the facilitator", blocks, _spoken(summary))


def more_panel(snapshot: Snapshot) -> Panel:
    """What a facilitator can change besides going on, by group."""
    ranking, stage = snapshot.ranking, snapshot.stage
    if ranking.status != "open":
        return controls_panel(snapshot)
    ref = ids.Ref(ranking.id, stage.seq).encode()
    blocks: list[Block] = [header("Time")]
    if ranking.paused_at:
        blocks.append(_row("Let people answer again. No time was lost.", "Resume", ids.RESUME, ref, True))
    else:
        if stage.closed_at is None and stage.kind != "compare":
            label = "Move the end" if stage.deadline else "Set an end"
            blocks.append(
                _row(ends_text(ranking, stage) or "This step has no end yet.", label, ids.OPEN_DEADLINE, ref)
            )
        if takes_answers(stage):
            blocks.append(
                _row("Remind those who have not answered, in their daytime.", "Remind now", ids.REMIND, ref)
            )
        blocks.append(_row("Take no answers for a while. No time is lost.", "Pause", ids.PAUSE, ref))
    blocks += [
        header("People"),
        _row("Somebody else takes part from now on.", "Add people", ids.OPEN_ADDING, ref),
        _row("Their answers so far stand.", "Somebody has left", ids.OPEN_LEAVING, ref),
        _row("They may do all that you may.", "Name helpers", ids.OPEN_HELPERS, ref),
        _row("Somebody else becomes the facilitator.", "Hand over", ids.OPEN_HANDOVER, ref),
        header("The record"),
        _row("What was answered so far, as files.", "Export", ids.OPEN_EXPORT, ref),
        header("The end"),
        _move_row(snapshot, Move.CANCEL, is_next=False),
        actions(button("Back", ids.SHOW_FIRST, ref)),
    ]
    return Panel("More", blocks, "Time, people, the record and the end of this ranking.")


def step_in_panel(snapshot: Snapshot) -> Panel:
    """What an admin can do about a ranking whose facilitator is gone."""
    ranking = snapshot.ranking
    text = (
        f"<@{ranking.facilitator.user_id}>, who facilitates this ranking, is no longer here. As an admin you "
        "can take over, or hand it to somebody in the channel. You see no answers that others do not see."
    )
    ref = ids.Ref(ranking.id, snapshot.stage.seq).encode()
    blocks: list[Block] = [
        section(text),
        _row("You become the facilitator.", "Take over", ids.TAKE_OVER, ref, True),
        _row("Somebody else becomes the facilitator.", "Hand over", ids.OPEN_HANDOVER, ref),
    ]
    return Panel("For an admin", blocks, text)


def _move_row(snapshot: Snapshot, move: Move, *, is_next: bool) -> Block:
    label, explanation = MOVES[move]
    ref = ids.Ref(snapshot.ranking.id, snapshot.stage.seq, move.value)
    ask = CONFIRMED.get(move)
    press = button(
        label,
        FORMS.get(move, ids.MOVE),
        ref.encode(),
        style="primary" if is_next else None,
        confirm=confirm("Are you sure?", ask, "Yes, go on") if ask else None,
        spoken=f"{label}: {explanation}",
    )
    return section(explanation, accessory=press)


def _row(text: str, label: str, action_id: str, value: str, is_next: bool = False) -> Block:
    press = button(
        label, action_id, value, style="primary" if is_next else None, spoken=f"{label}: {_spoken(text)}"
    )
    return section(text, accessory=press)


def _spoken(text: str) -> str:
    return text.replace("*", "")
