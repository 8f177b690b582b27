"""Trouble on demand: the Web API refusing, breaking or not answering, and a log of what was asked of it."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sandbox.state import Json

LOGGED_CALLS = 20_000
RETRY_AFTER_SECONDS = 30


@dataclass
class Fault:
    """What shall befall the next `times` calls of a method, `*` for any.

    `status` answers with that HTTP status, 429 with `retry_after` seconds; 200 with `error` as Slack's error
    name; `broken_json` with half an answer; `timeout` only after `seconds`. With `is_performed` the call does
    its work first, as when only the answer is lost.
    """

    method: str
    kind: Literal["status", "broken_json", "timeout"] = "status"
    status: int = 429
    error: str = "internal_error"
    retry_after: int = 1
    seconds: float = 30.0
    times: int = 1
    is_performed: bool = False


class FaultPlan:
    """The faults still to come, in the order they were asked for."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> None:
        self._faults.append(fault)

    def clear(self) -> None:
        self._faults.clear()

    def take(self, method: str) -> Fault | None:
        """The fault for this call, which is then one time nearer its end."""
        fault = next((f for f in self._faults if f.method in (method, "*")), None)
        if fault is not None:
            fault.times -= 1
            if fault.times <= 0:
                self._faults.remove(fault)
        return fault


@dataclass(frozen=True)
class LoggedCall:
    """One call of the Web API; `at` in Unix seconds, `error` is None when all was well."""

    method: str
    params: Json
    at: float
    status: int
    error: str | None


class CallLog:
    """The last calls, oldest first."""

    def __init__(self) -> None:
        self.calls: deque[LoggedCall] = deque(maxlen=LOGGED_CALLS)

    def of(self, method: str) -> list[LoggedCall]:
        return [call for call in self.calls if call.method == method]


class RateLimits:
    """Slack's tiers: so many calls of a method within a minute, one message a second in a channel."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._calls: dict[str, deque[float]] = {}
        self._last_post: dict[str, float] = {}

    def wait_for(self, method: str, per_minute: int, channel_id: str | None) -> int:
        """Seconds to wait, 0 when this call may go ahead and is counted."""
        now = self._clock()
        if method == "chat.postMessage" and channel_id is not None:
            if now - self._last_post.get(channel_id, 0.0) < 1.0:
                return 1
            self._last_post[channel_id] = now
        recent = self._calls.setdefault(method, deque())
        while recent and now - recent[0] >= 60.0:
            recent.popleft()
        if len(recent) >= per_minute:
            return RETRY_AFTER_SECONDS
        recent.append(now)
        return 0
