"""The bot over HTTP, with the addresses that only our own network may ask."""

from collections.abc import AsyncIterator

import httpx
import pytest

from bot.outside.probes import Probes
from bot.server import create_http
from storage.store import Store
from tests.slack import Bot


@pytest.fixture
async def http(bot: Bot, store: Store) -> AsyncIterator[httpx.AsyncClient]:
    app = create_http(bot.app, "secret", Probes(store, {}).private_routes())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot.test") as client:
        yield client
