"""The bot as a process of its own, started with nothing but an environment."""

import asyncio
import contextlib
import os
import signal
import sys
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Literal

LOG_LINES = 500
CONNECT_SECONDS = 30.0
STOP_SECONDS = 10.0
POLL_SECONDS = 0.05
LET_GO_LOOKS = 40

Status = Literal["starting", "running", "stopped", "killed"]

PROXIES = ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy")
"""Read by Slack's client whatever NO_PROXY says, so a local run must not have them."""


class BotDidNotStartError(Exception):
    """The bot ended, or had not connected in time; the text holds the end of its log."""


class BotProcess:
    """One bot, which can be stopped, killed and started again.

    `command` is what to run, `settings` what it finds in its environment besides ours, `is_connected` tells
    whether it has connected. `changed` is called after each change of `status`. `log` holds its last lines,
    `log_file` gets all of them.
    """

    def __init__(
        self,
        command: list[str],
        settings: Mapping[str, str],
        is_connected: Callable[[], Awaitable[bool]],
        changed: Callable[[], None] = lambda: None,
        log_file: Path | None = None,
    ) -> None:
        self._command = command
        self._settings = settings
        self._is_connected = is_connected
        self._changed = changed
        self._log_file = log_file
        self._process: asyncio.subprocess.Process | None = None
        self._reader: asyncio.Task[None] | None = None
        self._status: Status = "stopped"
        self.log: deque[str] = deque(maxlen=LOG_LINES)

    @property
    def status(self) -> Status:
        """How the bot is, as people read it."""
        return self._status

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process is not None and self.is_running else None

    async def start(self) -> None:
        """Start the bot and wait until it has connected. Raises BotDidNotStartError."""
        if self.is_running:
            return
        self._become("starting")
        self._process = await asyncio.create_subprocess_exec(
            *self._command,
            env=environment(self._settings),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        self._reader = asyncio.create_task(self._read(self._process))
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                while not await self._is_connected():
                    if self._process.returncode is not None:
                        await self._reader
                        raise BotDidNotStartError(self._words(f"ended with code {self._process.returncode}"))
                    await asyncio.sleep(POLL_SECONDS)
        except TimeoutError:
            await self.kill()
            raise BotDidNotStartError(self._words("did not connect in time")) from None
        self._become("running")

    def _become(self, status: Status) -> None:
        self._status = status
        self._changed()

    def _words(self, what: str) -> str:
        return "\n".join([f"The bot {what}. The end of its log:", *list(self.log)[-20:]])

    async def _read(self, process: asyncio.subprocess.Process) -> None:
        if process.stdout is None:
            return
        with contextlib.ExitStack() as stack:
            kept = stack.enter_context(self._log_file.open("a")) if self._log_file else None
            async for line in process.stdout:
                words = line.decode(errors="replace").rstrip()
                self.log.append(words)
                if kept is not None:
                    kept.write(f"{words}\n")
                    kept.flush()
        ended_with = await process.wait()
        self._become("killed" if ended_with == -signal.SIGKILL else "stopped")

    async def stop(self) -> None:
        """Ask the bot to end, and end it if it takes too long."""
        await self._end(signal.SIGTERM)

    async def kill(self) -> None:
        """End the bot at once, as a power cut would."""
        await self._end(signal.SIGKILL)

    async def restart(self) -> None:
        await self.stop()
        await self.start()

    async def _end(self, by: signal.Signals) -> None:
        process = self._process
        if process is None or self._reader is None:
            return
        if process.returncode is None:
            process.send_signal(by)
        try:
            async with asyncio.timeout(STOP_SECONDS):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()
        await self._reader
        self._process = None
        await self._let_go()

    async def _let_go(self) -> None:
        """Wait until the ended bot's connection is gone, or the next bot would seem connected too early."""
        for _ in range(LET_GO_LOOKS):
            if not await self._is_connected():
                return
            await asyncio.sleep(POLL_SECONDS)


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """Our own environment without Slack settings and proxies, with `settings` in their place."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("SLACK_") and name not in PROXIES
    }
    return kept | {"PYTHONUNBUFFERED": "1"} | dict(settings)


def bot_command(is_http: bool) -> list[str]:
    """What starts the real bot."""
    return [sys.executable, "-m", "bot", "run", *(["--http"] if is_http else [])]
