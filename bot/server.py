"""Running the bot: Socket Mode, or HTTP for Slack's requests at /slack/events.

Both ways open the store first, stop on SIGINT and SIGTERM, and finish what they
have begun before they let go of it.
"""

import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncIterator, Awaitable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import uvicorn
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.app import create_app, create_client, create_clock, create_publisher, plan_standing_work
from bot.incoming import SlackEndpoint
from bot.installation import Installation, Installations
from bot.settings import Settings
from bot.socket_mode import ENDING, SocketModeEntry
from knowledge.encoder import load_encoder
from knowledge.loader import load_library
from knowledge.search import Search
from storage.open import open_store
from storage.store import Store, UnavailableError

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
    install_routes: Sequence[Route]


@contextlib.asynccontextmanager
async def running_bot(settings: Settings) -> AsyncIterator[RunningBot]:
    """The app and its store, with the publisher and the clock at work.

    :raises StartError: Slack refuses the bot token, or cannot be reached
    :raises knowledge.loader.ContentError: the content has faults
    :raises UnavailableError: the database cannot be used
    """
    library = load_library(settings.knowledge_dir)
    store = await open_store(settings.database_url)
    try:
        installation, installing, install_routes = await _installations(settings, store)
        search = Search(library, load_encoder())
        app = create_app(settings, store, library, search, installation)
        await plan_standing_work(store, library)
        publisher = create_publisher(store, library, installation)
        loops: list[Loop] = [publisher, create_clock(store, library, installation), *installing]
        working = [asyncio.create_task(loop.run()) for loop in loops]
        try:
            yield RunningBot(app, store, install_routes)
        finally:
            for task in working:
                task.cancel()
            for task in working:
                with contextlib.suppress(asyncio.CancelledError):
                    await task
    finally:
        await store.close()
        log.info("Stopped.")


async def _installations(
    settings: Settings, store: Store
) -> tuple[Installations, Sequence[Loop], Sequence[Route]]:
    """Where the app is installed, and what keeps that up to date."""
    if settings.is_for_many_workspaces:
        # Encryption is slow to import, and one workspace needs none.
        from bot.oauth.assembly import many_workspaces  # noqa: PLC0415

        many = many_workspaces(settings, store, Path.cwd())
        return many.workspaces, (many.workspaces, many.refresher), many.routes
    installation = Installation(create_client(settings))
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
            create_http(bot.app, bot.store, settings.signing_secret, bot.install_routes),
            host=settings.host,
            port=settings.port,
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=ENDING,
        )
        log.info("Listening on http://%s:%d%s", settings.host, settings.port, SLACK_PATH)
        if not stop.is_set():
            await uvicorn.Server(config).serve()


def create_http(
    app: AsyncApp, store: Store, signing_secret: str, install_routes: Sequence[Route] = ()
) -> ASGIApp:
    """The web application: Slack's endpoint, a health check, and what workspaces install the app by."""

    async def health(_request: Request) -> Response:
        try:
            await store.check_writable()
        except UnavailableError as error:
            return JSONResponse({"ok": False, "store": str(error)}, status_code=503)
        since = await store.messages.oldest_waiting()
        waited = (datetime.now(UTC) - since).total_seconds() if since else 0.0
        return JSONResponse({"ok": True, "store": "writable", "oldest_message_seconds": round(waited, 1)})

    pages = Starlette(routes=[Route("/health", health, methods=["GET"]), *install_routes])
    slack = SlackEndpoint(app, signing_secret)

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        # Not through Starlette: its layers take as long as a vote takes to be stored.
        is_slack = scope["type"] == "http" and scope["path"] == SLACK_PATH
        await (slack if is_slack else pages)(scope, receive, send)

    return answer


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
