"""Tokens that expire: replaced in time, by one process, for scheduled work too."""

import asyncio
import contextlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from freezegun import freeze_time

from bot.oauth import refreshing
from bot.oauth.assembly import ManyWorkspaces, many_workspaces
from bot.oauth.vault import Vault
from bot.settings import Settings
from storage.open import open_store
from storage.records.installations import Installation
from storage.store import Store
from tests.bot.oauth.granting_slack import GrantingSlack
from tests.bot.oauth.places import event, put_installation, type_command, until
from tests.slack import PARTNER_TEAM, TEAM, Bot


@pytest.fixture(autouse=True)
def short_lived(slack: GrantingSlack) -> None:
    slack.lifetime = 43_200


async def put_ending(
    store: Store, slack: GrantingSlack, vault: Vault, seconds: float, workspace_id: str = TEAM
) -> Installation:
    """The app installed with a token that ends in so many seconds."""
    given = await put_installation(store, slack, vault, workspace_id)
    ends = datetime.now(UTC) + timedelta(seconds=seconds)
    await store.installations.save(replace(given, tokens=replace(given.tokens, expires_at=ends)))
    found = await store.installations.get(workspace_id)
    assert found
    return found


async def test_a_token_that_lasts_is_left_alone(
    many: ManyWorkspaces, store: Store, slack: GrantingSlack, vault: Vault
) -> None:
    await put_ending(store, slack, vault, 3 * 3600)
    task = asyncio.create_task(many.refresher.run())
    assert await many.workspaces.client_for(TEAM)
    await asyncio.sleep(0.2)
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    assert slack.called("oauth.v2.access") == []


async def test_tokens_are_replaced_long_before_they_end_without_anybody_waiting(
    many: ManyWorkspaces, store: Store, slack: GrantingSlack, vault: Vault
) -> None:
    for place in (TEAM, PARTNER_TEAM):
        await put_ending(store, slack, vault, 3600, place)
    task = asyncio.create_task(many.refresher.run())
    await until(lambda: len(slack.called("oauth.v2.access")) == 2)
    for place in (TEAM, PARTNER_TEAM):

        async def is_replaced(place: str = place) -> bool:
            kept = await store.installations.get(place)
            assert kept
            assert kept.tokens.expires_at
            return kept.tokens.expires_at > datetime.now(UTC) + timedelta(hours=11)

        await until(is_replaced)
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def test_a_token_that_has_ended_is_replaced_before_it_is_used(
    many: ManyWorkspaces, store: Store, slack: GrantingSlack, vault: Vault
) -> None:
    old = await put_ending(store, slack, vault, -60)
    client = await many.workspaces.client_for(TEAM)
    assert client
    assert client.token != vault.open(old.tokens.bot_token)
    await client.users_info(user="U0ANNA")
    assert await many.workspaces.client_for(TEAM) is client
    assert len(slack.called("oauth.v2.access")) == 1


async def test_a_token_that_ends_while_it_is_remembered_is_replaced_too(
    bot: Bot, many: ManyWorkspaces, store: Store, slack: GrantingSlack, vault: Vault
) -> None:
    await put_ending(store, slack, vault, refreshing.AT_ONCE.total_seconds() + 60)
    first = await many.workspaces.client_for(TEAM)
    with freeze_time(datetime.now(UTC) + timedelta(seconds=61), real_asyncio=True, tick=True):
        assert "/strategies" in (await type_command(bot, TEAM)).body
        assert await many.workspaces.client_for(TEAM) is not first
    assert len(slack.called("oauth.v2.access")) == 1


async def test_of_several_processes_one_replaces_a_token_and_all_use_the_new_one(
    store: Store, slack: GrantingSlack, vault: Vault, settings: Settings, tmp_path: Path
) -> None:
    await put_ending(store, slack, vault, -60)
    others = [await open_store(f"sqlite:///{tmp_path}/commonground.db") for _ in range(3)]
    processes = [many_workspaces(settings, each, tmp_path).workspaces for each in (store, *others)]
    clients = await asyncio.gather(*(each.client_for(TEAM) for each in processes for _ in range(3)))
    for each in others:
        await each.close()
    assert len(slack.called("oauth.v2.access")) == 1
    kept = await store.installations.get(TEAM)
    assert kept
    assert {client and client.token for client in clients} == {vault.open(kept.tokens.bot_token)}


async def test_a_slack_that_does_not_answer_is_asked_again_later(
    many: ManyWorkspaces,
    store: Store,
    slack: GrantingSlack,
    vault: Vault,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(refreshing, "LEASE_SECONDS", 0.2)
    monkeypatch.setattr(refreshing, "PATIENCE", 0.1)
    old = await put_ending(store, slack, vault, 30)
    slack.refuse["oauth.v2.access"] = "service_unavailable"
    client = await many.workspaces.client_for(TEAM)
    assert client
    assert client.token == vault.open(old.tokens.bot_token), "the old one is still good for a little while"
    assert f"Slack gives no new tokens for {TEAM}: service_unavailable" in caplog.text
    slack.refuse.clear()
    await asyncio.sleep(0.2)
    renewed = await many.workspaces.client_for(TEAM)
    assert renewed
    assert renewed.token != client.token


async def test_a_refresh_token_that_slack_refuses_ends_the_installation_with_its_token(
    many: ManyWorkspaces, store: Store, slack: GrantingSlack, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refreshing, "LEASE_SECONDS", 0.0)
    monkeypatch.setattr(refreshing, "PATIENCE", 0.1)
    await put_ending(store, slack, vault, 30)
    slack.refuse["oauth.v2.access"] = "invalid_refresh_token"
    assert await many.workspaces.client_for(TEAM), "its token still works"
    await put_ending(store, slack, vault, -1)
    assert await many.workspaces.client_for(TEAM) is None
    kept = await store.installations.get(TEAM)
    assert kept
    assert kept.status == "revoked"


async def test_an_answer_without_a_token_changes_nothing(
    many: ManyWorkspaces,
    store: Store,
    slack: GrantingSlack,
    vault: Vault,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(refreshing, "PATIENCE", 0.1)
    old = await put_ending(store, slack, vault, 30)
    monkeypatch.setattr(slack, "tokens_for", lambda _place: {"token_type": "user", "access_token": "xoxp-1"})
    assert await many.workspaces.client_for(TEAM)
    kept = await store.installations.get(TEAM)
    assert kept
    assert kept.tokens == old.tokens
    assert "no_bot_token" in caplog.text


async def test_tokens_refreshed_for_what_was_removed_meanwhile_are_not_kept(
    bot: Bot, many: ManyWorkspaces, store: Store, slack: GrantingSlack, vault: Vault
) -> None:
    await put_ending(store, slack, vault, 3600)
    given = slack.tokens_for

    def slowly(place: str) -> dict[str, object]:
        removing.append(asyncio.create_task(bot.send(event("app_uninstalled", TEAM, datetime.now(UTC)))))
        return given(place)

    removing: list[asyncio.Task[object]] = []
    slack.tokens_for = slowly  # type: ignore[method-assign]  # the answer is held up until the app is removed
    task = asyncio.create_task(many.refresher.run())
    await until(lambda: bool(removing))
    await removing[0]
    await asyncio.sleep(0.3)
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    kept = await store.installations.get(TEAM)
    assert kept
    assert (kept.status, kept.tokens.bot_token) == ("uninstalled", "")


async def test_no_token_is_in_the_log_of_a_refresh(
    many: ManyWorkspaces, store: Store, slack: GrantingSlack, vault: Vault, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    await put_ending(store, slack, vault, -60)
    assert await many.workspaces.client_for(TEAM)
    await put_ending(store, slack, vault, -60)
    slack.refuse["oauth.v2.access"] = "invalid_refresh_token"
    assert await many.workspaces.client_for(TEAM)
    many.workspaces.forget(TEAM)
    assert await many.workspaces.client_for(TEAM) is None
    assert "plain" not in caplog.text
    assert "client-secret" not in caplog.text
