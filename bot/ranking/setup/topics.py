"""What a group can rank: the built-in task, or strategies that somebody has picked."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import UserError
from bot.handover import FEWEST_RANKED, MOST_RANKED
from bot.ranking.setup.own_statements import statement_faults, statement_items
from knowledge.model import Strategy, Task
from storage.records.rankings import Item

OWN_TASK = "own"
STRATEGIES_TASK = "strategies"


@dataclass(frozen=True, slots=True)
class Topic:
    """A title, what it is about, and the statements as they will be worded throughout."""

    task_id: str
    title: str
    summary: str
    source: str
    items: tuple[Item, ...]


def task_topic(task: Task) -> Topic:
    """The statements of a task in the content."""
    items = tuple(Item(one.id, one.title, one.text) for one in task.statements)
    return Topic(task.id, task.title, task.summary, task.source, items)


def own_topic(title: str, statements: str) -> Topic:
    """Statements that somebody has worded; :raises UserError: they cannot be ranked as they are."""
    faults = statement_faults(statements)
    if faults:
        raise UserError(faults)
    items = statement_items(statements)
    summary = f"{len(items)} statements of your own."
    return Topic(OWN_TASK, title, summary, "the group's own statements", items)


def strategies_topic(title: str, strategies: Sequence[Strategy]) -> Topic:
    """Strategies to be ranked; :raises UserError: too few or too many for a group to rank."""
    if len(strategies) < FEWEST_RANKED:
        raise UserError(
            f"A ranking needs at least {FEWEST_RANKED} strategies, and this list has {len(strategies)}. "
            "Save more strategies, or take a theme."
        )
    if len(strategies) > MOST_RANKED:
        raise UserError(
            f"A ranking takes at most {MOST_RANKED} strategies, and this list has {len(strategies)}. "
            "Take some off the list first."
        )
    return Topic(
        task_id=STRATEGIES_TASK,
        title=title,
        summary=f"{len(strategies)} strategies. The group drops one, orders the rest, and settles on what "
        "matters most.",
        source=strategies[0].source,
        items=tuple(Item(one.id, one.title, one.text) for one in strategies),
    )
