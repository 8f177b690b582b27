"""Rankings as the rest of the program sees them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from storage.ranking_changes import RankingChanges
from storage.records.messages import Message
from storage.records.people import Person
from storage.records.rankings import Answer, Ballot, Ranking, RankingStatus, Stage


class RankingStore(RankingChanges, Protocol):
    """Rankings, their stages and answers."""

    async def create_ranking(self, ranking: Ranking, stage: Stage, messages: Sequence[Message]) -> None:
        """Keep a ranking with its first stage and the messages that show it."""

    async def get_ranking(self, workspace_id: str, ranking_id: str) -> Ranking | None: ...

    async def list_rankings(
        self,
        workspace_id: str,
        *,
        channel_id: str | None = None,
        person: Person | None = None,
        status: RankingStatus | None = None,
        limit: int = 50,
    ) -> list[Ranking]:
        """Newest first; `person` keeps those that the person facilitates or takes part in."""

    async def list_ended(self, workspace_id: str, *, limit: int, offset: int = 0) -> list[Ranking]:
        """Those that are no longer open, the last to end first."""

    async def list_stages(self, workspace_id: str, ranking_id: str) -> list[Stage]:
        """All stages in order; the last is the current one."""

    async def list_answers(self, workspace_id: str, ranking_id: str, seq: int) -> list[Answer]:
        """The answers of one stage, in order of person; anonymous ones under their hash and group."""

    async def get_answer(
        self, workspace_id: str, ranking_id: str, seq: int, person: Person
    ) -> Answer | None: ...

    async def get_ballot(self, workspace_id: str, ranking_id: str, person: Person) -> Ballot | None:
        """The current stage as this person sees it; as cheap for 100,000 participants as for five."""

    async def list_answered(self, workspace_id: str, ranking_id: str, seq: int) -> list[Person]:
        """The people whose answer of one stage is complete, in order; nobody of an anonymous ranking."""

    async def list_waiting(self, workspace_id: str, ranking_id: str, seq: int) -> list[Person]:
        """Those still taking part whose answer of one stage is not complete, in the ranking's order.

        Of an anonymous ranking they are known only until it ends; then the list is empty.
        """

    async def edit_answer(
        self,
        workspace_id: str,
        ranking_id: str,
        seq: int,
        person: Person,
        edit: Callable[[Stage, Answer | None], Answer],
    ) -> Answer:
        """Replace the person's answer to stage `seq` by `edit(stage, answer so far)`, in one transaction.

        `edit` may run more than once and must be pure; what it raises undoes everything. Messages about
        the ranking become dirty only when the number of complete answers changes. In an anonymous
        ranking the answer is kept without its person and its time.
        :raises NotFoundError: no such ranking
        :raises NotTakingPartError: the person is not a participant, or has left
        :raises PausedError: the ranking is paused
        :raises StageClosedError: `seq` is not the current stage or is closed
        """

    async def close_stage(self, workspace_id: str, ranking_id: str, seq: int, at: datetime) -> None:
        """End the current stage; :raises ConflictError: it is not current or is closed already."""

    async def open_stage(
        self, workspace_id: str, ranking_id: str, after_seq: int, stage: Stage, messages: Sequence[Message]
    ) -> None:
        """Close stage `after_seq` if it is open and begin `stage`.

        If it takes answers and has no deadline, it gets the one of the ranking's rules. Its deadline and
        first reminder become work for the clock; those of `after_seq` are cancelled.
        :raises ConflictError: `after_seq` is not the current stage, or the ranking is paused or has ended
        """

    async def end_ranking(
        self,
        workspace_id: str,
        ranking_id: str,
        after_seq: int,
        status: RankingStatus,
        outcome: tuple[str, ...],
        at: datetime,
        messages: Sequence[Message],
    ) -> None:
        """Close the ranking with its outcome, a paused one too, and destroy the key of an anonymous one.

        :raises ConflictError: `after_seq` is not the current stage, or the ranking has ended
        """

    async def save_setup(self, workspace_id: str, person: Person, values: Mapping[str, object]) -> None:
        """Keep the person's draft of a new ranking, in place of the one before; `values` are JSON."""

    async def get_setup(self, workspace_id: str, person: Person) -> dict[str, object] | None: ...

    async def drop_setup(self, workspace_id: str, person: Person) -> None: ...
