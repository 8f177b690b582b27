"""Work that is due: claimed in the store, done by the handler of its kind.

Several processes may run side by side: the one that claims a piece of work does it.
What was due while none ran is done at the next start: each piece once, what is about
the same thing in the order in which it was due. A handler that fails is tried again
later; one that is cut off is, too, once its lease has run out, so a handler must be
able to run twice.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

from storage.records.work import Work
from storage.store import WorkStore

log = logging.getLogger(__name__)

Handler: TypeAlias = Callable[[Work], Awaitable[None]]

LOOK_EVERY = 1.0
"""Seconds between two looks for work that is due."""
LEASE_SECONDS = 60.0
"""Seconds after which another process may do work that this one has claimed."""
HANDLER_SECONDS = 50.0
"""Seconds a handler may take; so much less than the lease that no other begins while it ends."""
ENDING = 2.0
"""Seconds that handlers are given when the process stops."""
AT_ONCE = 20
"""Pieces of work that one process does side by side."""
FIRST_WAIT = 15.0
LONGEST_WAIT = 3600.0
"""Seconds after which work that failed is tried again, at first and at most; doubled each time."""


class Clock:
    """Does what is due until it is cancelled."""

    def __init__(self, work: WorkStore, handlers: Mapping[str, Handler]) -> None:
        self._work = work
        self._handlers = handlers
        self._doing: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Look for work for ever."""
        try:
            while True:
                try:
                    await self._look()
                except Exception as error:  # the store may be away for a while; nothing is lost
                    log.warning("Could not look for work that is due: %s", type(error).__name__)
                await self._rest()
        finally:
            await self._finish()

    async def _look(self) -> None:
        """Begin what is due, as far as there is room for it."""
        room = AT_ONCE - len(self._doing)
        lease_ends = asyncio.get_running_loop().time() + LEASE_SECONDS
        due = await self._work.claim(datetime.now(UTC), LEASE_SECONDS, room) if room else []
        together: dict[tuple[str, str], list[Work]] = defaultdict(list)
        for work in due:
            together[work.workspace_id, work.subject].append(work)
        for works in together.values():
            task = asyncio.create_task(self._do_in_order(works, lease_ends))
            self._doing.add(task)
            task.add_done_callback(self._doing.discard)

    async def _rest(self) -> None:
        """Wait for the next look; less long when there may be more to do than there was room for."""
        if len(self._doing) == AT_ONCE:
            await asyncio.wait(list(self._doing), timeout=LOOK_EVERY)
        else:
            await asyncio.sleep(LOOK_EVERY)

    async def _do_in_order(self, works: Sequence[Work], lease_ends: float) -> None:
        """Do what is about one thing; what there is no time left for is claimed anew."""
        for work in works:
            if lease_ends - asyncio.get_running_loop().time() < HANDLER_SECONDS:
                await self._put_off(work, work.due_at)
            else:
                await self._do(work)

    async def _do(self, work: Work) -> None:
        try:
            async with asyncio.timeout(HANDLER_SECONDS):
                await self._handlers[work.kind](work)
            await self._work.finish(work)
        except Exception as error:
            wait = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(work.attempts - 1, 16))
            log.warning("Work %s failed (%s), trying again in %.0f s", work.id, type(error).__name__, wait)
            await self._put_off(work, datetime.now(UTC) + timedelta(seconds=wait))

    async def _put_off(self, work: Work, due_at: datetime) -> None:
        try:
            await self._work.postpone(work, due_at)
        except Exception as error:  # its lease runs out, and then it is claimed again
            log.warning("Work %s could not be put off: %s", work.id, type(error).__name__)

    async def _finish(self) -> None:
        """Give what has begun a little time to end."""
        tasks = list(self._doing)
        if tasks:
            await asyncio.wait(tasks, timeout=ENDING)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
