"""What a feature gives to App Home, without knowing App Home.

Each feature offers a `HomeSource`; App Home puts what they give under these
headings, in this order.
"""

from collections.abc import Awaitable, Callable, Mapping
from enum import Enum
from typing import TypeAlias

from slackblocks import Block

from bot.caller import Caller
from storage.records.people import Person


class Shelf(Enum):
    """The headings of App Home, in their order."""

    WAITING = "Waiting for you"
    RUNNING = "What you run"
    AGREED = "Your other rankings"
    DRAFTS = "Your drafts"
    PUBLISHED = "Your published case studies"
    SAVED = "Saved strategies"
    START = "Start something"
    BROWSE = "Look something up"
    AGENCY = "My agency"
    PRIVACY = "My data"
    CURATING = "For curators of this workspace"
    MISSES = "Looked for in vain"
    SETTINGS = "For admins of this workspace"


HomeSource: TypeAlias = Callable[[Caller], Awaitable[Mapping[Shelf, list[Block]]]]


def home_subject(person: Person) -> str:
    """What the store marks as dirty when somebody's App Home has to be shown anew."""
    return f"home:{person.team_id}:{person.user_id}"
