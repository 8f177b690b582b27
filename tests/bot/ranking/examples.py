"""Rankings to test with: plainly invented people, the shipped task or long statements."""

from collections.abc import Sequence
from datetime import UTC, datetime

from bot.ranking.snapshot import Result, Snapshot
from bot.ranking.stages import ALL_STEPS
from storage.records.people import Person
from storage.records.rankings import (
    Answer,
    Ballot,
    Item,
    Participant,
    Ranking,
    RankingStatus,
    Rules,
    Stage,
    StageKind,
    StepName,
)

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
PEOPLE = tuple(Person("T0HOME" if number < 4 else "T0AWAY", f"U{number:03}") for number in range(1, 6))


def make_items(count: int, text: str = "It helps everybody.", title: str = "Statement") -> tuple[Item, ...]:
    """Items `s-1` to `s-count`."""
    return tuple(Item(f"s-{number}", f"{title} {number}"[:75], text) for number in range(1, count + 1))


def make_snapshot(
    kind: StageKind = "read",
    *,
    items: Sequence[Item] = make_items(10),
    people: tuple[Person, ...] = PEOPLE,
    closed: bool = False,
    proposal: tuple[str, ...] = (),
    answered: tuple[Person, ...] = (),
    result: Result = None,
    status: RankingStatus = "open",
    outcome: tuple[str, ...] = (),
    steps: tuple[StepName, ...] = ALL_STEPS,
) -> Snapshot:
    """A ranking whose current stage is of this kind."""
    ids = tuple(item.id for item in items)
    ranking = Ranking(
        workspace_id="T0HOME",
        id="r1",
        task_id="outcomes",
        title="What good joint work leads to",
        source="A source",
        items=tuple(items),
        channel_id="C1",
        facilitator=people[0],
        participants=tuple(Participant(person) for person in people),
        status=status,
        created_at=AT,
        outcome=outcome,
        rules=Rules(steps=steps),
    )
    stage = Stage("r1", 1, kind, ids, AT, proposal, AT if closed else None, len(answered))
    return Snapshot(ranking, (stage,), answered, result)


def answer(person: Person, *choice: str, reason: str = "", complete: bool = True, agency: str = "") -> Answer:
    """An answer given at AT."""
    return Answer(person, choice, complete, AT, reason, agency)


def ballot_of(snapshot: Snapshot, given: Answer | None) -> Ballot:
    """The snapshot's current stage as somebody who has answered this sees it."""
    ranking = snapshot.ranking
    return Ballot(
        ranking_id=ranking.id,
        title=ranking.title,
        source=ranking.source,
        items=ranking.items,
        status=ranking.status,
        stage=snapshot.stage,
        takes_part=True,
        answer=given,
    )
