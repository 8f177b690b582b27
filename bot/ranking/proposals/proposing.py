"""What a facilitator does about a proposal: get one suggested, put it to the group, end without consensus."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.caller import Caller
from bot.errors import UserError
from bot.ranking import ids
from bot.ranking.proposals.choosing import next_proposals
from bot.ranking.results import Marks, count_marks, suggest_discard
from bot.ranking.service import MOVED_ON, RankingService
from bot.ranking.snapshot import Snapshot
from bot.ranking.stages import Move, asked_again, consent_kind, wanted
from storage.ranking_store import RankingStore
from storage.records.rankings import RankingEvent
from storage.store import ConflictError


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What may be proposed, best first, beside the marks that speak for it."""

    marks: Marks
    proposals: tuple[tuple[str, ...], ...]


class ProposingService:
    """Proposals of any ranking; who may make one, and when, is the service's to say."""

    def __init__(self, service: RankingService, store: RankingStore) -> None:
        self._service = service
        self._store = store

    async def suggestions(self, snapshot: Snapshot) -> Suggestions:
        """What to propose after the current stage; no proposal where the counts favour nothing."""
        kind = asked_again(snapshot.stage.kind)
        asked = [stage for stage in snapshot.stages if stage.kind == kind][-1]
        marks = count_marks(await self._service.answers(snapshot.ranking, asked), asked.items)
        if kind == "discard":
            item = suggest_discard(marks, snapshot.tried)
            return Suggestions(marks, ((item,),) if item else ())
        order, _answers = await self._service.last_order(snapshot)
        tried = [stage.proposal for stage in snapshot.stages if stage.proposal and stage.seq > asked.seq]
        return Suggestions(marks, next_proposals(marks, order, wanted(asked), tried))

    async def open_form(self, caller: Caller, ref: ids.Ref, move: Move) -> Snapshot:
        """The ranking, when the caller can take this step now; :raises UserError: they cannot."""
        snapshot = await self._service.for_facilitator(caller, ref)
        if move not in snapshot.moves:
            raise UserError(MOVED_ON)
        return snapshot

    async def propose_suggested(self, caller: Caller, ref: ids.Ref, number: int, at: datetime) -> None:
        """Ask everybody for consent to the suggestion of this number, counted from 1.

        :raises UserError: as for `propose`
        """
        snapshot = await self.open_form(caller, ref, Move.PROPOSE)
        proposals = (await self.suggestions(snapshot)).proposals
        if not 1 <= number <= len(proposals):
            raise UserError(MOVED_ON)
        await self.propose(caller, ref, proposals[number - 1], at)

    async def propose(self, caller: Caller, ref: ids.Ref, items: Sequence[str], at: datetime) -> None:
        """Ask everybody for consent to a proposal.

        :raises UserError: not the facilitator, or it cannot be proposed now
        """
        snapshot = await self.open_form(caller, ref, Move.PROPOSE)
        stage = snapshot.stage
        if not len(items) == wanted(stage) == len(set(items)) or not set(items) <= set(stage.items):
            raise UserError(MOVED_ON)
        try:
            await self._service.open_stage(snapshot, consent_kind(stage.kind), stage.items, at, tuple(items))
        except ConflictError as error:
            raise UserError(MOVED_ON) from error

    async def end_without_consensus(self, caller: Caller, ref: ids.Ref, words: str, at: datetime) -> None:
        """Write the dissent into the outcome, with the facilitator's own words where there are any.

        :raises UserError: not the facilitator, or it cannot be ended so now
        """
        snapshot = await self.open_form(caller, ref, Move.NO_CONSENSUS)
        key = caller.workspace_id, snapshot.ranking.id
        try:
            if words:
                # Kept before the end, because an ended ranking takes no more; they count if it ends here.
                detail = {"seq": ref.seq, "words": words}
                await self._store.record_event(*key, "closing", detail, actor=caller.person, at=at)
            await self._service.end(snapshot, "undecided", at)
        except ConflictError as error:
            raise UserError(MOVED_ON) from error


def closing_words(snapshot: Snapshot, events: Sequence[RankingEvent]) -> str:
    """What the facilitator added when the ranking ended without consensus, "" for nothing."""
    if snapshot.ranking.status != "undecided":
        return ""
    said = [event for event in events if event.kind == "closing"]
    at_the_end = [event for event in said if event.detail["seq"] == snapshot.stage.seq]
    return str(at_the_end[-1].detail["words"]) if at_the_end else ""
