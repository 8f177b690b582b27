"""A facilitator's verbs about time: move the end of a step, remind, pause, resume.

Plain values in and out. Each change is kept with the event that announces it, in one transaction.
"""

from datetime import datetime, timedelta

from bot.caller import Caller
from bot.errors import UserError
from bot.plurals import counted
from bot.ranking import ids
from bot.ranking.service import MOVED_ON, RankingService
from bot.ranking.snapshot import Snapshot
from bot.ranking.stages import takes_answers
from bot.ranking.timing.notes import note_of
from bot.ranking.timing.reminding import BETWEEN_REMINDERS, last_reminder, plan_reminders
from storage.store import ConflictError, Store

SOONEST = timedelta(minutes=5)
LATEST = timedelta(days=366)


class TimingService:
    """Time in any ranking; who may change it is the ranking service's to say."""

    def __init__(self, service: RankingService, store: Store) -> None:
        self._service = service
        self._store = store

    async def open_for_deadline(self, caller: Caller, ref: ids.Ref) -> Snapshot:
        """The ranking, when the end of its current step can be moved now; :raises UserError: it cannot."""
        snapshot = await self._service.for_facilitator(caller, ref)
        if snapshot.stage.closed_at is not None or snapshot.stage.kind == "compare":
            raise UserError("This step has no end to move. Go on with the next one.")
        return snapshot

    async def set_deadline(
        self, caller: Caller, ref: ids.Ref, deadline: datetime | None, at: datetime
    ) -> None:
        """Let the current step end at `deadline`, or when the facilitator says so.

        :raises UserError: not allowed, not open, or a time that cannot be
        """
        snapshot = await self.open_for_deadline(caller, ref)
        if _seconds(deadline) == _seconds(snapshot.stage.deadline):
            raise UserError(
                "That is when the step ends already, so nothing was changed."
                if deadline
                else "The step has no end already, so nothing was changed. You end it from the menu."
            )
        if deadline is not None and not at + SOONEST <= deadline <= at + LATEST:
            raise UserError(
                "Choose a time at least five minutes from now, and within a year. To end the step now, "
                "press End step."
            )
        ranking = snapshot.ranking
        try:
            await self._store.rankings.set_deadline(
                ranking.workspace_id,
                ranking.id,
                ref.seq,
                deadline,
                actor=caller.person,
                at=at,
                note=note_of(ranking),
            )
        except ConflictError as error:
            raise UserError(MOVED_ON) from error

    async def remind(self, caller: Caller, ref: ids.Ref, at: datetime) -> int:
        """Remind those who have not answered, each in their daytime; returns how many they are.

        :raises UserError: not allowed, nobody to remind, or reminded within the hour
        """
        snapshot = await self._service.for_facilitator(caller, ref)
        ranking, stage = snapshot.ranking, snapshot.stage
        if not takes_answers(stage):
            raise UserError("There is nothing to answer at the moment, so nobody needs a reminder.")
        key = ranking.workspace_id, ranking.id
        waiting = await self._store.rankings.list_waiting(*key, stage.seq)
        if not waiting:
            raise UserError("Everybody has answered, so nobody needs a reminder.")
        last = last_reminder(await self._store.rankings.list_events(*key), stage.seq)
        if last is not None and at - last < BETWEEN_REMINDERS:
            minutes = -(-(last + BETWEEN_REMINDERS - at) // timedelta(minutes=1))
            raise UserError(
                "People were reminded less than an hour ago. The next reminder can go out in "
                f"{counted(minutes, 'minute', 'minutes')}."
            )
        await plan_reminders(self._store.work, ranking, stage, waiting, at)
        await self._store.rankings.record_event(
            *key, "reminded", {"seq": stage.seq, "count": len(waiting)}, actor=caller.person, at=at
        )
        return len(waiting)

    async def pause(self, caller: Caller, ref: ids.Ref, at: datetime) -> None:
        """Stop the clock, and take no answers until somebody resumes."""
        snapshot = await self._service.for_facilitator(caller, ref)
        ranking = snapshot.ranking
        try:
            await self._store.rankings.set_paused(
                ranking.workspace_id, ranking.id, actor=caller.person, at=at, note=note_of(ranking)
            )
        except ConflictError as error:
            raise UserError(MOVED_ON) from error

    async def resume(self, caller: Caller, ref: ids.Ref, at: datetime) -> None:
        """Go on; the step's end moves by the length of the pause."""
        snapshot = await self._service.for_facilitator(caller, ref, while_paused=True)
        ranking = snapshot.ranking
        try:
            await self._store.rankings.set_resumed(
                ranking.workspace_id, ranking.id, actor=caller.person, at=at, note=note_of(ranking)
            )
        except ConflictError as error:
            raise UserError("This ranking is not paused, so nothing was changed.") from error


def _seconds(at: datetime | None) -> int | None:
    """A form gives whole seconds."""
    return int(at.timestamp()) if at else None
