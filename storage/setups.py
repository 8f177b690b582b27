"""The set-up form that a person has begun to fill in, until a ranking is started from it."""

import json
from collections.abc import Mapping

from storage.database import Script
from storage.records.people import Person

_OF_PERSON = "workspace_id = :workspace_id AND team_id = :team_id AND user_id = :user_id"
_SAVE = """
INSERT INTO ranking_setups (workspace_id, team_id, user_id, setup)
VALUES (:workspace_id, :team_id, :user_id, :setup)
ON CONFLICT (workspace_id, team_id, user_id) DO UPDATE SET setup = excluded.setup
"""
_GET = f"SELECT setup FROM ranking_setups WHERE {_OF_PERSON}"
_DROP = f"DELETE FROM ranking_setups WHERE {_OF_PERSON}"


def save_setup(workspace_id: str, person: Person, values: Mapping[str, object]) -> Script[None]:
    yield _SAVE, _key(workspace_id, person) | {"setup": dict(values)}


def get_setup(workspace_id: str, person: Person) -> Script[dict[str, object] | None]:
    rows = yield _GET, _key(workspace_id, person)
    return json.loads(rows[0]["setup"]) if rows else None


def drop_setup(workspace_id: str, person: Person) -> Script[None]:
    yield _DROP, _key(workspace_id, person)


def _key(workspace_id: str, person: Person) -> dict[str, object]:
    return {"workspace_id": workspace_id, "team_id": person.team_id, "user_id": person.user_id}
