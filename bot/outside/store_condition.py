"""How the store is: looked at when somebody asks, and once a second at most, for anybody may ask."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import UTC, datetime

from storage.store import Store, UnavailableError

log = logging.getLogger(__name__)

FRESH = 1.0
"""Seconds for which an answer holds."""
PATIENCE = 5.0
"""Seconds after which a store that does not answer counts as one that cannot be used."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Whether the store can be written; what waits in it is None when it cannot be asked."""

    is_writable: bool
    messages_waiting: int | None = None
    oldest_message: float | None = None
    """For how many seconds the oldest message that waits has waited; 0 when none does."""
    oldest_work: float | None = None
    """For how many seconds the oldest work that nobody does has been due; 0 when there is none."""


class StoreWatch:
    """Asks the store for all who ask at the same time."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._asking = asyncio.Lock()
        self._known: Condition | None = None
        self._looked_at = 0.0

    async def condition(self) -> Condition:
        """How the store is now, or was within the last second."""
        async with self._asking:
            now = asyncio.get_running_loop().time
            if self._known is None or now() - self._looked_at >= FRESH:
                self._known = await self._look()
                self._looked_at = now()
            return self._known

    async def _look(self) -> Condition:
        try:
            async with asyncio.timeout(PATIENCE):
                await self._store.check_writable()
                now = datetime.now(UTC)
                backlog = await self._store.messages.backlog()
                due = await self._store.work.oldest_due(now)
        except UnavailableError as error:
            return self._unusable(str(error))
        except TimeoutError:
            return self._unusable(f"It did not answer within {PATIENCE:.0f} s.")
        if self._known and not self._known.is_writable:
            log.info("The store can be written again.")
        return Condition(True, backlog.waiting, _age(backlog.oldest, now), _age(due, now))

    def _unusable(self, why: str) -> Condition:
        """Said in the log when it begins, and not at each look."""
        if self._known is None or self._known.is_writable:
            log.error("The store cannot be used. %s", why)
        return Condition(False)


def _age(since: datetime | None, now: datetime) -> float:
    return max(0.0, (now - since).total_seconds()) if since else 0.0
