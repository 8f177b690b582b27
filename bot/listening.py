"""Listeners found by the id of what was pressed or sent.

Bolt asks each of its listeners in turn whether a request is theirs, which takes some 15
microseconds each: with two hundred listeners that is longer than all else a press needs.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from copy import copy
from inspect import signature
from re import Pattern
from typing import Any, TypeAlias

from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.response import BoltResponse

from bot.outside.incoming import note_listener

Listener: TypeAlias = Callable[..., Awaitable[BoltResponse | None]]
Constraints: TypeAlias = str | Pattern[str] | dict[str, str | Pattern[str]]
Register: TypeAlias = Callable[..., Listener | None]
Key: TypeAlias = tuple[str, str]
"""The payload's type, and the action's or the view's id."""
GIVEN = frozenset({"ack", "body", "client", "context", "respond"})
"""What a listener that is found by its id may ask for."""


class ListeningApp(AsyncApp):
    """Bolt's app, which keeps the plain listeners of presses, forms and menus in a table by their id.

    `by_id` must be the last of the middleware. Any other listener is Bolt's to find.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.by_id = ListenersById(self)

    def _init_context(self, req: AsyncBoltRequest) -> None:
        """As Bolt's own, but a request's client is a copy: to make one takes as long as to check a vote."""
        client = copy(self.client)
        client.default_params = {} if req.context.team_id is None else {"team_id": req.context.team_id}
        req.context["client"] = client
        req.context["token"] = client.token
        req.context["logger"] = self.logger
        req.context["listener_runner"] = self.listener_runner

    def action(
        self,
        constraints: Constraints,
        matchers: Sequence[Callable[..., Awaitable[bool]]] | None = None,
        middleware: Sequence[Callable[..., Any] | AsyncMiddleware] | None = None,
    ) -> Register:
        """Listen for the press of a button, or a choice made in a menu."""
        others = super().action(constraints, matchers, middleware)
        return self._register("block_actions", constraints, others, matchers or middleware)

    def view(
        self,
        constraints: Constraints,
        matchers: Sequence[Callable[..., Awaitable[bool]]] | None = None,
        middleware: Sequence[Callable[..., Any] | AsyncMiddleware] | None = None,
    ) -> Register:
        """Listen for a form that is sent."""
        others = super().view(constraints, matchers, middleware)
        return self._register("view_submission", constraints, others, matchers or middleware)

    def options(
        self,
        constraints: Constraints,
        matchers: Sequence[Callable[..., Awaitable[bool]]] | None = None,
        middleware: Sequence[Callable[..., Any] | AsyncMiddleware] | None = None,
    ) -> Register:
        """Listen for what is typed into a menu that offers suggestions."""
        others = super().options(constraints, matchers, middleware)
        return self._register("block_suggestion", constraints, others, matchers or middleware)

    def command(self, command: str | Pattern[str], *given: Any, **named: Any) -> Callable[..., Any]:
        """Listen for a slash command."""
        self.by_id.others.add(str(command))
        return super().command(command, *given, **named)

    def shortcut(self, constraints: Constraints, *given: Any, **named: Any) -> Callable[..., Any]:
        """Listen for a shortcut, from a message's menu or from anywhere."""
        self.by_id.others.add(str(constraints))
        return super().shortcut(constraints, *given, **named)

    def event(self, event: Any, *given: Any, **named: Any) -> Callable[..., Any]:
        """Listen for what happened in a workspace."""
        self.by_id.others.add(str(event))
        return super().event(event, *given, **named)

    def _register(
        self, kind: str, constraints: Constraints, others: Register, conditions: object
    ) -> Register:
        def register(*functions: Listener, **by_name: Any) -> Listener | None:
            if not isinstance(constraints, str) or conditions or by_name:
                return others(*functions, **by_name)
            (function,) = functions
            self.by_id.add((kind, constraints), function)
            return function

        return register


class ListenersById(AsyncMiddleware):
    """Answers what it has a listener for, and lets everything else pass."""

    def __init__(self, app: AsyncApp) -> None:
        self._app = app
        self._listeners: dict[Key, tuple[Listener, frozenset[str]]] = {}
        self.others: set[str] = {"function_executed"}
        """The names of what Bolt finds a listener for."""

    @property
    def keys(self) -> Collection[Key]:
        """What there is a listener for."""
        return self._listeners.keys()

    def add(self, key: Key, function: Listener) -> None:
        """:raises ValueError: there is a listener for it already, or it asks for what is not given here"""
        if key in self._listeners:
            raise ValueError(f"there is a listener for {key} already")
        asked_for = frozenset(signature(function).parameters)
        if not asked_for <= GIVEN:
            raise ValueError(f"the listener for {key} asks for {asked_for - GIVEN}")
        self._listeners[key] = function, asked_for

    async def async_process(
        self, *, req: AsyncBoltRequest, resp: BoltResponse, next: Callable[[], Awaitable[BoltResponse]]
    ) -> BoltResponse | None:
        key = _key(req.body)
        listener = self._listeners.get(key) if key else None
        if key is None or listener is None:
            if (name := _name(req.body)) in self.others:
                note_listener(name)
            return await next()
        note_listener(key[1])
        function, asked_for = listener
        context = req.context
        try:
            # Bolt works out all that any listener could ask for, which takes longer than most listeners.
            at_hand = {"body": req.body, "context": context}
            await function(**{name: at_hand.get(name) or getattr(context, name) for name in asked_for})
            if context.ack.response is None:
                raise RuntimeError(f"{key} was not acknowledged")
        except Exception as error:
            refused = BoltResponse(status=500)
            errors = self._app.listener_runner.listener_error_handler
            await errors.handle(error=error, request=req, response=refused)
            return refused
        return context.ack.response


def _key(body: Mapping[str, Any]) -> Key | None:
    match body:
        case {"type": "block_actions", "actions": [{"action_id": str(action_id)}, *_]}:
            return "block_actions", action_id
        case {"type": "view_submission", "view": {"callback_id": str(callback_id)}}:
            return "view_submission", callback_id
        case {"type": "block_suggestion", "action_id": str(action_id)}:
            return "block_suggestion", action_id
    return None


def _name(body: Mapping[str, Any]) -> str:
    match body:
        case {"command": str(name)}:
            return name
        case {"type": "shortcut" | "message_action", "callback_id": str(name)}:
            return name
        case {"type": "event_callback", "event": {"type": str(name)}}:
            return name
    return ""
