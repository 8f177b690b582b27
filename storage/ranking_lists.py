"""Rankings found: one by its id, those of a channel, those of a person."""

from storage.database import Script
from storage.ranking_rows import COLUMNS, rankings_with_people
from storage.records.people import Person
from storage.records.rankings import Ranking, RankingStatus

_GET = f"SELECT {COLUMNS} FROM rankings WHERE workspace_id = :workspace_id AND id = :id"
_ENDED = f"""
SELECT {COLUMNS} FROM rankings WHERE workspace_id = :workspace_id AND status <> 'open'
ORDER BY ended_at DESC, id DESC LIMIT :limit OFFSET :offset
"""
_WITH_PERSON = """id IN (
    SELECT ranking_id FROM participants
    WHERE workspace_id = :workspace_id AND team_id = :team_id AND user_id = :user_id
    UNION SELECT ranking_id FROM deputies
    WHERE workspace_id = :workspace_id AND team_id = :team_id AND user_id = :user_id
    UNION SELECT id FROM rankings
    WHERE workspace_id = :workspace_id AND facilitator_team = :team_id AND facilitator_user = :user_id
)"""


def get_ranking(workspace_id: str, ranking_id: str) -> Script[Ranking | None]:
    rows = yield _GET, {"workspace_id": workspace_id, "id": ranking_id}
    found = yield from rankings_with_people(workspace_id, rows)
    return found[0] if found else None


def list_ended(workspace_id: str, limit: int, offset: int) -> Script[list[Ranking]]:
    rows = yield _ENDED, {"workspace_id": workspace_id, "limit": limit, "offset": offset}
    return (yield from rankings_with_people(workspace_id, rows))


def list_rankings(
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
        f"SELECT {COLUMNS} FROM rankings WHERE {' AND '.join(where)} "
        "ORDER BY created_at DESC, id DESC LIMIT :limit",
        values,
    )
    return (yield from rankings_with_people(workspace_id, rows))
