"""What App Home offers of the strategies."""

from collections.abc import Mapping

from slackblocks import Block

from bot.blocks import actions, button, cut, escape, section
from bot.caller import Caller
from bot.sections import Shelf
from bot.strategies import ids
from bot.strategies.service import ALL_THEMES, Place
from knowledge.model import Area, Library

MOST_AREAS = 10
"""App Home has room for a hundred blocks, and all features share it."""
NAMED_THEMES = 400
"""Characters of an area's list of themes."""


class StrategyShelf:
    """The same for everybody: a search, and the areas with their themes."""

    def __init__(self, library: Library) -> None:
        self._library = library

    async def offer(self, _caller: Caller) -> Mapping[Shelf, list[Block]]:
        """The blocks under the heading for browsing."""
        find = button("Find strategies", ids.FIND_OPEN, style="primary")
        browse = button("Browse all themes", ids.THEMES_OPEN, ids.encode_place(ALL_THEMES))
        areas = [self._area_row(area) for area in self._library.areas[:MOST_AREAS]]
        return {Shelf.BROWSE: [actions(find, browse), *areas]}

    def _area_row(self, area: Area) -> Block:
        themes = cut(", ".join(theme.title for theme in self._library.themes_of(area.id)), NAMED_THEMES)
        place = ids.encode_place(Place("themes", area.id))
        spoken = f"Show the themes of {area.title}"
        show = button("Show themes", ids.THEMES_OPEN, place, spoken=spoken)
        return section(f"*{escape(area.title)}*\n{escape(themes)}", show)
