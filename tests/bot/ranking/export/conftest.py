"""The clock that makes and sends the files."""

import pytest

from bot.settings import Settings
from storage.store import Store
from tests.bot.ranking.clockwork import Clockwork
from tests.bot.ranking.stored import (
    give_names,
)
from tests.slack import (
    Slack,
)


@pytest.fixture
def clock(store: Store, settings: Settings, slack: Slack) -> Clockwork:
    give_names(slack)
    return Clockwork(store, settings)
