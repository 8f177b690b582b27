"""The forms in which a facilitator makes a proposal, or ends without consensus."""

from collections.abc import Sequence

from slackblocks import (
    Block,
    InputBlock,
    ModalView,
    Option,
    PlainTextInput,
    RadioButtonGroup,
    StaticSelectMenu,
)

from bot.blocks import OPTION_LENGTH, cut, escape, plain, section
from bot.ranking import ids
from bot.ranking.answers.wording import consent_rule_text
from bot.ranking.messages import LIST_BUDGET, fit
from bot.ranking.proposals.proposing import Suggestions
from bot.ranking.result_wording import result_lines
from bot.ranking.snapshot import Snapshot
from bot.ranking.stages import wanted
from bot.ranking.wording import asked_lines, count_text

PLACE_LABELS = ("Most important", "Second", "Third", "Fourth", "Fifth")
WORDS_LENGTH = 1_000
"""Characters that a facilitator can add to an outcome."""


def proposal_modal(snapshot: Snapshot, suggestions: Suggestions) -> ModalView:
    """What may be proposed, with the marks that speak for it, and a menu a place for another choice."""
    stage, proposals = snapshot.stage, suggestions.proposals
    blocks: list[Block] = [
        section(_intro(snapshot)),
        section(fit(_marks_lines(snapshot, suggestions), LIST_BUDGET)),
    ]
    if wanted(stage) > 1 and proposals:
        blocks += [section(_suggested_text(snapshot, suggestions, at)) for at in range(1, len(proposals) + 1)]
        blocks.append(_suggestion_input(snapshot, proposals))
        blocks.append(section("*Your own choice.* It counts when you have chosen it above."))
    first = proposals[0] if proposals else ()
    blocks += [_place_input(snapshot, number, first) for number in range(1, wanted(stage) + 1)]
    return ModalView(
        title=plain("Make a proposal"),
        blocks=blocks,
        submit=plain("Ask for consent"),
        close=plain("Back"),
        callback_id=ids.SEND_PROPOSAL,
        private_metadata=ids.Ref(snapshot.ranking.id, stage.seq).encode(),
    )


def _intro(snapshot: Snapshot) -> str:
    rule = consent_rule_text(snapshot.ranking.rules)
    if snapshot.stage.kind.startswith("discard"):
        return f"Everybody is asked whether they can accept dropping this statement. {rule}"
    count = count_text(snapshot.stage)
    return f"Everybody is asked whether they can accept these {count}, in this order. {rule}"


def _marks_lines(snapshot: Snapshot, suggestions: Suggestions) -> list[str]:
    """How often each statement was named or marked, and what has been proposed before."""
    verb = "named" if snapshot.stage.kind.startswith("discard") else "marked"
    lines = [f"*How many {verb} it:*"]
    lines += [f"{count}  {escape(snapshot.item(item).title)}" for item, count in suggestions.marks.counts]
    if snapshot.stage.kind.startswith("discard") and snapshot.tried:
        titles = "; ".join(escape(snapshot.item(item).title) for item in snapshot.tried)
        lines.append(f"*Proposed before:* {titles}")
    return lines


def _suggested_text(snapshot: Snapshot, suggestions: Suggestions, number: int) -> str:
    proposal = suggestions.proposals[number - 1]
    marked = dict(suggestions.marks.counts)
    lines = [
        f"{at}.  {escape(snapshot.item(item).title)} ({marked.get(item, 0)} marked it)"
        for at, item in enumerate(proposal, start=1)
    ]
    return "\n".join([f"*Proposal {number}*", *lines])


def _suggestion_input(snapshot: Snapshot, proposals: Sequence[tuple[str, ...]]) -> InputBlock:
    """Each proposal by its number and by what sets it apart from the first."""
    options = [Option(plain("Proposal 1"), value="1", description=plain("The nearest to what was marked"))]
    for number, proposal in enumerate(proposals[1:], start=2):
        new = [snapshot.item(item).title for item in proposal if item not in proposals[0]]
        told = cut(f"With: {'; '.join(new)}", OPTION_LENGTH)
        options.append(Option(plain(f"Proposal {number}"), value=str(number), description=plain(told)))
    options.append(Option(plain("My own choice, made below"), value=ids.OWN_PROPOSAL))
    return InputBlock(
        plain("What to propose"),
        RadioButtonGroup(action_id=ids.SUGGESTION_FIELD, options=options, initial_option=options[0]),
        block_id=ids.SUGGESTION_FIELD,
    )


def _place_input(snapshot: Snapshot, number: int, suggested: Sequence[str]) -> InputBlock:
    items = [snapshot.item(item_id) for item_id in snapshot.stage.items]
    options = [Option(plain(cut(item.title, OPTION_LENGTH)), value=item.id) for item in items]
    by_id = {option.value: option for option in options}
    is_discard = snapshot.stage.kind.startswith("discard")
    return InputBlock(
        plain("The statement to drop" if is_discard else PLACE_LABELS[number - 1]),
        StaticSelectMenu(
            placeholder=plain("Choose a statement"),
            action_id=ids.place_field(number),
            options=options,
            initial_option=by_id.get(suggested[number - 1]) if number <= len(suggested) else None,
        ),
        block_id=ids.place_field(number),
    )


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
