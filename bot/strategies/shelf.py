"""What App Home offers of the strategies."""

from collections.abc import Mapping

from slackblocks import Block

from bot.blocks import actions, button, cut, escape, section
from bot.caller import Caller
from bot.curators import Curators
from bot.sections import Shelf
from bot.strategies import ids
from bot.strategies.miss_views import MISSES_READ, misses_at_home
from bot.strategies.results import ALL_THEMES, Place
from bot.strategies.saved import SavedStrategies
from bot.strategies.saved_views import saved_at_home
from knowledge.model import Area, Library
from storage.store import LookupStore

MOST_AREAS = 10
"""App Home has room for a hundred blocks, and all features share it."""
SAVED_AT_HOME = 5
NAMED_THEMES = 400
"""Characters of an area's list of themes."""


class StrategyShelf:
    """A person's own list, the same search and areas for everybody, and for curators what was missed."""

    def __init__(self, library: Library, lookups: LookupStore, curators: Curators) -> None:
        self._library = library
        self._lookups = lookups
        self._saved = SavedStrategies(lookups, library)
        self._curators = curators

    async def offer(self, caller: Caller) -> Mapping[Shelf, list[Block]]:
        saved = await self._saved.page(caller, size=SAVED_AT_HOME)
        return {
            Shelf.SAVED: saved_at_home(self._library, saved),
            Shelf.BROWSE: self._browsing(),
            Shelf.MISSES: await self._misses(caller),
        }

    def _browsing(self) -> list[Block]:
        find = button("Find strategies", ids.FIND_OPEN, style="primary")
        browse = button("Browse all themes", ids.THEMES_OPEN, ids.encode_place(ALL_THEMES))
        return [actions(find, browse), *map(self._area_row, self._library.areas[:MOST_AREAS])]

    async def _misses(self, caller: Caller) -> list[Block]:
        """Slack is asked who is a curator only where there is something to show."""
        misses = await self._lookups.list_misses(caller.workspace_id, MISSES_READ)
        return misses_at_home(misses) if misses and await self._curators.may_curate(caller) else []

    def _area_row(self, area: Area) -> Block:
        themes = cut(", ".join(theme.title for theme in self._library.themes_of(area.id)), NAMED_THEMES)
        place = ids.encode_place(Place("themes", area.id))
        spoken = f"Show the themes of {area.title}"
        show = button("Show themes", ids.THEMES_OPEN, place, spoken=spoken)
        return section(f"*{escape(area.title)}*\n{escape(themes)}", show)
