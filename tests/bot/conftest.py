"""What every test of the bot starts from: a stand-in for Slack's Web API and the shipped content."""

from collections.abc import AsyncIterator

import pytest

from knowledge.loader import load_library
from knowledge.model import Library
from tests.slack import Slack


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    """A Web API that remembers what the bot asked of it."""
    server = Slack()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture(scope="session")
def library() -> Library:
    """The content as it ships."""
    return load_library()
