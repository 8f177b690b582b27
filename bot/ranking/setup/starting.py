"""The first row of a ranking: who takes part, in what, under which rules."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.caller import Caller
from bot.ranking.people.limits import check_people
from bot.ranking.rows import board_message, thread_message
from bot.ranking.setup.topics import Topic
from bot.ranking.stages import first_kind
from storage.ranking_store import RankingStore
from storage.records.people import Person
from storage.records.rankings import Participant, Ranking, Rules, Stage

DEFAULT_RULES = Rules()


async def start_ranking(
    store: RankingStore,
    caller: Caller,
    topic: Topic,
    channel_id: str,
    participants: Sequence[Person],
    *,
    ranking_id: str,
    at: datetime,
    rules: Rules = DEFAULT_RULES,
    agencies: Mapping[Person, str] | None = None,
) -> Ranking:
    """Begin a ranking with these people, as far as known of these agencies; the caller facilitates.

    :raises UserError: too few or too many people
    """
    people, known = check_people(participants), agencies or {}
    ranking = Ranking(
        workspace_id=caller.workspace_id,
        id=ranking_id,
        task_id=topic.task_id,
        title=topic.title,
        source=topic.source,
        items=topic.items,
        channel_id=channel_id,
        facilitator=caller.person,
        participants=tuple(Participant(person, known.get(person, "")) for person in people),
        status="open",
        created_at=at,
        rules=rules,
    )
    first = Stage(ranking_id, 1, first_kind(rules.steps), tuple(item.id for item in topic.items), at)
    board = board_message(ranking)
    messages = [board] if first.kind == "read" else [board, thread_message(ranking, first)]
    await store.create_ranking(ranking, first, messages)
    return ranking
