"""What the clock does about a stage: end it at its time, or once everybody has answered."""

from datetime import UTC, datetime

from bot.errors import UserError
from bot.ranking.people.attendance import Attendance
from bot.ranking.service import RankingService
from bot.ranking.snapshot import Snapshot
from bot.ranking.stages import takes_answers
from bot.ranking.timing import notices
from bot.ranking.timing.notices import notice_of
from storage.records.work import Work
from storage.store import ConflictError, Store


class Deadlines:
    """Each handler asks the rows again: what was planned can be old."""

    def __init__(self, service: RankingService, store: Store, attendance: Attendance) -> None:
        self._service = service
        self._store = store
        self._attendance = attendance

    async def at_deadline(self, work: Work) -> None:
        """End the stage; one that nobody has answered stays open, and its facilitator is told."""
        snapshot = await self._current(work)
        if snapshot is None or snapshot.stage.deadline is None:
            return
        stage = snapshot.stage
        if takes_answers(stage) and not await self._service.anything_to_count(snapshot):
            notice = notice_of(snapshot.ranking, notices.UNANSWERED, stage.seq, snapshot.stage.deadline)
            await self._store.messages.add_message(notice)
            await self._attendance.check_facilitator(snapshot.ranking)
            return
        await self._end(snapshot, notices.DEADLINE)

    async def when_answered(self, work: Work) -> None:
        """End the stage if everybody who takes part has answered it."""
        snapshot = await self._current(work)
        if snapshot is None or not snapshot.ranking.active:
            return
        waiting = await self._store.rankings.list_waiting(
            work.workspace_id, snapshot.ranking.id, snapshot.stage.seq
        )
        if not waiting:
            await self._end(snapshot, notices.ANSWERED)

    async def _current(self, work: Work) -> Snapshot | None:
        """The ranking, if the stage that the work is about is open and is the current one."""
        ranking_id, seq = work.subject.split(":")
        try:
            snapshot = await self._service.snapshot(work.workspace_id, ranking_id)
        except UserError:  # there is no such ranking any more
            return None
        stage, ranking = snapshot.stage, snapshot.ranking
        if ranking.status != "open" or ranking.paused_at or stage.seq != int(seq) or stage.closed_at:
            return None
        return snapshot

    async def _end(self, snapshot: Snapshot, why: str) -> None:
        # Kept first, so that it is not lost between the two; it says nothing until the stage has ended.
        notice = notice_of(snapshot.ranking, why, snapshot.stage.seq, snapshot.stage.opened_at)
        await self._store.messages.add_message(notice)
        try:
            await self._service.end_step(snapshot, datetime.now(UTC))
        except ConflictError:  # somebody was faster
            return
        await self._attendance.check_facilitator(snapshot.ranking)
