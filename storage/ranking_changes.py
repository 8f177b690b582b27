"""What may change while a ranking is open, as the rest of the program sees it; its rules may not."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from storage.records.messages import Message
from storage.records.people import Person
from storage.records.rankings import EventKind, Participant, RankingEvent


class RankingChanges(Protocol):
    """Each verb keeps its event, and `note` when there is one, in one transaction with the change.

    The event's number is added to the id of `note`: `ranking.note:R1` becomes `ranking.note:R1:4`.
    All raise NotFoundError when there is no such ranking, and ConflictError when it has ended.
    """

    async def add_participants(
        self,
        workspace_id: str,
        ranking_id: str,
        participants: Sequence[Participant],
        *,
        actor: Person,
        at: datetime,
        note: Message | None = None,
    ) -> RankingEvent:
        """Add those who do not take part yet, or no longer.

        Who comes back keeps their answers and agency.
        :raises ConflictError: all of them take part already
        """

    async def mark_left(
        self,
        workspace_id: str,
        ranking_id: str,
        person: Person,
        *,
        actor: Person,
        at: datetime,
        note: Message | None = None,
    ) -> RankingEvent:
        """The person takes no more part; their answers stand.

        :raises NotTakingPartError: they take no part, or have left
        """

    async def set_deadline(
        self,
        workspace_id: str,
        ranking_id: str,
        seq: int,
        deadline: datetime | None,
        *,
        actor: Person,
        at: datetime,
        note: Message | None = None,
    ) -> RankingEvent:
        """Move the current stage's deadline, or take it away.

        :raises StageClosedError: `seq` is not the current stage or is closed
        :raises ConflictError: the ranking is paused, or it ends then already
        """

    async def set_paused(
        self, workspace_id: str, ranking_id: str, *, actor: Person, at: datetime, note: Message | None = None
    ) -> RankingEvent:
        """Stop the clock of a ranking; :raises ConflictError: it is paused already."""

    async def set_resumed(
        self, workspace_id: str, ranking_id: str, *, actor: Person, at: datetime, note: Message | None = None
    ) -> RankingEvent:
        """Go on, with the deadline later by the length of the pause and the reminder an interval from now.

        :raises ConflictError: it is not paused
        """

    async def set_facilitator(
        self,
        workspace_id: str,
        ranking_id: str,
        person: Person,
        *,
        actor: Person,
        at: datetime,
        note: Message | None = None,
    ) -> RankingEvent:
        """Hand the ranking over; :raises ConflictError: the person facilitates it already."""

    async def set_deputies(
        self,
        workspace_id: str,
        ranking_id: str,
        deputies: Sequence[Person],
        *,
        actor: Person,
        at: datetime,
        note: Message | None = None,
    ) -> RankingEvent:
        """Replace the people who may do what the facilitator may."""

    async def record_event(
        self,
        workspace_id: str,
        ranking_id: str,
        kind: EventKind,
        detail: Mapping[str, object],
        *,
        actor: Person,
        at: datetime,
        note: Message | None = None,
    ) -> RankingEvent:
        """Keep an event that changes nothing else, such as a reminder that was sent.

        :raises ConflictError: that nobody runs the ranking is announced already
        """

    async def list_events(self, workspace_id: str, ranking_id: str) -> list[RankingEvent]:
        """All events, in order."""
