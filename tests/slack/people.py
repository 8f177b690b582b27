"""Who and where: the people, the workspaces and the channels of the tests."""

import itertools
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

TEAM = "T0HOME"
PARTNER_TEAM = "T0AWAY"
BOT_TOKEN = "xoxb-test"
BOT_USER = "U0BOT"
CHANNEL = "C0PARTNERS"
DIRECT_MESSAGE = "D0ANNA"

numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class User:
    """A person and the workspace they belong to."""

    id: str
    team_id: str = TEAM


ANNA = User("U0ANNA")
BEN = User("U0BEN")
PIA = User("U0PIA", PARTNER_TEAM)
