"""What a feature gives to App Home, without knowing App Home.

Each feature offers a `HomeSource`; App Home puts what they give under these
headings, in this order.
"""

from collections.abc import Awaitable, Callable, Mapping
from enum import Enum
from typing import TypeAlias

from slackblocks import Block

from bot.caller import Caller


class Shelf(Enum):
    """The headings of App Home, in their order."""

    WAITING = "Waiting for you"
    RUNNING = "What you run"
    DRAFTS = "Your drafts"
    START = "Start something"
    BROWSE = "Look something up"


HomeSource: TypeAlias = Callable[[Caller], Awaitable[Mapping[Shelf, list[Block]]]]
