"""An admin in front of the app, and the clock."""

import pytest

from bot.settings import Settings
from knowledge.model import Library
from storage.store import Store
from tests.bot.clockwork import WholeClock
from tests.bot.governance.desk import Desk
from tests.slack import Bot, Slack


@pytest.fixture
def clock(store: Store, library: Library, settings: Settings) -> WholeClock:
    return WholeClock(store, library, settings)


@pytest.fixture
def desk(bot: Bot, slack: Slack) -> Desk:
    """Anna is an admin; nobody else is."""
    slack.users["U0ANNA"] = {"is_admin": True}
    return Desk(bot, slack)
