"""What only the person themselves had any use for: it goes."""

import json

from storage.database import Script
from storage.erasure.people_in_json import like_user, names_user, without
from storage.records.people import Person

_OF_PERSON = "workspace_id = :workspace_id AND team_id = :team_id AND user_id = :user_id"
_TABLES = ("saved_strategies", "ranking_setups", "people")
_SETUPS = """
SELECT team_id, user_id, setup FROM ranking_setups
WHERE workspace_id = :workspace_id AND setup LIKE :pattern ORDER BY team_id, user_id FOR UPDATE
"""
_KEEP_SETUP = f"UPDATE ranking_setups SET setup = :setup WHERE {_OF_PERSON}"


def erase_own(workspace_id: str, person: Person) -> Script[None]:
    """Saved strategies, the agency, the set-up of a ranking; and their place in the set-ups of others."""
    key = {"workspace_id": workspace_id, "team_id": person.team_id, "user_id": person.user_id}
    for table in _TABLES:
        yield f"DELETE FROM {table} WHERE {_OF_PERSON}", key
    pattern = {"workspace_id": workspace_id, "pattern": like_user(person.user_id)}
    for row in (yield _SETUPS, pattern):
        if names_user(row["setup"], person.user_id):
            others = {
                "workspace_id": workspace_id,
                "team_id": row["team_id"],
                "user_id": row["user_id"],
                "setup": without(json.loads(row["setup"]), person.user_id),
            }
            yield _KEEP_SETUP, others
