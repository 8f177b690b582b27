"""Calls of Slack's methods, each counted against its budget, and what a 429 does to it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from slack_sdk.errors import SlackApiError

from bot.delivery.budget import Budget
from bot.delivery.replies import is_limited, retry_after

log = logging.getLogger(__name__)

T = TypeVar("T")

UNTOLD_PAUSE = 10.0
"""Seconds for which a method rests when Slack says "too often" and not for how long."""


class BusyError(Exception):
    """The method may not be called for `seconds`; nothing was done."""

    def __init__(self, method: str, seconds: float) -> None:
        super().__init__(f"{method} may be called in {seconds:.0f} s")
        self.seconds = seconds


class Turn:
    """The right to call one method once in a workspace, and others as far as the budget goes."""

    def __init__(self, budget: Budget, workspace_id: str, method: str) -> None:
        """`method` has been taken from the budget already."""
        self._budget = budget
        self._workspace_id = workspace_id
        self._taken: str | None = method

    async def call(self, method: str, make: Callable[[], Awaitable[T]]) -> T:
        """Make a call.

        :raises BusyError: it was made too often, as we count or as Slack does
        :raises SlackApiError: Slack refused it for another reason
        """
        bucket = self._budget.of(self._workspace_id, method)
        if self._taken == method and bucket.paused_until <= _now():
            self._taken = None
        elif not bucket.take(_now()):
            raise BusyError(method, bucket.wait(_now()))
        try:
            return await make()
        except SlackApiError as error:
            if not is_limited(error):
                raise
            seconds = retry_after(error) or UNTOLD_PAUSE
            bucket.pause(_now(), seconds)
            log.warning("Slack wants no %s in %s for %.0f s", method, self._workspace_id, seconds)
            raise BusyError(method, seconds) from error

    def end(self) -> None:
        """Give back what was taken and not used."""
        if self._taken is not None:
            self._budget.of(self._workspace_id, self._taken).give_back()
            self._taken = None


def _now() -> float:
    return asyncio.get_running_loop().time()
