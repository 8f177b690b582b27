"""A sandbox with its pages, a small Bolt app in it that does what a test tells it, and people's browsers."""

from collections.abc import AsyncIterator

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler

from sandbox.harness import Harness, running_harness
from sandbox.running import Options
from tests.browser import browser, chromium, fresh_nicegui, page_as, pages_of
from tests.sandbox.conftest import MANIFEST, connected, web_client
from tests.sandbox.tiny_bot import TinyBot

__all__ = ["browser", "chromium", "page_as"]


@pytest.fixture
async def harness() -> AsyncIterator[Harness]:
    """The pages without an app behind them."""
    options = Options(manifest=MANIFEST, ack_seconds=1.0)
    with fresh_nicegui():
        async with running_harness("", with_bot=False, options=options, prepare=pages_of) as running:
            yield running


@pytest.fixture
async def bot(harness: Harness) -> AsyncIterator[TinyBot]:
    """The app, connected."""
    bot = TinyBot(web_client(harness.sandbox))
    handler = AsyncSocketModeHandler(bot.app, harness.workspace.app_token)
    await handler.connect_async()
    await connected(harness.sandbox)
    yield bot
    await handler.close_async()
