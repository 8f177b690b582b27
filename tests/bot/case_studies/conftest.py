"""A real Bolt app with the real store and content; only Slack's Web API is stood in for."""

from collections.abc import AsyncIterator

import pytest

from bot.app import create_app, create_client, create_publisher
from bot.delivery.publisher import Publisher
from bot.installation import Installation
from bot.settings import Settings
from knowledge.model import Library
from storage.open import open_store
from storage.store import Store
from tests.slack import BOT_TOKEN, Bot, Slack


@pytest.fixture
async def store() -> AsyncIterator[Store]:
    opened = await open_store("sqlite:///:memory:")
    yield opened
    await opened.close()


@pytest.fixture
def settings(slack: Slack) -> Settings:
    return Settings(bot_token=BOT_TOKEN, slack_api_url=slack.api_url)


@pytest.fixture
def installation(settings: Settings) -> Installation:
    return Installation(create_client(settings))


@pytest.fixture
def bot(settings: Settings, store: Store, library: Library, installation: Installation, slack: Slack) -> Bot:
    return Bot(create_app(settings, store, library, installation), slack)


@pytest.fixture
def publisher(store: Store, library: Library, installation: Installation) -> Publisher:
    return create_publisher(store, library, installation)
