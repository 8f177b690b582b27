"""What comes in through Socket Mode, looked at before Bolt sees it, as over HTTP."""

import asyncio
import logging
import time
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.outside.figures import count_refusal
from bot.outside.incoming import Incoming
from bot.payloads import read_payload, whole_text

log = logging.getLogger(__name__)

ENDING = 5
"""Seconds that what is being answered gets at the end; Slack itself waits for three."""


class SocketModeEntry(AsyncSocketModeHandler):
    """Slack's connection. What cannot be read is not acknowledged, and changes nothing."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._answering: set[asyncio.Task[Any]] = set()
        self._is_ending = False

    async def connect_async(self) -> None:
        """Connect to Slack, and again whenever the connection is lost."""
        await AsyncSocketModeHandler.connect_async(self)

    async def close_async(self) -> None:
        """Let go of the connection."""
        await AsyncSocketModeHandler.close_async(self)

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]  # as Bolt's own
        """Answer one request."""
        if self._is_ending:  # Slack sends it again, to whoever is connected then
            return
        began = time.perf_counter()
        try:
            req.payload = read_payload(whole_text(req.payload))
        except (ValueError, RecursionError):
            count_refusal("unreadable")
            log.warning("A request cannot be read, and was left alone.")
            return
        task = asyncio.current_task()
        assert task is not None
        self._answering.add(task)
        try:
            with Incoming(req.payload, began):
                await super().handle(client, req)
        finally:
            self._answering.discard(task)

    async def finish(self) -> None:
        """Take no more requests, and give those that are being answered time to be."""
        self._is_ending = True
        if self._answering:
            await asyncio.wait(self._answering, timeout=ENDING)
