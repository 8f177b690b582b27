"""Either engine under the whole app, and the clock."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.app import create_client, create_publisher
from bot.delivery.publisher import Publisher
from bot.installation import Installation
from bot.settings import Settings
from knowledge.model import Library
from storage.open import open_store
from storage.store import Store
from tests.bot.clockwork import WholeClock
from tests.bot.ranking.running import Run
from tests.databases import cleared_postgres, sqlite_database
from tests.slack import Bot, Slack


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield sqlite_database(tmp_path)
    else:
        with cleared_postgres() as address:
            yield address


@pytest.fixture
async def store(url: str) -> AsyncIterator[Store]:
    opened = await open_store(url)
    yield opened
    await opened.close()


@pytest.fixture
def clock(store: Store, library: Library, settings: Settings) -> WholeClock:
    return WholeClock(store, library, settings)


@pytest.fixture
def publisher(store: Store, library: Library, settings: Settings) -> Publisher:
    return create_publisher(store, library, Installation(create_client(settings)))


@pytest.fixture
def run(store: Store, bot: Bot, slack: Slack, settings: Settings) -> Run:
    return Run(store, bot, slack, settings)
