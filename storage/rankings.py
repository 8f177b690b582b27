"""Rankings: created, found, moved through their stages, answered."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime

from storage import answers, stages
from storage.columns import optional_time
from storage.database import Database, Row, Script, in_list
from storage.messages import insert_messages, touch_ranking
from storage.records import Answer, Ballot, Item, Message, Person, Ranking, RankingStatus, Stage
from storage.store import ConflictError

_COLUMNS = """workspace_id, id, task_id, title, source, items, channel_id,
    facilitator_team, facilitator_user, quorum, status, created_at, ended_at, outcome"""

_INSERT = f"""
INSERT INTO rankings ({_COLUMNS})
VALUES (:workspace_id, :id, :task_id, :title, :source, :items, :channel_id,
    :facilitator_team, :facilitator_user, :quorum, :status, :created_at, :ended_at, :outcome)
ON CONFLICT (workspace_id, id) DO NOTHING
RETURNING id
"""
_INSERT_PARTICIPANT = """
INSERT INTO participants (workspace_id, ranking_id, team_id, user_id, place)
VALUES (:workspace_id, :ranking_id, :team_id, :user_id, :place)
ON CONFLICT (workspace_id, ranking_id, team_id, user_id) DO NOTHING
"""
_GET = f"SELECT {_COLUMNS} FROM rankings WHERE workspace_id = :workspace_id AND id = :id"
_WITH_PERSON = """id IN (
    SELECT ranking_id FROM participants
    WHERE workspace_id = :workspace_id AND team_id = :team_id AND user_id = :user_id
    UNION SELECT id FROM rankings
    WHERE workspace_id = :workspace_id AND facilitator_team = :team_id AND facilitator_user = :user_id
)"""


class SqlRankings:
    """`RankingStore` on either engine."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def create_ranking(self, ranking: Ranking, stage: Stage, messages: Sequence[Message]) -> None:
        await self._database.write(_create_ranking, ranking, stage, messages)

    async def get_ranking(self, workspace_id: str, ranking_id: str) -> Ranking | None:
        return await self._database.read(_get_ranking, workspace_id, ranking_id)

    async def list_rankings(
        self,
        workspace_id: str,
        *,
        channel_id: str | None = None,
        person: Person | None = None,
        status: RankingStatus | None = None,
        limit: int = 50,
    ) -> list[Ranking]:
        return await self._database.read(_list_rankings, workspace_id, channel_id, person, status, limit)

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

    async def edit_answer(
        self,
        workspace_id: str,
        ranking_id: str,
        seq: int,
        person: Person,
        edit: Callable[[Answer | None], Answer],
    ) -> Answer:
        return await self._database.write(answers.edit_answer, workspace_id, ranking_id, seq, person, edit)

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
        await self._database.write(
            stages.end_ranking, workspace_id, ranking_id, after_seq, status, outcome, at, messages
        )


def _create_ranking(ranking: Ranking, stage: Stage, messages: Sequence[Message]) -> Script[None]:
    rows = yield (
        _INSERT,
        {
            "workspace_id": ranking.workspace_id,
            "id": ranking.id,
            "task_id": ranking.task_id,
            "title": ranking.title,
            "source": ranking.source,
            "items": [(item.id, item.title, item.text) for item in ranking.items],
            "channel_id": ranking.channel_id,
            "facilitator_team": ranking.facilitator.team_id,
            "facilitator_user": ranking.facilitator.user_id,
            "quorum": ranking.quorum,
            "status": ranking.status,
            "created_at": ranking.created_at,
            "ended_at": ranking.ended_at,
            "outcome": ranking.outcome,
        },
    )
    if not rows:
        raise ConflictError(f"there is a ranking {ranking.id} already")
    yield (
        _INSERT_PARTICIPANT,
        [
            {
                "workspace_id": ranking.workspace_id,
                "ranking_id": ranking.id,
                "team_id": person.team_id,
                "user_id": person.user_id,
                "place": place,
            }
            for place, person in enumerate(ranking.participants)
        ],
    )
    yield from stages.insert_stage(ranking.workspace_id, stage)
    yield from touch_ranking(ranking.workspace_id, ranking.id)
    yield from insert_messages(messages)


def _get_ranking(workspace_id: str, ranking_id: str) -> Script[Ranking | None]:
    rows = yield _GET, {"workspace_id": workspace_id, "id": ranking_id}
    found = yield from _with_participants(workspace_id, rows)
    return found[0] if found else None


def _list_rankings(
    workspace_id: str,
    channel_id: str | None,
    person: Person | None,
    status: RankingStatus | None,
    limit: int,
) -> Script[list[Ranking]]:
    where = ["workspace_id = :workspace_id"]
    values: dict[str, object] = {"workspace_id": workspace_id, "limit": limit}
    if channel_id is not None:
        where.append("channel_id = :channel_id")
        values["channel_id"] = channel_id
    if status is not None:
        where.append("status = :status")
        values["status"] = status
    if person is not None:
        where.append(_WITH_PERSON)
        values |= {"team_id": person.team_id, "user_id": person.user_id}
    rows = yield (
        f"SELECT {_COLUMNS} FROM rankings WHERE {' AND '.join(where)} "
        "ORDER BY created_at DESC, id DESC LIMIT :limit",
        values,
    )
    return (yield from _with_participants(workspace_id, rows))


def _with_participants(workspace_id: str, rows: list[Row]) -> Script[list[Ranking]]:
    if not rows:
        return []
    names, values = in_list("id", [row["id"] for row in rows])
    people: dict[str, list[Person]] = {row["id"]: [] for row in rows}
    for row in (
        yield (
            "SELECT ranking_id, team_id, user_id FROM participants "
            f"WHERE workspace_id = :workspace_id AND ranking_id IN ({names}) ORDER BY ranking_id, place",
            {"workspace_id": workspace_id} | values,
        )
    ):
        people[row["ranking_id"]].append(Person(row["team_id"], row["user_id"]))
    return [_ranking(row, tuple(people[row["id"]])) for row in rows]


def _ranking(row: Row, participants: tuple[Person, ...]) -> Ranking:
    return Ranking(
        workspace_id=row["workspace_id"],
        id=row["id"],
        task_id=row["task_id"],
        title=row["title"],
        source=row["source"],
        items=tuple(Item(*each) for each in json.loads(row["items"])),
        channel_id=row["channel_id"],
        facilitator=Person(row["facilitator_team"], row["facilitator_user"]),
        participants=participants,
        quorum=row["quorum"],
        status=row["status"],
        created_at=datetime.fromisoformat(row["created_at"]),
        ended_at=optional_time(row["ended_at"]),
        outcome=tuple(json.loads(row["outcome"])),
    )
