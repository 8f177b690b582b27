"""Somebody's own list of strategies."""

from datetime import datetime

from bot.caller import Caller
from bot.errors import UserError
from bot.strategies.results import Kept, SavedList, page_of
from knowledge.model import Library
from storage.store import ConflictError, LookupStore

SAVED_A_PAGE = 8
FULL = "Your list holds 100 strategies, and no more fit. Remove one that you no longer need, then save again."


class SavedStrategies:
    """Kept in the store, shown from the library."""

    def __init__(self, lookups: LookupStore, library: Library) -> None:
        self._lookups = lookups
        self._library = library

    async def page(self, caller: Caller, number: int = 0, size: int = SAVED_A_PAGE) -> SavedList:
        """That page of the person's list."""
        ids = await self._lookups.list_saved(caller.workspace_id, caller.person)
        kept = [Kept(one, self._library.strategy(one)) for one in ids]
        return SavedList(page_of(kept, number, size), sum(one.strategy is not None for one in kept))

    async def holds(self, caller: Caller, strategy_id: str) -> bool:
        return strategy_id in await self._lookups.list_saved(caller.workspace_id, caller.person)

    async def save(self, caller: Caller, strategy_id: str, at: datetime) -> None:
        """Put it on the list, where it may stand already; :raises UserError: the list is full."""
        try:
            await self._lookups.save_strategy(caller.workspace_id, caller.person, strategy_id, at)
        except ConflictError as error:
            raise UserError(FULL) from error

    async def remove(self, caller: Caller, strategy_id: str) -> None:
        await self._lookups.unsave_strategy(caller.workspace_id, caller.person, strategy_id)
