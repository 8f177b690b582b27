"""An organisation that adds the app to some of its workspaces, and takes it out of them."""

from datetime import UTC, datetime

import pytest

from bot.app import create_app, create_client
from bot.installation import Installation
from bot.oauth import workspaces as remembering
from bot.oauth.assembly import ManyWorkspaces
from bot.oauth.vault import Vault
from bot.settings import Settings
from knowledge.model import Library
from knowledge.search import Search
from storage.store import Store
from tests.bot.oauth.granting_slack import GrantingSlack
from tests.bot.oauth.places import ORGANISATION, event, put_installation, type_command
from tests.slack import PARTNER_TEAM, TEAM, Bot, Json

GRANTED, REVOKED = "team_access_granted", "team_access_revoked"


def told(kind: str, *workspace_ids: str, is_enterprise_install: bool = True) -> Json:
    """What Slack says: the envelope names the organisation, some workspace or none."""
    authorization = {
        "enterprise_id": ORGANISATION,
        "team_id": None if is_enterprise_install else "T0ANY",
        "user_id": "U0BOT",
        "is_bot": True,
        "is_enterprise_install": is_enterprise_install,
    }
    body = event(kind, ORGANISATION, datetime.now(UTC), team_ids=list(workspace_ids))
    return body | {"enterprise_id": ORGANISATION, "authorizations": [authorization]}


@pytest.fixture
async def organisation(store: Store, slack: GrantingSlack, vault: Vault) -> str:
    await put_installation(store, slack, vault, ORGANISATION, enterprise_id=ORGANISATION)
    return ORGANISATION


@pytest.mark.usefixtures("organisation")
@pytest.mark.parametrize("is_enterprise_install", [True, False])
async def test_what_waits_for_a_workspace_is_sent_as_soon_as_it_is_let_in(
    bot: Bot, many: ManyWorkspaces, slack: GrantingSlack, is_enterprise_install: bool
) -> None:
    assert await many.workspaces.client_for("T1") is None
    answer = await bot.send(told(GRANTED, "T1", "T2", is_enterprise_install=is_enterprise_install))
    assert answer.status == 200
    assert "not installed" not in answer.body
    for place in ("T1", "T2"):
        client = await many.workspaces.client_for(place)
        assert client
        assert slack.live[client.token or ""] == ORGANISATION
    for place in ("T0ANY", "T3"):
        assert await many.workspaces.client_for(place) is None


@pytest.mark.usefixtures("organisation")
async def test_nothing_is_sent_or_answered_where_it_was_taken_out(
    bot: Bot, many: ManyWorkspaces, store: Store
) -> None:
    await bot.send(told(GRANTED, "T1", "T2"))
    assert await many.workspaces.client_for("T1")
    for _ in range(2):
        assert (await bot.send(told(REVOKED, "T1"))).status == 200
    assert await many.workspaces.client_for("T1") is None
    assert await many.workspaces.client_for("T2")
    kept = await store.installations.get(ORGANISATION)
    assert kept
    assert kept.status == "active"
    await bot.send(told(GRANTED, "T1"))
    assert await many.workspaces.client_for("T1")


@pytest.mark.usefixtures("organisation")
async def test_a_workspaces_own_installation_outlives_that_of_its_organisation(
    bot: Bot, many: ManyWorkspaces, store: Store, slack: GrantingSlack, vault: Vault
) -> None:
    await put_installation(store, slack, vault, PARTNER_TEAM)
    await bot.send(told(GRANTED, PARTNER_TEAM))
    await bot.send(told(REVOKED, PARTNER_TEAM))
    client = await many.workspaces.client_for(PARTNER_TEAM)
    assert client
    assert slack.live[client.token or ""] == PARTNER_TEAM


async def test_an_organisation_that_has_not_installed_the_app_lets_nobody_in(
    bot: Bot, many: ManyWorkspaces, store: Store, slack: GrantingSlack, vault: Vault
) -> None:
    await put_installation(store, slack, vault)
    await bot.send(told(GRANTED, "T1", TEAM))
    await put_installation(store, slack, vault, ORGANISATION, enterprise_id=ORGANISATION)
    assert await many.workspaces.client_for("T1") is None
    client = await many.workspaces.client_for(TEAM)
    assert client
    assert slack.live[client.token or ""] == TEAM


@pytest.mark.usefixtures("organisation")
async def test_another_process_learns_of_it_within_a_minute(
    bot: Bot, many: ManyWorkspaces, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remembering, "LEFT_UNSEEN", remembering.OVERLAP * 0)
    await bot.send(told(GRANTED, "T1"))
    assert await many.workspaces.client_for("T1")
    await store.installations.leave_organisation("T1", ORGANISATION)
    assert await many.workspaces.client_for("T1") is None


async def test_the_one_workspace_of_a_token_is_told_in_the_log(
    store: Store, library: Library, search: Search, slack: GrantingSlack, caplog: pytest.LogCaptureFixture
) -> None:
    settings = Settings(bot_token="xoxb-1", slack_api_url=slack.api_url)
    slack.live["xoxb-1"] = TEAM
    installation = Installation(create_client(settings))
    bot = Bot(create_app(settings, store, library, search, installation), slack)
    await type_command(bot, TEAM)
    await bot.send(told(GRANTED, TEAM))
    await bot.send(told(REVOKED, PARTNER_TEAM))
    assert "taken out" not in caplog.text
    await bot.send(told(REVOKED, PARTNER_TEAM, TEAM))
    assert f"The app was taken out of {TEAM} by its organisation." in caplog.text
