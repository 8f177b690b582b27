"""The app removed, or its token taken back: nothing more is done there, until it is installed again."""

import asyncio
import contextlib
from datetime import UTC, datetime, timedelta

import pytest

from bot.app import NOT_INSTALLED, create_app, create_client, create_publisher
from bot.installation import Installation
from bot.oauth.assembly import ManyWorkspaces
from bot.oauth.vault import Vault
from bot.settings import Settings
from knowledge.model import Library
from knowledge.search import Search
from storage.records.installations import SealedTokens
from storage.store import Store
from tests.bot.oauth.conftest import Install
from tests.bot.oauth.granting_slack import GrantingSlack
from tests.bot.oauth.places import ORGANISATION, event, put_installation, type_command, until
from tests.slack import ANNA, PARTNER_TEAM, TEAM, Bot


@pytest.mark.parametrize(
    ("kind", "more", "status"),
    [
        ("app_uninstalled", {}, "uninstalled"),
        ("tokens_revoked", {"tokens": {"bot": ["U0BOT"], "oauth": []}}, "revoked"),
    ],
)
async def test_a_removal_is_noted_and_the_token_forgotten_at_once(
    bot: Bot,
    many: ManyWorkspaces,
    store: Store,
    slack: GrantingSlack,
    vault: Vault,
    kind: str,
    more: dict[str, object],
    status: str,
) -> None:
    for workspace_id in (TEAM, PARTNER_TEAM):
        await put_installation(store, slack, vault, workspace_id)
        await type_command(bot, workspace_id)
    answer = await bot.send(event(kind, TEAM, datetime.now(UTC), **more))
    assert answer.status == 200
    kept = await store.installations.get(TEAM)
    assert kept
    assert (kept.status, kept.tokens) == (status, SealedTokens(""))
    assert await many.workspaces.client_for(TEAM) is None
    await type_command(bot, TEAM)
    assert slack.last("response_url")["text"] == NOT_INSTALLED
    assert await many.workspaces.client_for(PARTNER_TEAM)


async def test_a_persons_own_token_that_is_revoked_is_none_of_the_apps(
    bot: Bot, many: ManyWorkspaces, store: Store, slack: GrantingSlack, vault: Vault
) -> None:
    await put_installation(store, slack, vault)
    await bot.send(event("tokens_revoked", TEAM, datetime.now(UTC), tokens={"oauth": ["U0ANNA"]}))
    assert await many.workspaces.client_for(TEAM)


async def test_a_late_event_does_not_end_what_was_installed_after_it(
    bot: Bot, many: ManyWorkspaces, store: Store, slack: GrantingSlack, vault: Vault
) -> None:
    await put_installation(store, slack, vault)
    before = datetime.now(UTC) - timedelta(days=2)
    await bot.send(event("app_uninstalled", TEAM, before))
    assert await many.workspaces.client_for(TEAM)


async def test_installing_again_brings_the_workspace_back_at_once(
    bot: Bot, store: Store, slack: GrantingSlack, vault: Vault, install: Install
) -> None:
    await put_installation(store, slack, vault)
    await bot.send(event("app_uninstalled", TEAM, datetime.now(UTC) - timedelta(minutes=1)))
    await install()
    assert "/strategies" in (await type_command(bot, TEAM)).body


async def test_an_organisation_that_removes_the_app_removes_it_from_every_workspace(
    bot: Bot, many: ManyWorkspaces, store: Store, slack: GrantingSlack, vault: Vault
) -> None:
    await put_installation(store, slack, vault, ORGANISATION, enterprise_id=ORGANISATION)
    for place in ("T1", "T2"):
        await store.installations.join_organisation(place, ORGANISATION)
        assert await many.workspaces.client_for(place)
    removed = event("app_uninstalled", "T1", datetime.now(UTC))
    await bot.send(
        removed
        | {
            "enterprise_id": ORGANISATION,
            "authorizations": [
                {"enterprise_id": ORGANISATION, "team_id": None, "is_enterprise_install": True}
            ],
        }
    )
    for place in ("T1", "T2"):
        assert await many.workspaces.client_for(place) is None


async def test_nothing_is_sent_where_the_app_was_removed_and_what_people_wrote_stays(
    bot: Bot, many: ManyWorkspaces, store: Store, library: Library, slack: GrantingSlack, vault: Vault
) -> None:
    await put_installation(store, slack, vault)
    await put_installation(store, slack, vault, PARTNER_TEAM)
    home = {
        "type": "event_callback",
        "api_app_id": "A0APP",
        "event": {"type": "app_home_opened", "user": ANNA.id, "tab": "home", "channel": "D0ANNA"},
        "event_time": int(datetime.now(UTC).timestamp()),
    }
    for workspace_id in (TEAM, PARTNER_TEAM):
        await bot.send(home | {"team_id": workspace_id, "event_id": workspace_id})
    await bot.send(event("app_uninstalled", TEAM, datetime.now(UTC)))
    publisher = asyncio.create_task(create_publisher(store, library, many.workspaces).run())
    await until(lambda: bool(slack.called("views.publish")))
    await asyncio.sleep(0.3)
    publisher.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await publisher
    published = {slack.live[token] for method, token in slack.bearers if method == "views.publish"}
    assert published == {PARTNER_TEAM}
    assert [message.workspace_id for message in await store.messages.dirty_messages()] == [TEAM]


async def test_the_one_workspace_of_a_token_is_told_in_the_log(
    store: Store, library: Library, search: Search, slack: GrantingSlack, caplog: pytest.LogCaptureFixture
) -> None:
    settings = Settings(bot_token="xoxb-1", slack_api_url=slack.api_url)
    slack.live["xoxb-1"] = TEAM
    installation = Installation(create_client(settings))
    bot = Bot(create_app(settings, store, library, search, installation), slack)
    await bot.send(event("app_uninstalled", TEAM, datetime.now(UTC)))
    assert f"The app was uninstalled in {TEAM}. Install it there again" in caplog.text
