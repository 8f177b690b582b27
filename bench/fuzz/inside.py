"""The bot's web application within this process, on a furnished workspace, with its log listened to."""

import asyncio
import contextlib
import logging
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
from slack_bolt.async_app import AsyncApp

from bench.fuzz.corpus import Json, load_corpus
from bench.fuzz.requests import Attack
from bench.fuzz.rows import Rows, read_rows
from bench.fuzz.workspace import furnish
from bench.votes.presses import SECRET
from bench.votes.slack import SlackStub
from bot.app import create_app, create_client
from bot.installation import Installation
from bot.server import create_http
from bot.settings import Settings
from knowledge.loader import load_library
from knowledge.search import Search
from storage.open import open_store

NOT_INSTALLED = "Although the app should be installed into this workspace"
"""How Bolt begins to tell that it has refused a request from another workspace."""


class Inside:
    """`corpus` are requests to make hostile; `faults` are the log lines that no refusal writes."""

    def __init__(self, app: AsyncApp, client: httpx.AsyncClient, path: str, corpus: list[Json]) -> None:
        self.app = app
        self.corpus = corpus
        self.faults: list[str] = []
        self._client = client
        self._path = path

    async def send(self, attack: Attack) -> int:
        """The status of the answer."""
        answer = await self._client.request(
            attack.method, attack.path, content=attack.body, headers=dict(attack.headers)
        )
        return answer.status_code

    def rows(self) -> Rows:
        """All that is kept now."""
        return read_rows(f"sqlite:///{self._path}")


class _Listener(logging.Handler):
    def __init__(self, faults: list[str]) -> None:
        super().__init__(logging.ERROR)
        self._faults = faults

    def emit(self, record: logging.LogRecord) -> None:
        if not record.getMessage().startswith(NOT_INSTALLED):
            self._faults.append(self.format(record))


@contextlib.asynccontextmanager
async def bot_inside(folder: Path) -> AsyncIterator[Inside]:
    """The bot on an SQLite file in this folder, without publisher and clock."""
    path = str(folder / "commonground.db")
    library = load_library()
    store = await open_store(f"sqlite:///{path}")
    counts: Counter[str] = Counter()
    slack = await asyncio.get_running_loop().create_server(lambda: SlackStub(counts), "127.0.0.1", 0)
    try:
        await furnish(store, library)
        port = slack.sockets[0].getsockname()[1]
        api_url = f"http://127.0.0.1:{port}/api/"
        settings = Settings(bot_token="xoxb-bench", signing_secret=SECRET, slack_api_url=api_url)
        app = create_app(settings, store, library, Search(library), Installation(create_client(settings)))
        transport = httpx.ASGITransport(create_http(app, SECRET))
        async with httpx.AsyncClient(transport=transport, base_url="http://bot.test") as client:
            inside = Inside(app, client, path, load_corpus(port))
            listener = _Listener(inside.faults)
            logging.getLogger().addHandler(listener)
            yield inside
            logging.getLogger().removeHandler(listener)
    finally:
        slack.close()
        await store.close()
