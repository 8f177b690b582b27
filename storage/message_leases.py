"""Which process sends the messages of a workspace.

A lease runs out by itself, so that another process goes on where one died.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from storage.database import Script
from storage.leases import CLOCK_ERROR

_HOLD = """
INSERT INTO message_leases (workspace_id, holder, held_until) VALUES (:workspace_id, :holder, :until)
ON CONFLICT (workspace_id) DO UPDATE SET holder = excluded.holder, held_until = excluded.held_until
WHERE message_leases.holder = excluded.holder
    OR message_leases.held_until <= :now OR message_leases.held_until > :implausible
RETURNING workspace_id
"""
_RELEASE = "DELETE FROM message_leases WHERE workspace_id = :workspace_id AND holder = :holder"


def hold_workspaces(
    workspace_ids: Collection[str], holder: str, now: datetime, seconds: float
) -> Script[set[str]]:
    """Take or keep the leases that nobody else holds, and return their workspaces."""
    until = now + timedelta(seconds=seconds)
    values = {"holder": holder, "now": now, "until": until, "implausible": until + CLOCK_ERROR}
    held = set()
    for workspace_id in sorted(
        workspace_ids
    ):  # the same order in every process, so that none waits for a circle
        if (yield _HOLD, {"workspace_id": workspace_id} | values):
            held.add(workspace_id)
    return held


def release_workspaces(workspace_ids: Collection[str], holder: str) -> Script[None]:
    for workspace_id in sorted(workspace_ids):
        yield _RELEASE, {"workspace_id": workspace_id, "holder": holder}
