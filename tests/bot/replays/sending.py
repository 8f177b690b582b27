"""A bot to which everything is sent over HTTP as Slack sends it, and then sent again."""

import asyncio
import contextlib
import json
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path
from urllib.parse import urlencode

import httpx
import uvicorn
from slack_bolt.async_app import AsyncApp
from slack_bolt.response import BoltResponse
from slack_sdk.signature import SignatureVerifier

from bot.delivery import open_views
from bot.server import create_http
from storage.open import open_store
from storage.store import Store
from tests.bot.replays.kept import Kept, kept_in, more_in, said
from tests.slack import Bot, Json, Slack

SECRET = "secret"
Build = Callable[[Store], AsyncApp]
"""The whole app on a store."""


class Replaying(Bot):
    """Sends as the tests' people do; once `armed`, each request goes out four times.

    Once, and again; and, in a copy of all that was kept before, at once to each of two processes.
    `changes` is what the first changed, `doubled` what the others did beyond it.
    """

    def __init__(self, app: AsyncApp, slack: Slack, file: Path, build: Build) -> None:
        super().__init__(app, slack)
        self._file, self._build = file, build
        self._copy = file.with_name("copy.db")
        self._once: httpx.AsyncClient | None = None
        self._at_once: list[httpx.AsyncClient] = []
        self.changes: list[str] = []
        self.doubled: list[str] = []

    @contextlib.asynccontextmanager
    async def armed(self) -> AsyncIterator[None]:
        """From here on everything is replayed."""
        with (
            contextlib.closing(sqlite3.connect(self._file)) as source,
            contextlib.closing(sqlite3.connect(self._copy)) as target,
        ):
            source.backup(target)
        stores = [await open_store(f"sqlite:///{self._copy}") for _ in range(2)]
        async with contextlib.AsyncExitStack() as stack:
            for store in stores:
                stack.push_async_callback(store.close)
            self._once = await stack.enter_async_context(served(self.app))
            self._at_once = [await stack.enter_async_context(served(self._build(store))) for store in stores]
            yield
            self._once = None

    async def send(self, body: Json, headers: Mapping[str, list[str]] | None = None) -> BoltResponse:
        if self._once is None:
            return await super().send(body, headers)
        raw, signed = as_slack_sends(body)
        before, calls = kept_in(self._file, timed=True), len(self.slack.calls)
        (answer,) = await self._post(raw, signed, self._once)
        after, said_once = kept_in(self._file), said(self.slack.calls[calls:])
        self.changes += more_in(before, kept_in(self._file, timed=True)) + list(said_once)
        calls = len(self.slack.calls)
        await self._post(raw, signed, self._once)
        self._compare("again", after, kept_in(self._file))
        self.doubled += [f"again said {one}" for one in said(self.slack.calls[calls:])]
        calls = len(self.slack.calls)
        await self._post(raw, signed, *self._at_once)
        self._compare("at once", after, kept_in(self._copy))
        self.doubled += [f"at once said {one}" for one in said(self.slack.calls[calls:]) - said_once]
        return BoltResponse(status=answer.status_code, body=answer.text)

    async def _post(
        self, raw: bytes, headers: Mapping[str, str], *clients: httpx.AsyncClient
    ) -> list[httpx.Response]:
        answers = await asyncio.gather(
            *(client.post("/slack/events", content=raw, headers=headers) for client in clients)
        )
        if following := [task for task in asyncio.all_tasks() if task.get_name() == open_views.TASK]:
            await asyncio.wait(following)
        self.doubled += [f"answered {one.status_code}" for one in answers if one.status_code != 200]
        self.doubled += [f"a fault: {one.text}" for one in answers if "reference" in one.text]
        return answers

    def _compare(self, how: str, wanted: Kept, found: Kept) -> None:
        self.doubled += [f"{how} {row}" for row in more_in(wanted, found)]


@contextlib.asynccontextmanager
async def served(app: AsyncApp) -> AsyncIterator[httpx.AsyncClient]:
    """The app behind a port, as a process serves it."""
    config = uvicorn.Config(
        create_http(app, SECRET), port=0, log_config=None, access_log=False, lifespan="off"
    )
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    await server.startup()
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
            yield client
    finally:
        await server.shutdown()


def as_slack_sends(body: Json) -> tuple[bytes, dict[str, str]]:
    """The bytes and the headers: commands as a form, events as JSON, the rest as JSON in a form."""
    kind = "application/x-www-form-urlencoded"
    if body.get("type") == "event_callback":
        kind, text = "application/json", json.dumps(body)
    elif "command" in body:
        text = urlencode(body)
    else:
        text = urlencode({"payload": json.dumps(body)})
    timestamp = str(int(time.time()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=timestamp, body=text)
    assert signature is not None
    headers = {"content-type": kind, "x-slack-request-timestamp": timestamp, "x-slack-signature": signature}
    return text.encode(), headers
