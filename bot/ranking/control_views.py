"""The facilitator's menu."""

from slackblocks import Block

from bot.blocks import button, confirm, header, section
from bot.panels import Panel
from bot.ranking import ids
from bot.ranking.messages import LIST_BUDGET, STATUS_LINES, fit
from bot.ranking.result_wording import result_lines
from bot.ranking.snapshot import Snapshot
from bot.ranking.stages import Move
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
    """Where the ranking stands, and each way on with its button."""
    ranking, stage = snapshot.ranking, snapshot.stage
    lines = [f"*{stage_title(stage, ranking.rules.steps, snapshot.round)}*"]
    if ranking.status == "open":
        lines += [*asked_lines(ranking.items, stage), *result_lines(ranking, stage, snapshot.result)]
        lines.append(progress_text(snapshot))
    else:
        lines = [STATUS_LINES[ranking.status]]
    summary = fit([line for line in lines if line], LIST_BUDGET)
    blocks: list[Block] = [section(summary)]
    if snapshot.moves:
        blocks.append(header("How to go on"))
    for move in snapshot.moves:
        label, explanation = MOVES[move]
        ref = ids.Ref(ranking.id, stage.seq, move.value)
        ask = CONFIRMED.get(move)
        press = button(
            label,
            FORMS.get(move, ids.MOVE),
            ref.encode(),
            style="primary" if move is snapshot.moves[0] else None,
            confirm=confirm("Are you sure?", ask, "Yes, go on") if ask else None,
            spoken=f"{label}: {explanation}",
        )
        blocks.append(section(explanation, accessory=press))
    return Panel("For the facilitator", blocks, summary.replace("*", ""))
