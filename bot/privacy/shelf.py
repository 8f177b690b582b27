"""The way to one's own data in App Home."""

from collections.abc import Mapping

from slackblocks import Block

from bot.blocks import button, section
from bot.caller import Caller
from bot.privacy import ids
from bot.sections import Shelf

WORDS = "See what Common Ground keeps about you, have a copy sent, or be erased."


async def offer(_caller: Caller) -> Mapping[Shelf, list[Block]]:
    """The same for everybody."""
    return {Shelf.PRIVACY: [section(WORDS, accessory=button("My data", ids.OPEN_MINE))]}
