"""A running engine, and a real Bolt app connected to it by each of the two ways."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.acts import Acts
from sandbox.running import Options, RunningSandbox
from sandbox.workspace import Workspace
from tests.sandbox.tiny_bot import TinyBot

MANIFEST = Path(__file__).with_name("manifest.yml")

ORLA = "U0ORLAFINCH"
DEV = "U0DEVSINGHA"
ZOFIA = "U0ZOFIALISK"
SHARED = "C0PARTNERSH"
PRIVATE = "G0EARLYHELP"
LUNCH = "C0LUNCHTIME"
LEADS = "G0LEADERSHP"


class Clock:
    """A clock that runs with the real one and can be put forward."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        return time.time() + self.ahead


@dataclass
class Engine:
    """A sandbox that serves, and the app in it."""

    sandbox: RunningSandbox
    clock: Clock
    bot: TinyBot
    client: AsyncWebClient

    @property
    def acts(self) -> Acts:
        return self.sandbox.acts

    @property
    def workspace(self) -> Workspace:
        return self.sandbox.workspace


@pytest.fixture
async def unconnected() -> AsyncIterator[Engine]:
    """An engine reached by Socket Mode to which no app has connected yet."""
    clock = Clock()
    options = Options(manifest=MANIFEST, clock=clock, ack_seconds=0.5, retry_after_seconds=0.05)
    sandbox = RunningSandbox(options)
    await sandbox.start()
    client = web_client(sandbox)
    try:
        yield Engine(sandbox, clock, TinyBot(client), client)
    finally:
        await sandbox.stop()


@pytest.fixture
async def engine(unconnected: Engine) -> AsyncIterator[Engine]:
    """An engine with the app connected by Socket Mode."""
    handler = AsyncSocketModeHandler(unconnected.bot.app, unconnected.workspace.app_token)
    await handler.connect_async()
    await connected(unconnected.sandbox)
    try:
        yield unconnected
    finally:
        await handler.close_async()


@pytest.fixture
async def http_engine() -> AsyncIterator[Engine]:
    """An engine that sends signed requests to the app."""
    clock = Clock()
    options = Options(manifest=MANIFEST, clock=clock, is_http=True, ack_seconds=0.5, retry_after_seconds=0.05)
    sandbox = RunningSandbox(options)
    await sandbox.start()
    client = web_client(sandbox)
    bot = TinyBot(client, sandbox.workspace.signing_secret)
    handler = AsyncSlackRequestHandler(bot.app)

    async def events(request: Request) -> Response:
        return await handler.handle(request)

    site = Starlette(routes=[Route("/slack/events", events, methods=["POST"])])
    server = uvicorn.Server(uvicorn.Config(site, port=sandbox.bot_port, log_level="warning"))
    serving = asyncio.create_task(server.serve())
    await connected(sandbox)
    try:
        yield Engine(sandbox, clock, bot, client)
    finally:
        server.should_exit = True
        await serving
        await sandbox.stop()


@pytest.fixture(params=["engine", "http_engine"])
def either_engine(request: pytest.FixtureRequest) -> Engine:
    """Both ways in turn."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Engine)
    return found


def web_client(sandbox: RunningSandbox) -> AsyncWebClient:
    """Slack's own client, pointed at the sandbox."""
    return AsyncWebClient(sandbox.workspace.bot_token, f"{sandbox.address}/api/")


async def connected(sandbox: RunningSandbox) -> None:
    """Wait until the app can be reached."""
    async with asyncio.timeout(10):
        while not await sandbox.delivery.is_connected():  # noqa: ASYNC110 - nothing tells of an HTTP app
            await asyncio.sleep(0.01)
