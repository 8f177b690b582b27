"""The verbs of a facilitator, and the state of a ranking for everybody.

Plain values in and out; every rule about who may do what, and when, is asked here
again at the moment of the act, because a button can be old.
"""

from collections.abc import Sequence
from datetime import datetime

from bot.caller import Caller
from bot.errors import UserError
from bot.ranking import ids
from bot.ranking.compare.counted import counted_order
from bot.ranking.people.rights import paused_text, refuse_unless_running
from bot.ranking.proposals.choosing import count_choices
from bot.ranking.results import GroupOrder, count_marks
from bot.ranking.rows import outcome_message, thread_message
from bot.ranking.snapshot import Result, Snapshot
from bot.ranking.stages import (
    Move,
    asked_again,
    quorum_for,
    takes_answers,
    taking_part,
    weigh_consent,
)
from storage.ranking_store import RankingStore
from storage.records.rankings import Answer, Ranking, RankingStatus, Stage, StageKind
from storage.store import ConflictError

ENDS: dict[Move, RankingStatus] = {
    Move.DECIDE: "decided",
    Move.RECORD_ORDER: "decided",
    Move.CANCEL: "cancelled",
}

GONE = "This ranking cannot be found. It may have been removed. Type /rank list to see what there is."
ENDED = "This ranking has ended, so nothing was changed. Type /rank to start another one."
MOVED_ON = "The ranking has moved on since this was shown. Open it again to see where it stands."


class RankingService:
    """Rankings of any workspace, kept in the store."""

    def __init__(self, store: RankingStore) -> None:
        self._store = store

    async def snapshot(self, workspace_id: str, ranking_id: str) -> Snapshot:
        """The ranking as it stands; :raises UserError: there is none of that id here."""
        ranking = await self._store.get_ranking(workspace_id, ranking_id)
        if ranking is None:
            raise UserError(GONE)
        stages = tuple(await self._store.list_stages(workspace_id, ranking_id))
        stage = stages[-1]
        answered = await self._store.list_answered(workspace_id, ranking_id, stage.seq)
        return Snapshot(ranking, stages, tuple(answered), await self.result(ranking, stages, stage))

    async def result(self, ranking: Ranking, stages: Sequence[Stage], stage: Stage) -> Result:
        """What a stage came to; None while it takes answers."""
        if takes_answers(stage) or stage.kind == "read":
            return None
        if stage.kind == "compare":
            stage = next(
                other for other in reversed(stages) if other.kind == "rank" and other.seq < stage.seq
            )
        answers = await self.answers(ranking, stage)
        if stage.kind == "rank":
            return await counted_order(answers, stage.items, ranking.rules.weights)
        if stage.kind == "choose":
            return count_choices(answers, stage.items, anonymous=ranking.rules.anonymous)
        if stage.kind == "discard":
            return count_marks(answers, stage.items)
        quorum = quorum_for(ranking.rules.quorum, taking_part(ranking, stage))
        return weigh_consent(answers, quorum, ranking.rules.blocks_needed)

    async def answers(self, ranking: Ranking, stage: Stage) -> list[Answer]:
        """The answers of one stage: for results only, never for a running total."""
        return await self._store.list_answers(ranking.workspace_id, ranking.id, stage.seq)

    async def last_order(self, snapshot: Snapshot) -> tuple[GroupOrder | None, list[Answer]]:
        """The group's order of the last ranking stage that has ended, with its ballots."""
        ended = [stage for stage in snapshot.stages if stage.kind == "rank" and stage.closed_at]
        if not ended:
            return None, []
        answers = await self.answers(snapshot.ranking, ended[-1])
        order = await counted_order(answers, ended[-1].items, snapshot.ranking.rules.weights)
        return order, answers

    async def move(self, caller: Caller, ref: ids.Ref, move: Move, at: datetime) -> None:
        """Take one of the facilitator's steps that needs no more to be said.

        :raises UserError: not the facilitator, not possible now, or nobody has answered
        """
        snapshot = await self.for_facilitator(caller, ref, while_paused=move is Move.CANCEL)
        if move not in snapshot.moves or move in (Move.PROPOSE, Move.NO_CONSENSUS):
            raise UserError(MOVED_ON)
        if move in (Move.CLOSE, Move.COMPARE) and not await self.anything_to_count(snapshot):
            raise UserError(
                "Nobody has answered yet, so there is nothing to count. Wait for answers, "
                "or cancel the ranking."
            )
        try:
            await self._take(snapshot, move, at)
        except ConflictError as error:
            raise UserError(MOVED_ON) from error

    async def facilitated(self, caller: Caller, ranking_id: str) -> Snapshot:
        """The ranking, for its facilitator and their helpers only."""
        snapshot = await self.snapshot(caller.workspace_id, ranking_id)
        refuse_unless_running(snapshot.ranking, caller.person)
        return snapshot

    async def for_facilitator(self, caller: Caller, ref: ids.Ref, *, while_paused: bool = False) -> Snapshot:
        """The open ranking at the stage that a press is about, for its facilitator and helpers only."""
        snapshot = await self.facilitated(caller, ref.ranking_id)
        if snapshot.ranking.status != "open":
            raise UserError(ENDED)
        if snapshot.ranking.paused_at and not while_paused:
            raise UserError(paused_text(snapshot.ranking))
        if snapshot.stage.seq != ref.seq:
            raise UserError(MOVED_ON)
        return snapshot

    async def end_step(self, snapshot: Snapshot, at: datetime) -> None:
        """Take the likeliest way on, as the clock does; :raises ConflictError: somebody else was faster."""
        await self._take(snapshot, snapshot.moves[0], at)

    async def anything_to_count(self, snapshot: Snapshot) -> bool:
        """Whether anybody has answered the current stage, if only in part."""
        answers = await self.answers(snapshot.ranking, snapshot.stage)
        return any(answer.choice for answer in answers)

    async def _take(self, snapshot: Snapshot, move: Move, at: datetime) -> None:
        ranking, stage = snapshot.ranking, snapshot.stage
        all_items = tuple(item.id for item in ranking.items)
        if move is Move.START_DISCARD:
            await self.open_stage(snapshot, "discard", all_items, at)
        elif move is Move.CLOSE:
            await self._store.close_stage(ranking.workspace_id, ranking.id, stage.seq, at)
        elif move is Move.ASK_AGAIN:
            await self.open_stage(snapshot, asked_again(stage.kind), stage.items, at)
        elif move is Move.START_RANK:
            left = tuple(item for item in stage.items if item not in stage.proposal)
            await self.open_stage(snapshot, "rank", left, at)
        elif move is Move.COMPARE:
            await self.open_stage(snapshot, "compare", stage.items, at)
        elif move is Move.RANK_AGAIN:
            await self.open_stage(snapshot, "rank", stage.items, at)
        elif move is Move.START_CHOOSE:
            await self.open_stage(snapshot, "choose", stage.items, at)
        else:
            await self.end(snapshot, ENDS[move], at)

    async def open_stage(
        self,
        snapshot: Snapshot,
        kind: StageKind,
        items: tuple[str, ...],
        at: datetime,
        proposal: tuple[str, ...] = (),
    ) -> None:
        """Begin the next stage; :raises ConflictError: somebody else was faster."""
        ranking, seq = snapshot.ranking, snapshot.stage.seq + 1
        stage = Stage(ranking.id, seq, kind, items, at, proposal)
        message = thread_message(ranking, stage)
        await self._store.open_stage(ranking.workspace_id, ranking.id, snapshot.stage.seq, stage, [message])

    async def end(self, snapshot: Snapshot, status: RankingStatus, at: datetime) -> None:
        """Close the ranking; one that was not cancelled gets its outcome message.

        :raises ConflictError: somebody else was faster
        """
        ranking, stage = snapshot.ranking, snapshot.stage
        outcome = snapshot.agreed if status == "decided" else ()
        messages = [] if status == "cancelled" else [outcome_message(ranking)]
        await self._store.end_ranking(
            ranking.workspace_id, ranking.id, stage.seq, status, outcome, at, messages
        )
