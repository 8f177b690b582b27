"""Stages and their results in words, for the channel, the thread, the menu and the outcome.

Lines are Slack's mrkdwn; statements and reasons are escaped here, once.
"""

from collections.abc import Collection, Sequence

from bot.blocks import cut, escape
from bot.ranking.counting.chance import chance_of_w
from bot.ranking.counting.report import agreement_texts, band_text, chance_text
from bot.ranking.counting.tally import Tally
from bot.ranking.results import GroupOrder, Marks
from bot.ranking.snapshot import Result
from bot.ranking.stages import (
    COUNTS,
    TITLES,
    Consent,
    Position,
    Verdict,
    chosen_of,
    step_place,
    takes_answers,
)
from storage.records import Item, Person, Ranking, Stage, StepName

HIDDEN = "Nobody sees an answer before the step ends."
LIKELY_BY_CHANCE = 0.05
MOST_NAMES = 20
MOST_REASONS = 8
REASON_SHOWN = 250

POSITIONS: dict[Position, tuple[str, str, str]] = {
    Position.SUPPORT: ("I support it", "supports it", "support it"),
    Position.ACCEPT: ("I can live with it", "can live with it", "can live with it"),
    Position.ASIDE: ("I stand aside", "stands aside", "stand aside"),
    Position.BLOCK: ("I block it", "blocks it", "block it"),
}
"""What a person says, and how it is told of one and of several."""

ASKED: dict[str, str] = {
    "discard": "Each person privately named the one statement the group can do without.",
    "discard_consent": "The proposal was to drop this statement:",
    "rank": "Each person privately put the statements in order.",
    "choose": "Each person privately marked the {count} statements that matter most.",
    "choose_consent": "The proposal was these {count}, in this order:",
}
"""What a stage that has ended had asked."""
ASKS: dict[str, str] = {
    "read": "Read the statements and talk about them in the thread. What does each mean in your service?",
    "discard": "Each of you privately names the one statement the group can do without.",
    "discard_consent": "Say whether you can accept dropping this statement:",
    "rank": "Each of you privately puts the statements in order, the most important first.",
    "compare": "Read the statements again. Look for what is alike and what differs, and talk about it.",
    "choose": "Each of you privately marks the {count} statements that matter most.",
    "choose_consent": "Say whether you can accept these {count}, in this order:",
}


def stage_title(stage: Stage, steps: Collection[StepName], round_number: int = 1) -> str:
    """Such as "Step 2 of 6: Name one to drop (round 2)"; `steps` are those that are kept."""
    number, last = step_place(stage.kind, steps)
    title = TITLES[stage.kind].format(count=count_text(stage))
    again = f" (round {round_number})" if round_number > 1 else ""
    return f"Step {number} of {last}: {title}{again}"


def ask_text(stage: Stage) -> str:
    """What the stage asks of everybody, or had asked."""
    words = ASKED.get(stage.kind, ASKS[stage.kind]) if stage.closed_at else ASKS[stage.kind]
    return words.format(count=count_text(stage))


def count_text(stage: Stage) -> str:
    """How many statements are chosen of those in play, as a word."""
    return COUNTS[chosen_of(len(stage.items))]


def people_text(people: Sequence[Person]) -> str:
    """The people by name, at most MOST_NAMES of them."""
    names = ", ".join(f"<@{person.user_id}>" for person in people[:MOST_NAMES])
    more = len(people) - MOST_NAMES
    return f"{names} and {more} more" if more > 0 else names


def numbered(items: Sequence[Item]) -> list[str]:
    """Titles with their places."""
    return [f"{at}.  {escape(item.title)}" for at, item in enumerate(items, start=1)]


def asked_lines(items: Sequence[Item], stage: Stage) -> list[str]:
    """What the stage asks of everybody, with its proposal from `items`."""
    proposal = proposed(items, stage)
    if len(proposal) == 1:
        return [ask_text(stage), f"> *{escape(proposal[0].title)}*"]
    return [ask_text(stage), *(f"> *{line}*" for line in numbered(proposal))]


def proposed(items: Sequence[Item], stage: Stage) -> list[Item]:
    """The statements of a consent stage's proposal, in its order."""
    by_id = {item.id: item for item in items}
    return [by_id[item_id] for item_id in stage.proposal]


def progress_text(stage: Stage, answered: Sequence[Person], participants: int) -> str:
    """How many have answered, and who unless that is not told (`answered` is empty then); never what."""
    if not takes_answers(stage):
        return ""
    count = f"*{stage.answered} of {participants}* have answered"
    return f"{count}: {people_text(answered)}. {HIDDEN}" if answered else f"{count}. {HIDDEN}"


def result_lines(ranking: Ranking, stage: Stage, result: Result) -> list[str]:
    """What a closed stage came to."""
    if isinstance(result, Marks):
        return _marks_lines(ranking, stage, result)
    if isinstance(result, GroupOrder):
        return [*order_lines(ranking, result), "", *agreement_lines(result)]
    if isinstance(result, Consent):
        return consent_lines(result)
    return []


def order_lines(ranking: Ranking, order: GroupOrder) -> list[str]:
    """The group's order in bands, with how sure it is."""
    return [*place_lines(ranking, order), "", _sureness(order)]


def place_lines(ranking: Ranking, order: GroupOrder) -> list[str]:
    """The group's order in bands, such as "2-3" where it leaves two places open."""
    bands = order.tally.bands
    return [f"*{band_text(bands[item])}*  {escape(_item(ranking, item).title)}" for item in order.items]


def agreement_lines(order: GroupOrder) -> list[str]:
    """How alike the ballots are: one plain sentence, then the figures against chance."""
    return [alike_text(order.tally), *agreement_texts(order.tally)]


def alike_text(tally: Tally) -> str:
    """How often groups that order at random come out as alike as this one, in a sentence."""
    w = tally.kendall_w
    if w is None:
        return ""
    chance = chance_of_w(w, tally.ballots, len(tally.items))
    if w >= 1:
        return "Everybody gave the same order."
    often = f"random orders are this alike in {chance_text(chance)} groups"
    if chance < LIKELY_BY_CHANCE:
        return f"You agree more than chance explains: {often}."
    return f"You agree little: {often}."


def consent_lines(consent: Consent) -> list[str]:
    """How the proposal was answered, what follows, and the reasons given."""
    told = [
        f"{count} {POSITIONS[position][1 if count == 1 else 2]}"
        for position, count in consent.counts.items()
        if count
    ]
    lines = ["; ".join(told) + "." if told else "Nobody answered."]
    return [*lines, verdict_text(consent), *reason_lines(consent)]


def verdict_text(consent: Consent) -> str:
    """Whether the proposal is accepted, and why or why not."""
    blocks, needed = consent.counts[Position.BLOCK], consent.blocks_needed
    if consent.verdict is Verdict.TOO_FEW:
        return f"*Not accepted*: {consent.answered} answered, and it takes {consent.quorum}."
    if consent.verdict is Verdict.BLOCKED:
        if needed == 1:
            return "*Not accepted*: nothing is decided over a block."
        return f"*Not accepted*: {blocks} block it, and you agreed that {needed} blocks stop a proposal."
    if not blocks:
        return "*Accepted*: enough people answered, and nobody blocks it."
    return (
        f"*Accepted*: enough people answered. It takes {needed} blocks to stop a proposal, as you agreed "
        f"before the start; there {'was' if blocks == 1 else 'were'} {blocks}."
    )


def reason_lines(consent: Consent) -> list[str]:
    """Reasons with who gave them, blocks first."""
    lines = []
    for answer in consent.dissent[:MOST_REASONS]:
        says = POSITIONS[Position(answer.choice[0])][0]
        reason = escape(cut(" ".join(answer.reason.split()), REASON_SHOWN))
        lines.append(f"> <@{answer.person.user_id}>: {says}. {reason}".rstrip())
    more = len(consent.dissent) - MOST_REASONS
    return [*lines, f"> and {more} more reasons"] if more > 0 else lines


def _marks_lines(ranking: Ranking, stage: Stage, marks: Marks) -> list[str]:
    verb = "named" if stage.kind == "discard" else "marked"
    lines = [
        f"*{count} of {marks.voters}* {verb}: {escape(_item(ranking, item).title)}"
        for item, count in marks.counts
    ]
    if stage.kind == "choose" and marks.voters > 1:
        everybody = len(marks.unanimous)
        lines.append(
            f"Everybody marked {everybody} of them." if everybody else "No statement was marked by all."
        )
    return lines


def _sureness(order: GroupOrder) -> str:
    count = order.tally.orders_optimal
    if order.tally.order:
        return "This is the one order that fits the ballots best."
    if count is None:
        return 'A place such as "2-3" means that the ballots leave it open.'
    return f'{count:,} orders fit the ballots equally well. A place such as "2-3" spans all of them.'


def _item(ranking: Ranking, item_id: str) -> Item:
    return next(item for item in ranking.items if item.id == item_id)
