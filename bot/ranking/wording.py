"""Stages in words: their titles, what they ask, how far they are.

Lines are Slack's mrkdwn; statements are escaped here, once.
"""

from collections.abc import Collection, Sequence

from bot.blocks import escape
from bot.ranking.snapshot import Snapshot
from bot.ranking.stages import COUNTS, TITLES, chosen_of, step_place, takes_answers
from storage.records.people import Person
from storage.records.rankings import Item, Stage, StepName

HIDDEN = "Nobody sees an answer before the step ends."
HIDDEN_ANONYMOUS = "Nobody sees who, and nobody sees an answer before the step ends."
MOST_NAMES = 20

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


def people_text(people: Sequence[Person], most: int = MOST_NAMES) -> str:
    """The people by name, at most so many of them."""
    names = ", ".join(f"<@{person.user_id}>" for person in people[:most])
    more = len(people) - most
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


def progress_text(snapshot: Snapshot) -> str:
    """How many have answered, and who where names are shown; never what."""
    stage, ranking = snapshot.stage, snapshot.ranking
    if not takes_answers(stage):
        return ""
    # Who answered and then left still counts; in an anonymous ranking nobody can say who that was.
    people = len({*ranking.active, *snapshot.answered})
    many = f"*{stage.answered} of {max(people, stage.answered)}* have answered"
    if ranking.rules.anonymous:
        return f"{many}. {HIDDEN_ANONYMOUS}"
    if not snapshot.answered:
        return f"{many}. {HIDDEN}"
    return f"{many}: {people_text(snapshot.answered)}. {HIDDEN}"
