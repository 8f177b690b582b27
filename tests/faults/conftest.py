"""The whole app on a database that something happens to."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import create_app, create_client
from bot.installation import Installation
from bot.settings import Settings
from knowledge.model import Library
from knowledge.search import Search
from storage.open import open_store
from tests.bot.conftest import library, search, settings, slack
from tests.bot.ranking.running import Run
from tests.faults.voting import Voting
from tests.slack import Bot, Slack

__all__ = ["library", "search", "settings", "slack"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the SQLite file is, alone in its folder."""
    return tmp_path / "data" / "commonground.db"


@pytest.fixture
def url(path: Path) -> str:
    """The address of the database."""
    return f"sqlite:///{path}"


@pytest.fixture
async def voting(
    url: str, slack: Slack, settings: Settings, library: Library, search: Search
) -> AsyncIterator[Voting]:
    """A ranking whose people name a statement to drop, through the whole app."""
    store = await open_store(url)
    app = create_app(settings, store, library, search, Installation(create_client(settings)))
    voting = Voting(Run(store, Bot(app, slack), slack, settings))
    await voting.begin()
    yield voting
    await store.close()
