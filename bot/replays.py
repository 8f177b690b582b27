"""Requests that are handled once, however often they come.

Slack may deliver a request twice, and somebody who has seen one can send it again while its signature is
good. What only says how things should be does no harm twice; what starts, sends or settles something would.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from typing import Any

from slack_bolt.async_app import AsyncBoltRequest
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.response import BoltResponse

from bot.errors import UNDO
from storage.store import RequestStore

REMEMBERED = timedelta(minutes=15)
"""A signature is good for five minutes before and after its time."""


class Claims:
    """What is done once, whichever process it comes to; `what` names it within its workspace."""

    def __init__(self, requests: RequestStore) -> None:
        self._requests = requests

    async def claim(self, workspace_id: str, what: str) -> bool:
        """True for the first."""
        now = datetime.now(UTC)
        return await self._requests.claim(workspace_id, _fingerprint(what), now, now + REMEMBERED)

    async def release(self, workspace_id: str, what: str) -> None:
        """Nothing came of it: the next one is the first."""
        await self._requests.release(workspace_id, _fingerprint(what))


class ReplayGate(AsyncMiddleware):
    """Lets each press and form of `once`, which are ids, through until something has come of it."""

    def __init__(self, claims: Claims, once: Collection[str]) -> None:
        self._claims = claims
        self._once = frozenset(once)

    async def async_process(
        self, *, req: AsyncBoltRequest, resp: BoltResponse, next: Callable[[], Awaitable[BoltResponse]]
    ) -> BoltResponse:
        trigger_id, workspace_id = req.body.get("trigger_id"), str(req.context.team_id)
        if not trigger_id or _id_in(req.body) not in self._once:
            return await next()
        if not await self._claims.claim(workspace_id, trigger_id):
            return BoltResponse(status=200)
        req.context[UNDO] = partial(self._claims.release, workspace_id, trigger_id)
        return await next()


def _id_in(body: Mapping[str, Any]) -> str:
    match body:
        case {"type": "block_actions", "actions": [{"action_id": str(action_id)}, *_]}:
            return action_id
        case {"type": "view_submission", "view": {"callback_id": str(callback_id)}}:
            return callback_id
    return ""


def _fingerprint(what: str) -> str:
    return sha256(what.encode(errors="replace")).hexdigest()
