"""A whole sandbox at work: workspace, server, delivery, and the bot as a child."""

import asyncio
import base64
import contextlib
import secrets
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from sandbox.acts import Acts
from sandbox.api_routes import WebApi
from sandbox.archive import Archive
from sandbox.bot_process import BotProcess, bot_command
from sandbox.delivery import ACK_SECONDS, RETRY_AFTER_SECONDS, Delivery, Transport
from sandbox.grants import EndKind
from sandbox.http_delivery import HttpDelivery
from sandbox.manifest import read_manifest
from sandbox.partnership import SHIPPED, load_partnership
from sandbox.payloads import removal_event
from sandbox.ports import HOST, ReservedPort, listen
from sandbox.server import build_server
from sandbox.socket_mode import SocketMode
from sandbox.state import Change
from sandbox.tickets import TRIGGER_SECONDS
from sandbox.workspace import Workspace

BOT_LOG = "bot.log"
MANIFEST = Path(__file__).parent.parent / "manifest.yml"
SHUTDOWN_SECONDS = 2


@dataclass(frozen=True)
class Options:
    """How to run: `port` 0 takes any free one, `data` None keeps nothing, `is_http` sends signed requests.

    `is_by_link` begins without the app: it is installed by its link, which needs `is_http`. Tokens then
    expire after `token_seconds`, or never.
    """

    port: int = 0
    data: Path | None = None
    is_http: bool = False
    manifest: Path = MANIFEST
    partnership: Path = SHIPPED
    bot_command: list[str] | None = None
    bot_settings: Mapping[str, str] = field(default_factory=dict)
    has_strict_rates: bool = False
    ack_seconds: float = ACK_SECONDS
    retry_after_seconds: float = RETRY_AFTER_SECONDS
    trigger_seconds: float = TRIGGER_SECONDS
    is_by_link: bool = False
    token_seconds: int | None = None
    clock: Callable[[], float] = time.time


class _Server(uvicorn.Server):
    """Leaves the signals to whoever runs the sandbox, who has a child to end first."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class RunningSandbox:
    """Built with `RunningSandbox(options)`, serving between `start` and `stop`; the bot is started apart."""

    def __init__(self, options: Options) -> None:
        self._options = options
        manifest = read_manifest(options.manifest)
        self._socket = listen(options.port)
        self.port: int = self._socket.getsockname()[1]
        self.archive = Archive(options.data) if options.data else None
        partnership = load_partnership(manifest.bot_name, options.partnership)
        self.workspace = Workspace(
            partnership, manifest, self.archive, options.clock, options.trigger_seconds
        )
        self.workspace.base_url = f"http://{HOST}:{self.port}"
        self._bot_port = ReservedPort()
        self.bot_port = self._bot_port.number
        grants = self.workspace.grants
        grants.lifetime = options.token_seconds
        grants.redirect_url = f"http://{HOST}:{self.bot_port}/slack/oauth_redirect"
        grants.tell = self._tell_of_removal
        self._is_by_link = options.is_by_link
        if not options.is_by_link:
            grants.issue(self.workspace.home_team.id, self.workspace.bot_user_id, manifest.scopes)
        self._telling: set[asyncio.Task[None]] = set()
        self.socket_mode = None if options.is_http else SocketMode(self.workspace.app_id)
        request_url = f"http://{HOST}:{self.bot_port}/slack/events"
        transport: Transport = self.socket_mode or HttpDelivery(request_url, self.workspace.signing_secret)
        self.delivery = Delivery(transport, options.ack_seconds, options.retry_after_seconds)
        self.acts = Acts(self.workspace, self.delivery)
        self.web_api = WebApi(self.workspace, self.socket_mode, options.has_strict_rates)
        self.app: FastAPI = build_server(self.workspace, self.web_api, self.socket_mode)
        self.bot = BotProcess(
            options.bot_command or bot_command(options.is_http),
            self._bot_settings() | dict(options.bot_settings),
            self.delivery.is_connected,
            lambda: self.workspace.tell(Change("bot")),
            options.data / BOT_LOG if options.data else None,
        )
        config = uvicorn.Config(
            self.app,
            log_level="warning",
            ws="websockets-sansio",
            timeout_graceful_shutdown=SHUTDOWN_SECONDS,
        )
        self._server = _Server(config)
        self._serving: asyncio.Task[None] | None = None

    @property
    def address(self) -> str:
        return self.workspace.base_url

    def _bot_settings(self) -> dict[str, str]:
        workspace, grants = self.workspace, self.workspace.grants
        if self._is_by_link:
            tokens = {
                "SLACK_CLIENT_ID": grants.client_id,
                "SLACK_CLIENT_SECRET": grants.client_secret,
                "ENCRYPTION_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
            }
        else:
            tokens = {"SLACK_BOT_TOKEN": workspace.bot_token, "SLACK_APP_TOKEN": workspace.app_token}
        return {
            **tokens,
            "SLACK_API_URL": f"{workspace.base_url}/api/",
            "SLACK_SIGNING_SECRET": workspace.signing_secret,
            "HOST": HOST,
            "PORT": str(self.bot_port),
            "METRICS_ADDRESS": "",  # two bots of a sandbox could not share one
        }

    def another_bot(
        self, is_connected: Callable[[], Awaitable[bool]], settings: Mapping[str, str] | None = None
    ) -> BotProcess:
        """One more process of the bot, for whoever asks to start and to end; `settings` go before ours."""
        command = self._options.bot_command or bot_command(self._options.is_http)
        given = self._bot_settings() | dict(self._options.bot_settings) | dict(settings or {})
        return BotProcess(command, given, is_connected)

    @property
    def install_link(self) -> str:
        """Where the app is installed from."""
        return f"http://{HOST}:{self.bot_port}/slack/install"

    def _tell_of_removal(self, kind: EndKind, place_id: str) -> None:
        if kind in self.workspace.manifest.events:
            task = asyncio.create_task(self.delivery.tell(removal_event(self.workspace, kind, place_id)))
            self._telling.add(task)
            task.add_done_callback(self._telling.discard)

    async def told_of_removals(self) -> None:
        """Wait until the app has been told of all that was taken back from it."""
        while self._telling:
            await asyncio.wait(self._telling)

    async def start(self) -> None:
        """Start serving; returns once requests are answered."""
        self._serving = asyncio.create_task(self._server.serve(sockets=[self._socket]))
        while not self._server.started:
            if self._serving.done():
                await self._serving
                raise RuntimeError("The web server ended before it had started.")
            await asyncio.sleep(0.01)

    async def stop(self) -> None:
        """End the bot, then the server."""
        await self.bot.stop()
        await self.delivery.close()
        self._server.should_exit = True
        if self._serving is not None:
            await self._serving
        self._socket.close()
        self._bot_port.release()
        if self.archive is not None:
            self.archive.close()
