"""What every test of the bot starts from: a stand-in for Slack's Web API and the shipped content."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import create_app, create_client
from bot.installation import Installation
from bot.settings import Settings
from knowledge.encoder import load_encoder
from knowledge.loader import load_library
from knowledge.model import Library
from knowledge.search import Search
from storage.open import open_store
from storage.store import Store
from tests.databases import sqlite_database
from tests.slack import BOT_TOKEN, Bot, Slack


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    """A Web API that remembers what the bot asked of it, all of it within Slack's limits."""
    server = Slack()
    await server.start()
    yield server
    await server.stop()
    assert server.faults() == []


@pytest.fixture(scope="session")
def library() -> Library:
    """The content as it ships."""
    return load_library()


@pytest.fixture(scope="session")
def search(library: Library) -> Search:
    """Look-up in it, with its sentence model."""
    return Search(library, load_encoder())


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """A store on a real SQLite file."""
    store = await open_store(sqlite_database(tmp_path))
    yield store
    await store.close()


@pytest.fixture
def settings(slack: Slack) -> Settings:
    """Settings that lead to the stand-in."""
    return Settings(bot_token=BOT_TOKEN, signing_secret="secret", slack_api_url=slack.api_url)


@pytest.fixture
def bot(slack: Slack, store: Store, library: Library, search: Search, settings: Settings) -> Bot:
    """The whole app, as it runs, with people in front of it."""
    app = create_app(settings, store, library, search, Installation(create_client(settings)))
    return Bot(app, slack)
