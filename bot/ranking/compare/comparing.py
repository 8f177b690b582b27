"""Everything that a group can compare after a ranking round, read together; and what only one person sees."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.caller import Caller
from bot.ranking.compare.agencies import AgencyComparison, compare_agencies
from bot.ranking.compare.comparison import Comparison, compare_ballots
from bot.ranking.compare.movement import Movement, OwnMove, compare_rounds, own_moves
from bot.ranking.results import Difference, GroupOrder, count_order, own_differences
from bot.ranking.snapshot import Snapshot
from storage.ranking_store import RankingStore
from storage.records.rankings import Answer, Rules, Stage, StageKind

REMEMBERED = 256
"""Rounds whose comparison is kept: it never changes, and every answer given later shows it again."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A round that has ended, for everybody; `movement` is None for the first round."""

    order: GroupOrder
    ballots: Comparison
    agencies: AgencyComparison | None
    movement: Movement | None


@dataclass(frozen=True, slots=True)
class Own:
    """One person's part of it: their order, where it differs from the group's, what they moved."""

    order: tuple[str, ...]
    differences: tuple[Difference, ...]
    moves: tuple[OwnMove, ...]


class ComparingService:
    """Comparisons of rounds that have ended; nothing is told of an open one."""

    def __init__(self, store: RankingStore) -> None:
        self._store = store

    async def compared(self, snapshot: Snapshot, before: Stage | None = None) -> Compared | None:
        """The last round that has ended, or the last one before this stage; None without a ballot."""
        rounds = ended_rounds(snapshot, before)
        if not rounds:
            return None
        answers = [await self._answers(snapshot, stage) for stage in rounds[-2:]]
        earlier = answers[0] if len(answers) > 1 else ()
        items, rules = rounds[-1].items, snapshot.ranking.rules
        # Many agencies that rank many statements take seconds, in which others could not answer.
        return await asyncio.to_thread(compare_round, answers[-1], earlier, items, rules)

    async def own(self, caller: Caller, snapshot: Snapshot, order: GroupOrder) -> Own:
        """What the caller gave in the last round; empty where they gave nothing or it cannot be told."""
        given = [await self._own(caller, snapshot, stage) for stage in ended_rounds(snapshot)[-2:]]
        now = given[-1]
        return Own(now, own_differences(order, now), own_moves(given[0], now) if len(given) > 1 else ())

    async def _answers(self, snapshot: Snapshot, stage: Stage) -> tuple[Answer, ...]:
        ranking = snapshot.ranking
        return tuple(await self._store.list_answers(ranking.workspace_id, ranking.id, stage.seq))

    async def _own(self, caller: Caller, snapshot: Snapshot, stage: Stage) -> tuple[str, ...]:
        key = caller.workspace_id, snapshot.ranking.id, stage.seq
        answer = await self._store.get_answer(*key, caller.person)
        return answer.choice if answer else ()


def ended_rounds(snapshot: Snapshot, before: Stage | None = None) -> list[Stage]:
    """The ranking stages that have ended, up to and with `before`."""
    return [
        stage
        for stage in snapshot.stages
        if stage.kind == "rank" and stage.closed_at and (before is None or stage.seq <= before.seq)
    ]


def comparing_stage(rules: Rules) -> StageKind:
    """The stage whose message in the thread tells the comparison."""
    return "compare" if "compare" in rules.steps else "rank"


@lru_cache(maxsize=REMEMBERED)
def compare_round(
    answers: Sequence[Answer], earlier: Sequence[Answer], items: tuple[str, ...], rules: Rules
) -> Compared | None:
    """The answers of a round beside those of the round before; None without a ballot."""
    order = count_order(answers, items, rules.weights)
    if order is None:
        return None
    return Compared(
        order,
        compare_ballots(answers, items),
        compare_agencies(answers, items, anonymous=rules.anonymous),
        compare_rounds(earlier, answers, items, rules.weights),
    )
