"""Who is kept under an id of Slack's: people who have left are found nowhere else."""

from storage.database import Script
from storage.records.people import Person

_COLUMNS = (
    ("people", "team_id", "user_id"),
    ("participants", "team_id", "user_id"),
    ("deputies", "team_id", "user_id"),
    ("rankings", "facilitator_team", "facilitator_user"),
    ("ranking_events", "actor_team", "actor_user"),
    ("ranking_setups", "team_id", "user_id"),
    ("saved_strategies", "team_id", "user_id"),
    ("case_studies", "owner_team", "owner_user"),
    ("case_studies", "reviewer_team", "reviewer_user"),
    ("case_study_changes", "author_team", "author_user"),
    ("case_study_events", "actor_team", "actor_user"),
    ("case_study_events", "person_team", "person_user"),
    ("case_study_sections", "team_id", "user_id"),
    ("case_study_sections", "asked_by_team", "asked_by_user"),
    ("digests", "subscribed_team", "subscribed_user"),
    ("audit", "actor_team", "actor_user"),
)
_KNOWN = " UNION ".join(
    f"SELECT {team} AS team_id, {user} AS user_id FROM {table} "
    f"WHERE workspace_id = :workspace_id AND {user} = :user_id"
    for table, team, user in _COLUMNS
)


def find_people(workspace_id: str, user_id: str) -> Script[list[Person]]:
    rows = yield f"{_KNOWN} ORDER BY team_id", {"workspace_id": workspace_id, "user_id": user_id}
    return [Person(row["team_id"], row["user_id"]) for row in rows]
