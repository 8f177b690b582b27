"""The whole bot on another library than the one that ships."""

from collections.abc import Callable

import pytest

from bot.app import create_app, create_client
from bot.installation import Installation
from bot.settings import Settings
from knowledge.model import Library
from storage.store import Store
from tests.slack import Bot, Slack


@pytest.fixture
def bot_with(slack: Slack, store: Store, settings: Settings) -> Callable[[Library], Bot]:
    """Makes a bot that looks things up in the library it is given."""

    def make(library: Library) -> Bot:
        return Bot(create_app(settings, store, library, Installation(create_client(settings))), slack)

    return make
