"""Guests of a workspace take part, and start nothing.

A workspace invites them into some of its channels only, so what they start could reach people whom they
cannot see. Everything that somebody else has started is theirs to answer, as it is for people of a partner.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import Any

from slack_bolt.async_app import AsyncBoltRequest
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.response import BoltResponse

from bot.admins import Admins
from bot.caller import read_caller
from bot.errors import UserError

GUESTS_TAKE_PART = (
    "Guests of a workspace take part in what others start, and nothing was started. Ask somebody who belongs "
    "to this workspace to start it, and to name you in it."
)


class GuestGate(AsyncMiddleware):
    """Stops a guest at each of `starts`: the ids of actions, forms and shortcuts, and commands alone."""

    def __init__(self, admins: Admins, starts: Collection[str]) -> None:
        self._admins = admins
        self._starts = frozenset(starts)

    async def async_process(
        self, *, req: AsyncBoltRequest, resp: BoltResponse, next: Callable[[], Awaitable[BoltResponse]]
    ) -> BoltResponse:
        """:raises UserError: a guest would start something"""
        if _asked_for(req.body) in self._starts and await self._admins.is_guest(
            read_caller(req.context, req.body)
        ):
            raise UserError(GUESTS_TAKE_PART)
        return await next()


def _asked_for(body: Mapping[str, Any]) -> str:
    match body:
        case {"command": str(command)}:
            return f"{command} {body.get('text') or ''}".strip()
        case {"type": "block_actions", "actions": [{"action_id": str(action_id)}, *_]}:
            return action_id
        case {"type": "view_submission", "view": {"callback_id": str(callback_id)}}:
            return callback_id
        case {"type": "shortcut" | "message_action", "callback_id": str(callback_id)}:
            return callback_id
    return ""
