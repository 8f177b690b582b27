"""The whole bot on the shipped content, or on another library."""

from collections.abc import AsyncIterator, Callable

import pytest

from bot.app import create_app, create_client
from bot.installation import Installation
from bot.settings import Settings
from knowledge.model import Library
from storage.open import open_store
from storage.store import Store
from tests.slack import BOT_TOKEN, Bot, Slack


@pytest.fixture
async def store() -> AsyncIterator[Store]:
    """A store of its own; looking up keeps nothing in it."""
    opened = await open_store("sqlite:///:memory:")
    yield opened
    await opened.close()


@pytest.fixture
def bot_with(slack: Slack, store: Store) -> Callable[[Library], Bot]:
    """Makes a bot that looks things up in the library it is given."""

    def make(library: Library) -> Bot:
        settings = Settings(bot_token=BOT_TOKEN, slack_api_url=slack.api_url)
        return Bot(create_app(settings, store, library, Installation(create_client(settings))), slack)

    return make


@pytest.fixture
def bot(bot_with: Callable[[Library], Bot], library: Library) -> Bot:
    """A bot with the shipped content."""
    return bot_with(library)
