"""Who is asking, and in which workspace: read once from whatever Slack sent."""

from dataclasses import dataclass
from typing import Any, TypeAlias

from slack_bolt.context.async_context import AsyncBoltContext

from storage.records.people import Person

Payload: TypeAlias = dict[str, Any]
"""What Slack sent, as Bolt has read it."""


@dataclass(frozen=True, slots=True)
class Caller:
    """A person acting in a workspace.

    `workspace_id` is the installation's team, which is the wall; the person's own
    team differs from it when they come through a shared channel.
    """

    workspace_id: str
    person: Person


def read_caller(context: AsyncBoltContext, body: Payload) -> Caller:
    """The caller of any command, shortcut, press, submission or event.

    :raises ValueError: the payload names nobody, so it cannot come from a person
    """
    workspace_id = context.team_id
    user = body.get("user")
    event = body.get("event")
    if isinstance(user, dict):
        user_id, team_id = user.get("id"), user.get("team_id")
    elif isinstance(event, dict):
        user_id, team_id = event.get("user"), event.get("user_team") or event.get("team")
    else:
        user_id, team_id = body.get("user_id"), body.get("team_id")
    if not workspace_id or not isinstance(user_id, str):
        raise ValueError("the payload names no workspace or no person")
    return Caller(workspace_id, Person(team_id or workspace_id, user_id))
