"""The bot as a child process in the sandbox, on a database of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox.harness import Harness, running_harness
from tests.browser import browser, chromium, fresh_nicegui, page_as, pages_of
from tests.databases import sqlite_database

__all__ = ["browser", "chromium", "page_as"]


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """An SQLite file that outlives the bot."""
    return sqlite_database(tmp_path)


@pytest.fixture
async def harness(database_url: str, request: pytest.FixtureRequest) -> AsyncIterator[Harness]:
    """The sandbox with the bot connected by Socket Mode, and with its pages for tests marked `browser`."""
    if request.node.get_closest_marker("browser") is None:
        async with running_harness(database_url) as running:
            yield running
        return
    with fresh_nicegui():
        async with running_harness(database_url, prepare=pages_of) as running:
            yield running
