"""The verbs of a person who answers: see the ballot, place, remove, take a position.

Every press costs the same however many people take part, and whether the stage
still takes it is asked in the transaction that keeps it.
"""

from collections.abc import Callable, Collection
from datetime import datetime

from bot.caller import Caller
from bot.errors import UserError
from bot.ranking import ids
from bot.ranking.answers.ballot import add, place, remove
from bot.ranking.people.rights import paused_text
from bot.ranking.service import GONE, MOVED_ON
from bot.ranking.stages import Position, takes_answers, wanted
from storage.ranking_store import RankingStore
from storage.records.rankings import Answer, Ballot, Stage, StageKind
from storage.store import NotFoundError, NotTakingPartError, PausedError, StageClosedError

ENDED = "This stage has ended, so nothing was changed. What you had entered before was kept and counted."
ORDERED: tuple[StageKind, ...] = ("discard", "rank", "choose")
CONSENTS: tuple[StageKind, ...] = ("discard_consent", "choose_consent")


class AnsweringService:
    """Answers to the current stage of any ranking."""

    def __init__(self, store: RankingStore) -> None:
        self._store = store

    async def ballot(self, caller: Caller, ranking_id: str) -> Ballot:
        """The current stage as the caller answers it.

        :raises UserError: they do not take part, or there is nothing to answer now
        """
        ballot = await self._store.get_ballot(caller.workspace_id, ranking_id, caller.person)
        if ballot is None:
            raise UserError(GONE)
        if not ballot.takes_part:
            raise UserError(await self._not_taking_part(caller, ranking_id))
        await self._refuse_while_paused(caller, ballot)
        if ballot.status != "open" or not takes_answers(ballot.stage):
            raise UserError(
                "There is nothing to answer at the moment. The message in the channel shows where the "
                "ranking stands."
            )
        return ballot

    async def place(self, caller: Caller, ref: ids.Ref, at: datetime) -> None:
        """Put an item into the caller's answer, last when no place is named: name it, order it or mark it."""

        def edit(stage: Stage, order: tuple[str, ...]) -> tuple[str, ...]:
            if ref.item not in stage.items:
                raise UserError(MOVED_ON)
            if stage.kind == "discard":
                return (ref.item,)
            changed = place(order, ref.item, ref.place) if ref.place else add(order, ref.item)
            if stage.kind == "choose" and len(changed) > wanted(stage):
                raise UserError("You have marked enough. Take one back first, then mark this one.")
            return changed

        await self._edit(caller, ref, edit, at)

    async def remove(self, caller: Caller, ref: ids.Ref, at: datetime) -> None:
        """Take an item out of the caller's answer."""
        await self._edit(caller, ref, lambda _stage, order: remove(order, ref.item), at)

    async def answer_consent(
        self, caller: Caller, ref: ids.Ref, position: Position, reason: str, at: datetime
    ) -> None:
        """Take the caller's position on the proposal; a block carries its reason."""

        def change(stage: Stage, _before: Answer | None) -> Answer:
            _refuse_unless(stage, CONSENTS)
            return Answer(caller.person, (position,), complete=True, answered_at=at, reason=reason)

        await self._write(caller, ref, change)

    async def _refuse_while_paused(self, caller: Caller, ballot: Ballot) -> None:
        if ballot.paused_at and ballot.status == "open":
            raise UserError(await self._paused(caller, ballot.ranking_id))

    async def _edit(
        self,
        caller: Caller,
        ref: ids.Ref,
        edit: Callable[[Stage, tuple[str, ...]], tuple[str, ...]],
        at: datetime,
    ) -> None:
        def change(stage: Stage, before: Answer | None) -> Answer:
            _refuse_unless(stage, ORDERED)
            choice = edit(stage, before.choice if before else ())
            return Answer(caller.person, choice, complete=len(choice) == wanted(stage), answered_at=at)

        await self._write(caller, ref, change)

    async def _write(
        self, caller: Caller, ref: ids.Ref, change: Callable[[Stage, Answer | None], Answer]
    ) -> None:
        try:
            await self._store.edit_answer(caller.workspace_id, ref.ranking_id, ref.seq, caller.person, change)
        except NotFoundError as error:
            raise UserError(GONE) from error
        except PausedError as error:
            raise UserError(await self._paused(caller, ref.ranking_id)) from error
        except StageClosedError as error:
            raise UserError(ENDED) from error
        except NotTakingPartError as error:
            raise UserError(await self._not_taking_part(caller, ref.ranking_id)) from error

    async def _paused(self, caller: Caller, ranking_id: str) -> str:
        ranking = await self._store.get_ranking(caller.workspace_id, ranking_id)
        return paused_text(ranking) if ranking else GONE

    async def _not_taking_part(self, caller: Caller, ranking_id: str) -> str:
        ranking = await self._store.get_ranking(caller.workspace_id, ranking_id)
        if ranking is None:
            return GONE
        return (
            "You are not on the list of people who take part in this ranking, so your answer is not counted. "
            f"Ask the facilitator, <@{ranking.facilitator.user_id}>, about it."
        )


def _refuse_unless(stage: Stage, kinds: Collection[StageKind]) -> None:
    """The press may come from a form of another kind of stage."""
    if stage.kind not in kinds:
        raise UserError(MOVED_ON)
