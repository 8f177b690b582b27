"""An event loop whose time passes only while nobody works: ten minutes of waiting take seconds.

Sockets and threads work as ever. When none of them has anything to say for a moment, the loop's clock leaps
towards the next thing that waits for a time.
"""

import asyncio
import selectors
from collections.abc import Coroutine
from selectors import SelectorKey
from typing import Any, TypeVar

T = TypeVar("T")

GRACE = 0.001
"""Real seconds in which a thread, such as the store's writer, may still have something to say."""
LEAP = 1.0
"""Simulated seconds that pass at most in each of them, so that a slow thread is not left far behind."""


class _Selector(selectors.DefaultSelector):
    """Waits for no time, and says how long it would have waited."""

    passed = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[SelectorKey, int]]:
        if timeout is None or timeout <= 0:
            return super().select(timeout)
        ready = super().select(min(timeout, GRACE))
        if not ready:
            self.passed += min(timeout, LEAP)
        return ready


class SimulatedLoop(asyncio.SelectorEventLoop):
    """Begins at 0."""

    def __init__(self) -> None:
        self._simulated = _Selector()
        super().__init__(self._simulated)

    def time(self) -> float:
        return self._simulated.passed


def run_simulated(work: Coroutine[Any, Any, T]) -> T:
    """Run to the end on a loop of its own."""
    with asyncio.Runner(loop_factory=SimulatedLoop) as runner:
        return runner.run(work)
