"""The app for many workspaces, over HTTP, with a browser in which somebody installs it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from cryptography.fernet import Fernet

from bot.app import create_app
from bot.oauth.assembly import ManyWorkspaces, many_workspaces
from bot.oauth.vault import Vault
from bot.server import create_http
from bot.settings import Settings
from knowledge.model import Library
from knowledge.search import Search
from storage.store import Store
from tests.bot.oauth.granting_slack import CLIENT_ID, CLIENT_SECRET, GrantingSlack
from tests.slack import Bot


@pytest.fixture
async def slack() -> AsyncIterator[GrantingSlack]:
    server = GrantingSlack()
    await server.start()
    yield server
    await server.stop()
    assert server.faults() == []


@pytest.fixture
def settings(slack: GrantingSlack) -> Settings:
    return Settings(
        signing_secret="secret",
        client_id=CLIENT_ID,
        client_secret=CLIENT_SECRET,
        encryption_keys=(Fernet.generate_key().decode(),),
        slack_api_url=slack.api_url,
    )


@pytest.fixture
def vault(settings: Settings) -> Vault:
    return Vault(settings.encryption_keys)


@pytest.fixture
def many(settings: Settings, store: Store, tmp_path: Path) -> ManyWorkspaces:
    write_keys(tmp_path, *settings.encryption_keys)
    return many_workspaces(settings, store, tmp_path)


@pytest.fixture
def bot(
    slack: GrantingSlack,
    store: Store,
    library: Library,
    search: Search,
    settings: Settings,
    many: ManyWorkspaces,
) -> Bot:
    return Bot(create_app(settings, store, library, search, many.workspaces), slack)


def write_keys(folder: Path, *keys: str) -> None:
    """Put keys into the file that the app reads them from, the newest first."""
    (folder / ".env").write_text(f"ENCRYPTION_KEY={','.join(keys)}\n", "utf-8")


Visit = Callable[[], httpx.AsyncClient]


@pytest.fixture
async def browser(bot: Bot, store: Store, many: ManyWorkspaces) -> AsyncIterator[Visit]:
    """Opens a browser of its own at each call."""
    opened: list[httpx.AsyncClient] = []

    def visit() -> httpx.AsyncClient:
        transport = httpx.ASGITransport(create_http(bot.app, "secret", many.routes))
        opened.append(httpx.AsyncClient(transport=transport, base_url="https://bot.test"))
        return opened[-1]

    yield visit
    for client in opened:
        await client.aclose()


async def begin(client: httpx.AsyncClient) -> dict[str, str]:
    """Follow the link as far as Slack; returns what Slack is asked."""
    answer = await client.get("/slack/install")
    assert answer.status_code == 302
    return {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["location"]).query).items()}


async def come_back(client: httpx.AsyncClient, **given: str) -> httpx.Response:
    return await client.get("/slack/oauth_redirect", params=given)


Install = Callable[..., Awaitable[httpx.Response]]


@pytest.fixture
def install(browser: Visit, slack: GrantingSlack) -> Install:
    """Installs the app in a workspace, from the link to the last page."""

    async def install(code: str = "") -> httpx.Response:
        client = browser()
        state = (await begin(client))["state"]
        return await come_back(client, code=code or slack.allow(), state=state)

    return install
