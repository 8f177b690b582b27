"""The bot as a child process in the sandbox, on a database of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox.harness import Harness, running_harness


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """An SQLite file that outlives the bot."""
    return f"sqlite:///{tmp_path}/commonground.db"


@pytest.fixture
async def harness(database_url: str) -> AsyncIterator[Harness]:
    """The sandbox with the bot connected by Socket Mode."""
    async with running_harness(database_url) as running:
        yield running
