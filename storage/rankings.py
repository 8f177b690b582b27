"""Rankings: created, found, moved through their stages, answered."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from storage import answers, changes, events, setups, stages
from storage import ranking_lists as lists
from storage.answering import Edit, edit_answers
from storage.database import Database, Script
from storage.messages import insert_messages, touch_ranking
from storage.ranking_rows import (
    COLUMNS,
    INSERT_DEPUTY,
    INSERT_PARTICIPANT,
    deputy_columns,
    participant_columns,
    ranking_columns,
)
from storage.records.messages import Message
from storage.records.people import Person
from storage.records.rankings import (
    Answer,
    Ballot,
    EventKind,
    Participant,
    Ranking,
    RankingEvent,
    RankingStatus,
    Stage,
)
from storage.store import ConflictError
from storage.together import Together
from storage.voters import keep_secret

_INSERT = f"""
INSERT INTO rankings ({COLUMNS})
VALUES (:workspace_id, :id, :task_id, :title, :source, :items, :channel_id,
    :facilitator_team, :facilitator_user, :status, :created_at, :ended_at, :outcome, :rules, :paused_at)
ON CONFLICT (workspace_id, id) DO NOTHING
RETURNING id
"""


class SqlRankings:
    """`RankingStore` on either engine."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._answers = Together(database, edit_answers)

    async def create_ranking(self, ranking: Ranking, stage: Stage, messages: Sequence[Message]) -> None:
        await self._database.write(_create_ranking, ranking, stage, messages)

    async def get_ranking(self, workspace_id: str, ranking_id: str) -> Ranking | None:
        return await self._database.read(lists.get_ranking, workspace_id, ranking_id)

    async def list_rankings(
        self,
        workspace_id: str,
        *,
        channel_id: str | None = None,
        person: Person | None = None,
        status: RankingStatus | None = None,
        limit: int = 50,
    ) -> list[Ranking]:
        return await self._database.read(lists.list_rankings, workspace_id, channel_id, person, status, limit)

    async def list_ended(self, workspace_id: str, *, limit: int, offset: int = 0) -> list[Ranking]:
        return await self._database.read(lists.list_ended, workspace_id, limit, offset)

    async def list_stages(self, workspace_id: str, ranking_id: str) -> list[Stage]:
        return await self._database.read(stages.list_stages, workspace_id, ranking_id)

    async def list_answers(self, workspace_id: str, ranking_id: str, seq: int) -> list[Answer]:
        return await self._database.read(answers.list_answers, workspace_id, ranking_id, seq)

    async def get_answer(self, workspace_id: str, ranking_id: str, seq: int, person: Person) -> Answer | None:
        return await self._database.read(answers.get_answer, workspace_id, ranking_id, seq, person)

    async def get_ballot(self, workspace_id: str, ranking_id: str, person: Person) -> Ballot | None:
        return await self._database.read(answers.get_ballot, workspace_id, ranking_id, person)

    async def list_answered(self, workspace_id: str, ranking_id: str, seq: int) -> list[Person]:
        return await self._database.read(answers.list_answered, workspace_id, ranking_id, seq)

    async def list_waiting(self, workspace_id: str, ranking_id: str, seq: int) -> list[Person]:
        return await self._database.read(answers.list_waiting, workspace_id, ranking_id, seq)

    async def edit_answer(
        self,
        workspace_id: str,
        ranking_id: str,
        seq: int,
        person: Person,
        edit: Callable[[Stage, Answer | None], Answer],
    ) -> Answer:
        return await self._answers.write(workspace_id, Edit(ranking_id, seq, person, edit))

    async def close_stage(self, workspace_id: str, ranking_id: str, seq: int, at: datetime) -> None:
        await self._database.write(stages.close_stage, workspace_id, ranking_id, seq, at)

    async def open_stage(
        self, workspace_id: str, ranking_id: str, after_seq: int, stage: Stage, messages: Sequence[Message]
    ) -> None:
        await self._database.write(stages.open_stage, workspace_id, ranking_id, after_seq, stage, messages)

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
        if await self._database.write(
            stages.end_ranking, workspace_id, ranking_id, after_seq, status, outcome, at, messages
        ):
            await self._database.scrub()

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
        return await self._database.write(
            changes.add_participants, workspace_id, ranking_id, participants, actor, at, note
        )

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
        return await self._database.write(
            changes.mark_left, workspace_id, ranking_id, person, actor, at, note
        )

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
        return await self._database.write(
            changes.set_deadline, workspace_id, ranking_id, seq, deadline, actor, at, note
        )

    async def set_paused(
        self, workspace_id: str, ranking_id: str, *, actor: Person, at: datetime, note: Message | None = None
    ) -> RankingEvent:
        return await self._database.write(changes.set_paused, workspace_id, ranking_id, actor, at, note)

    async def set_resumed(
        self, workspace_id: str, ranking_id: str, *, actor: Person, at: datetime, note: Message | None = None
    ) -> RankingEvent:
        return await self._database.write(changes.set_resumed, workspace_id, ranking_id, actor, at, note)

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
        return await self._database.write(
            changes.set_facilitator, workspace_id, ranking_id, person, actor, at, note
        )

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
        return await self._database.write(
            changes.set_deputies, workspace_id, ranking_id, deputies, actor, at, note
        )

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
        return await self._database.write(
            changes.record_event, workspace_id, ranking_id, kind, detail, actor, at, note
        )

    async def list_events(self, workspace_id: str, ranking_id: str) -> list[RankingEvent]:
        return await self._database.read(events.list_events, workspace_id, ranking_id)

    async def save_setup(self, workspace_id: str, person: Person, values: Mapping[str, object]) -> None:
        await self._database.write(setups.save_setup, workspace_id, person, values)

    async def get_setup(self, workspace_id: str, person: Person) -> dict[str, object] | None:
        return await self._database.read(setups.get_setup, workspace_id, person)

    async def drop_setup(self, workspace_id: str, person: Person) -> None:
        await self._database.write(setups.drop_setup, workspace_id, person)


def _create_ranking(ranking: Ranking, stage: Stage, messages: Sequence[Message]) -> Script[None]:
    rows = yield _INSERT, ranking_columns(ranking)
    if not rows:
        raise ConflictError(f"there is a ranking {ranking.id} already")
    key = ranking.workspace_id, ranking.id
    yield INSERT_PARTICIPANT, participant_columns(*key, ranking.participants)
    yield INSERT_DEPUTY, deputy_columns(*key, ranking.deputies)
    if ranking.rules.anonymous:
        yield from keep_secret(*key)
    yield from stages.begin_stage(ranking.workspace_id, stage, ranking.rules)
    yield from touch_ranking(ranking.workspace_id, ranking.id)
    yield from insert_messages(messages)
