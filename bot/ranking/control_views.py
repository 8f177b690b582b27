"""The facilitator's menu, and the form in which a proposal is made."""

from collections.abc import Sequence

from slackblocks import Block, InputBlock, ModalView, Option, StaticSelectMenu

from bot.blocks import OPTION_LENGTH, button, confirm, cut, header, plain, section
from bot.panels import Panel
from bot.ranking import ids
from bot.ranking.messages import LIST_BUDGET, STATUS_LINES, fit
from bot.ranking.results import Marks
from bot.ranking.snapshot import Snapshot
from bot.ranking.stages import Move, wanted
from bot.ranking.wording import asked_lines, count_text, progress_text, result_lines, stage_title

MOVES: dict[Move, tuple[str, str]] = {
    Move.START_DISCARD: ("Go on", "Everybody has read. Ask each person to name one statement to drop."),
    Move.CLOSE: ("End step", "Stop taking answers and show everybody what they come to."),
    Move.PROPOSE: ("Propose", "Put a proposal to the group and ask everybody for consent."),
    Move.ASK_AGAIN: ("Ask again", "Talk it over, then let everybody answer once more."),
    Move.START_RANK: ("Go on", "Drop it, and ask each person to put the rest in order."),
    Move.COMPARE: ("End step", "Stop taking ballots and show the group's order."),
    Move.RANK_AGAIN: ("Rank again", "After talking, let everybody order the statements once more."),
    Move.START_CHOOSE: ("Go on", "Ask each person to mark those that matter most."),
    Move.DECIDE: ("Record the outcome", "Write it into the channel. This ends the ranking."),
    Move.NO_CONSENSUS: (
        "Record no consensus",
        "End without consensus. The last proposal and the dissent are kept.",
    ),
    Move.CANCEL: ("Stop the ranking", "End it here. Nothing is decided."),
}
CONFIRMED: dict[Move, str] = {
    Move.CLOSE: "Nobody can answer or change an answer after this.",
    Move.COMPARE: "Nobody can change a ballot after this.",
    Move.NO_CONSENSUS: "This ends the ranking for good.",
    Move.CANCEL: "This ends the ranking for good. Answers so far are not shown.",
}
PLACE_LABELS = ("Most important", "Second", "Third", "Fourth", "Fifth")


def controls_panel(snapshot: Snapshot) -> Panel:
    """Where the ranking stands, and each way on with its button."""
    ranking, stage = snapshot.ranking, snapshot.stage
    lines = [f"*{stage_title(stage, snapshot.round)}*"]
    if ranking.status == "open":
        lines += [*asked_lines(ranking.items, stage), *result_lines(ranking, stage, snapshot.result)]
        lines.append(progress_text(stage, snapshot.answered, len(ranking.active)))
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
            ids.MOVE,
            ref.encode(),
            style="primary" if move is snapshot.moves[0] else None,
            confirm=confirm("Are you sure?", ask, "Yes, go on") if ask else None,
            spoken=f"{label}: {explanation}",
        )
        blocks.append(section(explanation, accessory=press))
    return Panel("For the facilitator", blocks, summary.replace("*", ""))


def proposal_modal(snapshot: Snapshot, suggestion: Sequence[str]) -> ModalView:
    """One menu a place, filled in with the suggestion where there is one."""
    stage = snapshot.stage
    size = wanted(stage)
    is_discard = stage.kind.startswith("discard")
    options = [
        Option(plain(cut(item.title, OPTION_LENGTH)), value=item.id)
        for item in (snapshot.item(item_id) for item_id in stage.items)
    ]
    by_id = {option.value: option for option in options}
    blocks: list[Block] = [section(_proposal_intro(snapshot))]
    for number in range(1, size + 1):
        suggested = suggestion[number - 1] if number <= len(suggestion) else ""
        label = "The statement to drop" if is_discard else PLACE_LABELS[number - 1]
        blocks.append(
            InputBlock(
                plain(label),
                StaticSelectMenu(
                    placeholder=plain("Choose a statement"),
                    action_id=ids.place_field(number),
                    options=options,
                    initial_option=by_id.get(suggested),
                ),
                block_id=ids.place_field(number),
            )
        )
    return ModalView(
        title=plain("Make a proposal"),
        blocks=blocks,
        submit=plain("Ask for consent"),
        close=plain("Back"),
        callback_id=ids.SEND_PROPOSAL,
        private_metadata=ids.Ref(snapshot.ranking.id, stage.seq).encode(),
    )


def _proposal_intro(snapshot: Snapshot) -> str:
    if snapshot.stage.kind.startswith("discard"):
        return "Everybody is asked whether they can accept dropping this statement. One block stops it."
    told = ""
    if isinstance(snapshot.result, Marks):
        told = " They are filled in from the marks, in the group's order. Change what does not fit."
    count = count_text(snapshot.stage)
    return (
        f"Everybody is asked whether they can accept these {count}, in this order. One block stops it.{told}"
    )
