"""Running the bot: Socket Mode, or HTTP for Slack's requests at /slack/events.

Both ways open the store first, stop on SIGINT and SIGTERM, and finish what they
have begun before they let go of it.
"""

import asyncio
import contextlib
import gc
import logging
import signal
from collections.abc import AsyncIterator, Awaitable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import uvicorn
from aiohttp import ClientSession
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.app import create_app, create_client, create_clock, create_publisher, plan_standing_work
from bot.clients import open_session
from bot.incoming import SlackEndpoint
from bot.installation import Installation, Installations
from bot.logs import log_unhandled
from bot.outside.figures import count_commit
from bot.outside.probes import Probes
from bot.outside.server import Listening, listen_at, serving
from bot.outside.slack_contact import SlackWatch
from bot.settings import Settings
from bot.socket_mode import ENDING, SocketModeEntry
from knowledge.encoder import load_encoder
from knowledge.loader import load_library
from knowledge.search import Search
from storage.open import open_store
from storage.store import Store

log = logging.getLogger(__name__)

SLACK_PATH = "/slack/events"


class StartError(Exception):
    """The bot cannot start; the message says why and what to do."""


class Loop(Protocol):
    """What runs beside the app until it is cancelled."""

    async def run(self) -> None: ...


@dataclass(frozen=True, slots=True)
class RunningBot:
    """The app at work; `install_routes` are the addresses by which workspaces install it."""

    app: AsyncApp
    store: Store
    probes: Probes
    install_routes: Sequence[Route]


@contextlib.asynccontextmanager
async def running_bot(settings: Settings) -> AsyncIterator[RunningBot]:
    """The app and its store, with the publisher and the clock at work.

    :raises StartError: Slack refuses the bot token, or cannot be reached; METRICS_ADDRESS cannot be used
    :raises knowledge.loader.ContentError: the content has faults
    :raises UnavailableError: the database cannot be used
    """
    asyncio.get_running_loop().set_exception_handler(log_unhandled)
    library = load_library(settings.knowledge_dir)
    store = await open_store(settings.database_url, committed=count_commit)
    session = open_session()
    try:
        installation, installing, install_routes = await _installations(settings, store, session)
        search = Search(library, load_encoder())
        app = create_app(settings, store, library, search, installation, session)
        await plan_standing_work(store, library)
        publisher = create_publisher(store, library, installation)
        clock = create_clock(store, library, installation)
        watch = SlackWatch(create_client(settings, "", session=session))
        loops: list[Loop] = [publisher, clock, watch, *installing]
        working = {type(loop).__name__: asyncio.create_task(loop.run()) for loop in loops}
        probes = Probes(store, working)
        # What has been built stays: to look through it again and again held up presses for 60 ms each time.
        gc.collect()
        gc.freeze()
        try:
            async with _serving(probes, settings.metrics_address):
                yield RunningBot(app, store, probes, install_routes)
        finally:
            for task in working.values():
                task.cancel()
            for task in working.values():
                with contextlib.suppress(asyncio.CancelledError):
                    await task
    finally:
        await session.close()
        await store.close()
        log.info("Stopped.")


async def _installations(
    settings: Settings, store: Store, session: ClientSession
) -> tuple[Installations, Sequence[Loop], Sequence[Route]]:
    """Where the app is installed, and what keeps that up to date."""
    if settings.is_for_many_workspaces:
        # Encryption is slow to import, and one workspace needs none.
        from bot.oauth.assembly import many_workspaces  # noqa: PLC0415

        many = many_workspaces(settings, store, Path.cwd(), session)
        return many.workspaces, (many.workspaces, many.refresher), many.routes
    installation = Installation(create_client(settings, session=session))
    await _ask(installation.identity(), "SLACK_BOT_TOKEN")
    return installation, (), ()


async def run_socket_mode(settings: Settings) -> None:
    """Connect to Slack and serve until a signal."""
    stop = _stop_event()
    async with running_bot(settings) as bot:
        client = create_client(settings)
        # The handler would try a refused token again for ever, so it is asked about first.
        await _ask(client.apps_connections_open(app_token=settings.app_token), "SLACK_APP_TOKEN")
        handler = SocketModeEntry(bot.app, settings.app_token, web_client=client)
        try:
            await handler.connect_async()
            log.info("Connected to Slack.")
            await stop.wait()
            await handler.finish()
        finally:
            await handler.close_async()


async def run_http(settings: Settings) -> None:
    """Serve Slack's requests over HTTP until a signal."""
    # uvicorn raises the signal again once it has stopped; unheard, that would end all else at once.
    stop = _stop_event()
    async with running_bot(settings) as bot:
        config = uvicorn.Config(
            create_http(bot.app, settings.signing_secret, [*bot.probes.public_routes(), *bot.install_routes]),
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=ENDING,
        )
        with _listen_at((settings.host, settings.port), "PORT") as listening:
            log.info("Listening on http://%s:%d%s", settings.host, settings.port, SLACK_PATH)
            if not stop.is_set():
                await uvicorn.Server(config).serve(sockets=[listening])


def create_http(app: AsyncApp, signing_secret: str, routes: Sequence[Route] = ()) -> ASGIApp:
    """The web application that the world may reach: Slack's endpoint, and `routes`."""
    pages = Starlette(routes=list(routes))
    slack = SlackEndpoint(app, signing_secret)

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        # Not through Starlette: its layers take as long as a vote takes to be stored.
        is_slack = scope["type"] == "http" and scope["path"] == SLACK_PATH
        await (slack if is_slack else pages)(scope, receive, send)

    return answer


@contextlib.asynccontextmanager
async def _serving(probes: Probes, address: tuple[str, int] | None) -> AsyncIterator[None]:
    """Serve the figures, if there is an address for them."""
    async with contextlib.AsyncExitStack() as stack:
        if address:
            listening = _listen_at(address, "METRICS_ADDRESS")
            await stack.enter_async_context(serving(probes.private_routes(), listening))
        yield


def _listen_at(address: tuple[str, int], variable: str) -> Listening:
    try:
        return listen_at(address)
    except OSError as error:
        why = (error.strerror or type(error).__name__).partition(" (while")[0]
        raise StartError(
            f"{variable} cannot be used ({why}). Each process needs an address of its own."
        ) from error


async def _ask(question: Awaitable[object], variable: str) -> None:
    """Await a first call to Slack, naming the token when Slack refuses it."""
    try:
        await question
    except SlackApiError as error:
        reason = error.response.get("error", "unknown_error")
        raise StartError(f"Slack does not accept {variable} ({reason}). Copy it again.") from error
    except OSError as error:
        raise StartError(f"Slack cannot be reached at this address ({type(error).__name__}).") from error


def _stop_event() -> asyncio.Event:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    return stop
