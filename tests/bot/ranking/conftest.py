"""A ranking to run."""

import pytest

from bot.settings import Settings
from storage.store import Store
from tests.bot.ranking.running import Run
from tests.slack import Bot, Slack


@pytest.fixture
def run(store: Store, bot: Bot, slack: Slack, settings: Settings) -> Run:
    """People, a channel and the real app; no ranking yet."""
    return Run(store, bot, slack, settings)
