"""Which workspace a request is from, where the app is installed for a whole organisation.

Slack then names the organisation in place of the workspace, or nothing at all, in presses and forms. It is
taken from whatever else names one: rows belong to a workspace, never to an organisation.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncBoltRequest
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.response import BoltResponse

ORGANISATION = "E"
"""How the id of an organisation begins."""


class WorkspaceNaming(AsyncMiddleware):
    """Middleware that comes before the question who may act."""

    async def async_process(
        self, *, req: AsyncBoltRequest, resp: BoltResponse, next: Callable[[], Awaitable[BoltResponse]]
    ) -> BoltResponse:
        named = req.context.team_id
        if named is None or named.startswith(ORGANISATION):
            req.context["team_id"] = workspace_id = _workspace_of(req.body)
            # Bolt has put the organisation's id into each call of the request's client.
            req.context.client.default_params = {"team_id": workspace_id} if workspace_id else {}
        return await next()


def _workspace_of(body: dict[str, Any]) -> str | None:
    """That of the request, or else of the person, or of the event."""
    named = (body.get("team_id"), _team_of(body, "user", "team_id"), _team_of(body, "event", "team"))
    return next((each for each in named if each and not each.startswith(ORGANISATION)), None)


def _team_of(body: dict[str, Any], part: str, name: str) -> str | None:
    found = body.get(part)
    return found.get(name) if isinstance(found, dict) else None
