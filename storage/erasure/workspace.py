"""What somebody did for the whole workspace: digests, the roles they had, the audit log."""

import json
from dataclasses import replace
from datetime import datetime

from storage.audit import record_audit
from storage.database import Script
from storage.digests import work_id
from storage.erasure.people_in_json import like_user, replaced
from storage.records.people import Person
from storage.records.workspace_settings import WorkspaceSettings
from storage.work import cancel_work
from storage.workspace_settings import get_settings, lock_settings, put_settings

_DIGESTS = """
DELETE FROM digests
WHERE workspace_id = :workspace_id AND subscribed_team = :team_id AND subscribed_user = :user_id
RETURNING channel_id
"""
_INSTALLED = """
UPDATE installations SET installed_by = :other_user
WHERE installed_by = :user_id AND (
    workspace_id = :workspace_id
    OR workspace_id = (SELECT enterprise_id FROM organisation_workspaces WHERE workspace_id = :workspace_id)
)
"""
_AUDIT = """
SELECT at, id, actor_team, actor_user, detail FROM audit
WHERE workspace_id = :workspace_id
    AND ((actor_team = :team_id AND actor_user = :user_id) OR detail LIKE :pattern)
ORDER BY at, id
"""
_KEEP_AUDIT = """
UPDATE audit SET actor_team = :actor_team, actor_user = :actor_user, detail = :detail
WHERE workspace_id = :workspace_id AND at = :at AND id = :id
"""


def erase_in_workspace(workspace_id: str, person: Person, other: Person, at: datetime) -> Script[None]:
    """End their digests, take their roles away, and put `other` in their place in the log."""
    key = {"workspace_id": workspace_id, "team_id": person.team_id, "user_id": person.user_id}
    for row in (yield _DIGESTS, key):
        yield from cancel_work(workspace_id, work_id(row["channel_id"]))
        yield from record_audit(workspace_id, "digest_stopped", other, at, row["channel_id"])
    found = yield from get_settings(workspace_id)
    if person in (*(found.starters or ()), *found.curators):
        settings = yield from lock_settings(workspace_id)
        yield from put_settings(workspace_id, _without(settings, person))
    yield _INSTALLED, key | {"other_user": other.user_id}
    for row in (yield _AUDIT, key | {"pattern": like_user(person.user_id)}):
        actor = Person(row["actor_team"], row["actor_user"])
        by = other if actor == person else actor
        yield (
            _KEEP_AUDIT,
            {
                "workspace_id": workspace_id,
                "at": datetime.fromisoformat(row["at"]),
                "id": row["id"],
                "actor_team": by.team_id,
                "actor_user": by.user_id,
                "detail": replaced(json.loads(row["detail"]), person, other),
            },
        )


def _without(settings: WorkspaceSettings, person: Person) -> WorkspaceSettings:
    starters = settings.starters
    if starters is not None:
        starters = tuple(each for each in starters if each != person)
    curators = tuple(each for each in settings.curators if each != person)
    return replace(settings, starters=starters, curators=curators)
