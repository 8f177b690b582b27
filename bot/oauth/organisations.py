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


GRANTED = "team_access_granted"
"""The event of a workspace that may use the organisation's token from now on."""


class WorkspaceNaming(AsyncMiddleware):
    """Middleware that comes before the question who may act."""

    async def async_process(
        self, *, req: AsyncBoltRequest, resp: BoltResponse, next: Callable[[], Awaitable[BoltResponse]]
    ) -> BoltResponse:
        named = req.context.team_id
        event = req.body.get("event")
        if isinstance(event, dict) and event.get("type") == GRANTED:
            # Slack calls this no matter of an organisation, and names any workspace in its envelope.
            named, req.context["is_enterprise_install"] = None, True
        if named is None or named.startswith(ORGANISATION):
            req.context["team_id"] = workspace_id = _workspace_of(req.body)
            # Bolt has put the organisation's id into each call of the request's client.
            req.context.client.default_params = {"team_id": workspace_id} if workspace_id else {}
        return await next()


def workspaces_in(event: dict[str, Any]) -> list[str]:
    """Those that an event lets in, or takes out."""
    return [each for each in event["team_ids"] if not each.startswith(ORGANISATION)]


def _workspace_of(body: dict[str, Any]) -> str | None:
    """That of the request, or else of the person, or of the event; the first that an event lets in."""
    if (body.get("event") or {}).get("type") == GRANTED:
        return next(iter(workspaces_in(body["event"])), None)
    named = (body.get("team_id"), _team_of(body, "user", "team_id"), _team_of(body, "event", "team"))
    return next((each for each in named if each and not each.startswith(ORGANISATION)), None)


def _team_of(body: dict[str, Any], part: str, name: str) -> str | None:
    found = body.get(part)
    return found.get(name) if isinstance(found, dict) else None
