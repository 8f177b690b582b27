"""The whole app, for many workspaces, to which everything is sent more than once."""

from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from slack_bolt.async_app import AsyncApp

from bot.app import create_app
from bot.oauth.assembly import many_workspaces
from bot.oauth.vault import Vault
from bot.settings import Settings
from knowledge.model import Library
from knowledge.search import Search
from storage.store import Store
from tests.bot.oauth.places import ORGANISATION
from tests.bot.other_workspaces.two_workspaces import USERS, install_both
from tests.bot.ranking.running import Run
from tests.bot.replays.sending import SECRET, Replaying
from tests.slack import BOT_TOKEN, TEAM, Slack


@pytest.fixture
def settings(slack: Slack) -> Settings:
    return Settings(
        signing_secret=SECRET,
        client_id="1.2",
        client_secret="secret",
        encryption_keys=(Fernet.generate_key().decode(),),
        slack_api_url=slack.api_url,
    )


@pytest.fixture
async def bot(
    slack: Slack, store: Store, library: Library, search: Search, settings: Settings, tmp_path: Path
) -> Replaying:
    slack.users |= USERS
    await install_both(store, Vault(settings.encryption_keys))
    own = await store.installations.get(TEAM)
    assert own is not None
    await store.installations.save(replace(own, workspace_id=ORGANISATION, enterprise_id=ORGANISATION))

    def build(one: Store) -> AsyncApp:
        return create_app(settings, one, library, search, many_workspaces(settings, one, tmp_path).workspaces)

    return Replaying(build(store), slack, tmp_path / "commonground.db", build)


@pytest.fixture
def run(store: Store, bot: Replaying, slack: Slack, settings: Settings) -> Run:
    """A ranking to run."""
    known = dict(slack.users)
    run = Run(store, bot, slack, Settings(bot_token=BOT_TOKEN, slack_api_url=settings.slack_api_url))
    slack.users |= known
    return run
