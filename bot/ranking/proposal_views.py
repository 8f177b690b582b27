"""The forms in which a facilitator makes a proposal, or ends without consensus."""

from collections.abc import Sequence

from slackblocks import Block, InputBlock, ModalView, Option, PlainTextInput, StaticSelectMenu

from bot.blocks import OPTION_LENGTH, cut, plain, section
from bot.ranking import ids
from bot.ranking.answer_wording import blocks_text
from bot.ranking.messages import LIST_BUDGET, fit
from bot.ranking.result_wording import result_lines
from bot.ranking.results import Marks
from bot.ranking.snapshot import Snapshot
from bot.ranking.stages import wanted
from bot.ranking.wording import asked_lines, count_text

PLACE_LABELS = ("Most important", "Second", "Third", "Fourth", "Fifth")
WORDS_LENGTH = 1_000
"""Characters that a facilitator can add to an outcome."""


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
    blocks: list[Block] = [section(_intro(snapshot))]
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


def _intro(snapshot: Snapshot) -> str:
    stops = blocks_text(snapshot.ranking.rules)
    if snapshot.stage.kind.startswith("discard"):
        return f"Everybody is asked whether they can accept dropping this statement. {stops}"
    told = ""
    if isinstance(snapshot.result, Marks):
        told = " They are filled in from the marks, in the group's order. Change what does not fit."
    count = count_text(snapshot.stage)
    return f"Everybody is asked whether they can accept these {count}, in this order. {stops}{told}"


def dissent_modal(snapshot: Snapshot) -> ModalView:
    """The dissent as it will be written into the outcome, and room for a sentence of the facilitator's."""
    stage = snapshot.stage
    lines = asked_lines(snapshot.ranking.items, stage)
    lines += result_lines(snapshot.ranking, stage, snapshot.result)
    blocks: list[Block] = [
        section("This ends the ranking for good. What stands here is written into the outcome:"),
        section(fit(lines, LIST_BUDGET)),
        InputBlock(
            plain("Is there something to add?"),
            PlainTextInput(action_id=ids.WORDS_FIELD, multiline=True, max_length=WORDS_LENGTH),
            hint=plain("What the group will do about it, for example. It is shown with your name."),
            block_id=ids.WORDS_FIELD,
            optional=True,
        ),
    ]
    return ModalView(
        title=plain("Without consensus"),
        blocks=blocks,
        submit=plain("End the ranking"),
        close=plain("Back"),
        callback_id=ids.SEND_DISSENT,
        private_metadata=ids.Ref(snapshot.ranking.id, stage.seq).encode(),
    )
