"""One request of Slack's from its arrival to its answer: what it was, what became of it, and how soon."""

import logging
import time
from collections.abc import Mapping
from contextvars import ContextVar
from types import TracebackType
from typing import Any, Final, Literal, TypeAlias, get_args

from bot.outside.figures import count_request, expect_requests

log = logging.getLogger(__name__)

Result: TypeAlias = Literal["answered", "refused", "outdated", "not installed", "unavailable", "failed"]

SLOW = 1.0
"""Seconds after which the log tells of a request: Slack gives up after three."""
KINDS: Final = frozenset(
    {
        "block_actions",
        "block_suggestion",
        "event_callback",
        "message_action",
        "shortcut",
        "url_verification",
        "view_closed",
        "view_submission",
    }
)

expect_requests({*KINDS, "command", "other"}, get_args(Result))

_current: ContextVar["Incoming | None"] = ContextVar("incoming", default=None)


class Incoming:
    """A request while it is being answered.

    `listener` is empty until one of ours takes the request, so that it never holds what somebody made up.
    """

    __slots__ = ("_began", "_token", "kind", "listener", "result", "workspace_id")

    def __init__(self, payload: Mapping[str, Any], began: float) -> None:
        """`began` is a moment of time.perf_counter."""
        self.kind = _kind(payload)
        self.listener = ""
        self.workspace_id = ""
        self.result: Result = "answered"
        self._began = began

    def __enter__(self) -> "Incoming":
        self._token = _current.set(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            self.result = "failed"
        self._end(time.perf_counter() - self._began)
        _current.reset(self._token)

    def _end(self, seconds: float) -> None:
        count_request(self.kind, self.result, seconds)
        if seconds >= SLOW or log.isEnabledFor(logging.DEBUG):
            log.log(
                logging.WARNING if seconds >= SLOW else logging.DEBUG,
                "Request %s %s: %s in %.3f s",
                self.kind,
                self.listener or "of no listener",
                self.result,
                seconds,
                extra={"result": self.result, "seconds": round(seconds, 6)},
            )


def current() -> Incoming | None:
    """The request that is being answered here, if one is."""
    return _current.get()


def note_result(result: Result) -> None:
    """Remember what became of the request that is being answered."""
    if incoming := _current.get():
        incoming.result = result


def note_listener(listener: str) -> None:
    """Remember who answers the request; `listener` is an id of ours."""
    if incoming := _current.get():
        incoming.listener = listener


def note_workspace(workspace_id: str) -> None:
    """Remember in which workspace the request is answered."""
    if incoming := _current.get():
        incoming.workspace_id = workspace_id


def _kind(payload: Mapping[str, Any]) -> str:
    if "command" in payload:
        return "command"
    kind = payload.get("type")
    return kind if kind in KINDS else "other"
