"""The case studies that used the strategies of a ranking."""

from collections.abc import Mapping, Sequence

from bot.caller import Caller
from bot.ranking.setup.topics import STRATEGIES_TASK
from storage.published_store import PublishedStore
from storage.records.rankings import Item

NO_USES: Mapping[str, int] = {}


class StrategyUses:
    """Counts them for people of the workspace, whose library it is."""

    def __init__(self, published: PublishedStore) -> None:
        self._published = published

    async def of(self, caller: Caller, task_id: str, items: Sequence[Item]) -> Mapping[str, int]:
        """How many used each strategy, by its id; nothing where a ranking is about something else."""
        if task_id != STRATEGIES_TASK or caller.person.team_id != caller.workspace_id:
            return NO_USES
        return await self._published.count_using(caller.workspace_id, [item.id for item in items])
