"""A ranking for each storm, put into the store while no vote is under way, and what the store has of it."""

import dataclasses
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from bench.kills.partnership import CHANNEL, HOME
from bot.ranking import ids
from knowledge.loader import load_library
from storage.records.messages import Message
from storage.records.people import Person
from storage.records.rankings import Item, Participant, Ranking, Stage
from storage.store import Store

SEQ = 1
ABSENT = Person(HOME, "U0ABSENT")
"""Somebody who never answers: a stage that everybody has answered ends by itself."""


@dataclasses.dataclass(frozen=True, slots=True)
class Kept:
    """What the store has: each voter's choice, and how many it says have answered."""

    choices: Mapping[str, str]
    counted: int


async def start_ranking(store: Store, ranking_id: str, user_ids: Iterable[str]) -> None:
    """A ranking named by its id, in which these people name one statement to drop."""
    task = load_library().tasks[0]
    people = [*(Person(HOME, user_id) for user_id in user_ids), ABSENT]
    items = tuple(Item(each.id, each.title, each.text) for each in task.statements)
    ranking = Ranking(
        workspace_id=HOME,
        id=ranking_id,
        task_id=task.id,
        title=ranking_id,
        source=task.source,
        items=items,
        channel_id=CHANNEL,
        facilitator=people[0],
        participants=tuple(Participant(person, "") for person in people),
        status="open",
        created_at=datetime.now(UTC),
    )
    stage = Stage(ranking_id, SEQ, "discard", tuple(item.id for item in items), datetime.now(UTC))
    board = Message(HOME, ids.board_id(ranking_id), ids.BOARD_KIND, ids.subject(ranking_id), CHANNEL)
    await store.rankings.create_ranking(ranking, stage, [board])


async def kept_of(store: Store, ranking_id: str) -> Kept:
    """What the store has of a ranking."""
    answers = await store.rankings.list_answers(HOME, ranking_id, SEQ)
    (stage,) = await store.rankings.list_stages(HOME, ranking_id)
    return Kept({answer.person.user_id: answer.choice[0] for answer in answers}, stage.answered)
