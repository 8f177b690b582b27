"""What a Web API method is: its name, the token and scopes it asks for, and what it does."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from sandbox.refusals import RefusedError
from sandbox.socket_mode import SocketMode
from sandbox.state import Channel, Json, Message
from sandbox.steps import StepRun
from sandbox.workspace import Workspace

READ_SCOPES = {"public": "channels:read", "private": "groups:read", "im": "im:read", "mpim": "mpim:read"}
HISTORY_SCOPES = {
    "public": "channels:history",
    "private": "groups:history",
    "im": "im:history",
    "mpim": "mpim:history",
}


@dataclass
class Call:
    """One call: its parameters, whichever encoding they came in, and the workspace it is about.

    `step_run` is the run of a workflow step whose own token the call was made with; `scopes` were granted to
    the token, and `place_id` is the team or the organisation that it is for.
    """

    workspace: Workspace
    socket_mode: SocketMode | None
    params: dict[str, Any]
    step_run: StepRun | None = None
    scopes: frozenset[str] = frozenset()
    place_id: str = ""

    def text(self, name: str, default: str = "") -> str:
        value = self.params.get(name)
        return default if value is None else str(value)

    def optional(self, name: str) -> str | None:
        return self.text(name) or None

    def required(self, name: str) -> str:
        """A parameter without which Slack answers `invalid_arguments`."""
        value = self.text(name)
        if not value:
            raise RefusedError("invalid_arguments", [f"missing required field: {name}"])
        return value

    def flag(self, name: str) -> bool:
        return self.params.get(name) in (True, 1, "1", "true", "True")

    def number(self, name: str, default: int) -> int:
        try:
            return int(self.text(name) or default)
        except ValueError:
            raise RefusedError("invalid_arguments", [f"must be an integer [json-pointer:/{name}]"]) from None

    def structure(self, name: str, error: str = "invalid_arguments") -> Any:
        """A parameter that is JSON, sent as such or as a string holding it."""
        value = self.params.get(name)
        if not isinstance(value, str) or not value:
            return value or None
        try:
            return json.loads(value)
        except ValueError:
            raise RefusedError(error) from None

    def demand_scope(self, scope: str) -> None:
        if scope not in self.scopes:
            provided = ",".join(sorted(self.scopes))
            raise RefusedError("missing_scope", more={"needed": scope, "provided": provided})

    def channel(self, scopes: dict[str, str], name: str = "channel") -> Channel:
        """The conversation named, if the bot may see it and has the scope for its kind."""
        channel = self.workspace.channels.get(self.text(name))
        if channel is None or not self.workspace.sees(channel):
            raise RefusedError("channel_not_found")
        self.demand_scope(scopes[channel.kind])
        return channel

    def posting_channel(self) -> Channel:
        """The conversation to post in: by id, by name, or a person's id for their direct messages."""
        workspace = self.workspace
        named = self.text("channel")
        person = workspace.people.get(named)
        if person is not None and not person.is_bot:
            if person.is_deactivated:
                raise RefusedError("user_disabled")
            return workspace.direct_message(person.id)
        channel = workspace.channels.get(named)
        if channel is None:
            by_name = (c for c in workspace.channels.values() if c.name == named.removeprefix("#"))
            channel = next((c for c in by_name if c.kind in ("public", "private")), None)
        if channel is None or not workspace.sees(channel):
            raise RefusedError("channel_not_found")
        if channel.is_archived:
            raise RefusedError("is_archived")
        if workspace.bot_user_id not in channel.members and "chat:write.public" not in self.scopes:
            raise RefusedError("not_in_channel")
        return channel

    def message(self, channel: Channel, name: str) -> Message:
        """The message with this `ts` that everybody in the channel sees."""
        message = self.workspace.message(channel.id, self.text(name))
        if message is None or message.ephemeral_to is not None:
            raise RefusedError("message_not_found")
        return message


Handler = Callable[[Call], Json]


@dataclass(frozen=True)
class Method:
    """`scopes` are alternatives, any one will do; `per_minute` is the rate limit of its tier."""

    handler: Handler
    token: Literal["bot", "app", "none"]
    scopes: tuple[str, ...]
    per_minute: int


METHODS: dict[str, Method] = {}
TIERS = {1: 1, 2: 20, 3: 50, 4: 100}
SPECIAL = 600


def method(
    name: str, *scopes: str, tier: int | None = None, token: Literal["bot", "app", "none"] = "bot"
) -> Callable[[Handler], Handler]:
    """Register a handler under a method's name; without a tier it has the special limit of about 600 a
    minute.
    """

    def register(handler: Handler) -> Handler:
        METHODS[name] = Method(handler, token, scopes, TIERS[tier] if tier else SPECIAL)
        return handler

    return register


def page(call: Call, entries: list[Any], default: int, most: int) -> tuple[list[Any], Json]:
    """One page of a list and the metadata with the cursor of the next; a cursor is the offset."""
    limit = call.number("limit", default)
    if not 0 < limit <= most:
        raise RefusedError("invalid_limit")
    cursor = call.text("cursor")
    if cursor and not cursor.isdigit():
        raise RefusedError("invalid_cursor")
    start = int(cursor or 0)
    following = start + limit
    next_cursor = str(following) if following < len(entries) else ""
    return entries[start:following], {"next_cursor": next_cursor}
