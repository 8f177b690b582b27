"""Who is kept under an id of Slack's: people who have left are found nowhere else."""

from storage.database import Script
from storage.erasure.people_in_json import like_user, names_user
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


# Roles, and messages that are kept true for somebody, say nothing of a team that could be searched for.
_NAMED = """
SELECT settings AS about FROM workspace_settings WHERE workspace_id = :workspace_id AND settings LIKE :pattern
UNION SELECT id || ' ' || channel_id FROM messages
    WHERE workspace_id = :workspace_id AND (id LIKE :pattern OR channel_id LIKE :pattern)
"""


def find_people(workspace_id: str, user_id: str) -> Script[list[Person]]:
    key = {"workspace_id": workspace_id, "user_id": user_id}
    rows = yield f"{_KNOWN} ORDER BY team_id", key
    if rows:
        return [Person(row["team_id"], row["user_id"]) for row in rows]
    named = yield _NAMED, {"workspace_id": workspace_id, "pattern": like_user(user_id)}
    is_named = any(names_user(row["about"], user_id) for row in named)
    return [Person(workspace_id, user_id)] if is_named else []
