"""The app installed in two workspaces, on one store."""

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.app import create_app
from bot.oauth.assembly import ManyWorkspaces, many_workspaces
from bot.oauth.vault import Vault
from bot.settings import Settings
from knowledge.model import Library
from knowledge.search import Search
from storage.store import Store
from tests.bot.other_workspaces.aftermath import Aftermath
from tests.bot.other_workspaces.reached import Reached
from tests.bot.other_workspaces.two_workspaces import USERS, Wall, install_both
from tests.bot.ranking.running import Run
from tests.slack import BOT_TOKEN, Bot, Slack


@pytest.fixture
def slack(slack: Slack) -> Slack:
    """It knows who is what."""
    slack.users |= USERS
    return slack


@pytest.fixture
def settings(slack: Slack) -> Settings:
    return Settings(
        signing_secret="secret",
        client_id="1.2",
        client_secret="secret",
        encryption_keys=(Fernet.generate_key().decode(),),
        slack_api_url=slack.api_url,
    )


@pytest.fixture
async def many(settings: Settings, store: Store, tmp_path: Path) -> ManyWorkspaces:
    await install_both(store, Vault(settings.encryption_keys))
    return many_workspaces(settings, store, tmp_path)


@pytest.fixture
def bot(
    slack: Slack,
    store: Store,
    library: Library,
    search: Search,
    settings: Settings,
    many: ManyWorkspaces,
) -> Bot:
    """The app in the home workspace."""
    return Bot(create_app(settings, store, library, search, many.workspaces), slack)


@pytest.fixture
def aftermath(store: Store, library: Library, many: ManyWorkspaces) -> Aftermath:
    return Aftermath(store, library, many.workspaces)


@pytest.fixture
def reached(bot: Bot) -> Reached:
    return Reached(bot.app)


@pytest.fixture
def wall(
    slack: Slack, aftermath: Aftermath, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> Callable[..., Wall]:
    """Call it with the words of the home workspace, once everything is there."""
    caplog.set_level(logging.DEBUG)

    def build(*words: str) -> Wall:
        caplog.clear()
        return Wall(tmp_path / "commonground.db", slack, caplog, aftermath, words)

    return build


@pytest.fixture
def run(store: Store, bot: Bot, slack: Slack, settings: Settings) -> Run:
    """A ranking to run in the home workspace."""
    known = dict(slack.users)
    one_token = Settings(bot_token=BOT_TOKEN, slack_api_url=settings.slack_api_url)
    run = Run(store, bot, slack, one_token)
    slack.users |= known
    return run
