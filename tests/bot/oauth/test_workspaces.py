"""Who may act where: each workspace with its own token, remembered until it changes."""

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator, Callable, Coroutine
from datetime import UTC, datetime
from pathlib import Path

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.app import NOT_INSTALLED
from bot.oauth import workspaces as remembering
from bot.oauth.assembly import ManyWorkspaces, many_workspaces
from bot.oauth.vault import Vault
from bot.settings import Settings
from storage.store import Store
from tests.bot.oauth.granting_slack import GrantingSlack
from tests.bot.oauth.places import ORGANISATION, put_installation, type_command, until
from tests.slack import PARTNER_TEAM, TEAM, Bot

MANY = 1_000


@contextlib.asynccontextmanager
async def at_work(loop: Callable[[], Coroutine[None, None, None]]) -> AsyncIterator[None]:
    task = asyncio.create_task(loop())
    yield
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def until_other(many: ManyWorkspaces, known: AsyncWebClient | None) -> None:
    async def is_other() -> bool:
        return await many.workspaces.client_for(TEAM) is not known

    await until(is_other)


async def test_each_workspace_has_its_own_token(
    bot: Bot, store: Store, slack: GrantingSlack, vault: Vault
) -> None:
    for workspace_id in (TEAM, PARTNER_TEAM):
        await put_installation(store, slack, vault, workspace_id)
    for workspace_id in (TEAM, PARTNER_TEAM):
        slack.bearers.clear()
        answer = await type_command(bot, workspace_id)
        assert "Common Ground" in answer.body
        assert {slack.live[token] for _, token in slack.bearers} == {workspace_id}


async def test_a_workspace_that_has_not_installed_the_app_is_told_so(bot: Bot, slack: GrantingSlack) -> None:
    answer = await type_command(bot, "T0STRANGER")
    assert slack.last("response_url")["text"] == NOT_INSTALLED
    assert answer.status == 200
    assert slack.bearers == []


async def test_the_publisher_gets_the_client_that_a_press_gets(
    many: ManyWorkspaces, store: Store, slack: GrantingSlack, vault: Vault
) -> None:
    await put_installation(store, slack, vault)
    client = await many.workspaces.client_for(TEAM)
    assert client
    assert slack.live[client.token or ""] == TEAM
    assert await many.workspaces.client_for(TEAM) is client
    assert await many.workspaces.client_for("T0STRANGER") is None


async def test_with_a_thousand_workspaces_a_press_asks_neither_slack_nor_the_store_who_may(
    bot: Bot, store: Store, slack: GrantingSlack, vault: Vault, tmp_path: Path
) -> None:
    places = [f"T{number:04}" for number in range(MANY)]
    await asyncio.gather(*(put_installation(store, slack, vault, place) for place in places))
    for place in places:
        await type_command(bot, place)
    slack.calls.clear()
    # Without the table, whoever asked it would get an error.
    with contextlib.closing(sqlite3.connect(tmp_path / "commonground.db", timeout=30)) as connection:
        connection.execute("DROP TABLE installations")
    for place in places:
        answer = await type_command(bot, place)
        assert "/strategies" in answer.body
    assert {call.method for call in slack.calls} == {"answer"}
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        await store.installations.find(TEAM)


async def test_no_more_workspaces_are_remembered_than_there_is_room_for(
    many: ManyWorkspaces, store: Store, slack: GrantingSlack, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remembering, "KEPT", 2)
    clients = {}
    for place in ("T1", "T2"):
        await put_installation(store, slack, vault, place)
        clients[place] = await many.workspaces.client_for(place)
    assert await many.workspaces.client_for("T1") is clients["T1"]
    await put_installation(store, slack, vault, "T3")
    assert await many.workspaces.client_for("T3")
    assert await many.workspaces.client_for("T1") is clients["T1"]
    assert await many.workspaces.client_for("T2") is not clients["T2"]


async def test_what_another_process_removes_is_no_longer_used(
    many: ManyWorkspaces, store: Store, slack: GrantingSlack, vault: Vault, settings: Settings, tmp_path: Path
) -> None:
    await put_installation(store, slack, vault)
    other = many_workspaces(settings, store, tmp_path)
    first = await many.workspaces.client_for(TEAM)
    assert first
    now = datetime.now(UTC)
    async with at_work(many.workspaces.run):
        await other.workspaces.end(TEAM, "uninstalled", now)
        await until_other(many, first)
    assert await many.workspaces.client_for(TEAM) is None


async def test_what_another_process_installs_anew_is_used(
    many: ManyWorkspaces, store: Store, slack: GrantingSlack, vault: Vault
) -> None:
    await put_installation(store, slack, vault)
    first = await many.workspaces.client_for(TEAM)
    async with at_work(many.workspaces.run):
        await put_installation(store, slack, vault, installed_at=datetime.now(UTC))
        await until_other(many, first)


async def test_a_store_that_is_away_does_not_end_the_looking(
    many: ManyWorkspaces, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    await store.close()
    async with at_work(many.workspaces.run), at_work(many.refresher.run):
        await until(lambda: "Could not look for changed installations: UnavailableError" in caplog.text)
        await until(lambda: "Could not look for tokens that end soon: UnavailableError" in caplog.text)


async def test_tokens_that_no_key_opens_let_nobody_in(
    bot: Bot, store: Store, slack: GrantingSlack, caplog: pytest.LogCaptureFixture
) -> None:
    other = Vault(["MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="])
    await put_installation(store, slack, other)
    await type_command(bot, TEAM)
    assert slack.last("response_url")["text"] == NOT_INSTALLED
    assert f"The tokens of {TEAM} cannot be read: no key of ENCRYPTION_KEY fits" in caplog.text


def of_organisation(workspace_id: str | None) -> dict[str, object]:
    return {"team_id": workspace_id, "enterprise_id": ORGANISATION, "is_enterprise_install": "true"}


async def test_an_organisations_token_serves_each_of_its_workspaces(
    bot: Bot, many: ManyWorkspaces, store: Store, slack: GrantingSlack, vault: Vault
) -> None:
    await put_installation(store, slack, vault, ORGANISATION, enterprise_id=ORGANISATION)
    assert await many.workspaces.client_for("T1") is None
    for place in ("T1", "T2"):
        answer = await type_command(bot, None, **of_organisation(place))
        assert "/strategies" in answer.body
    for place in ("T1", "T2"):
        client = await many.workspaces.client_for(place)
        assert client
        assert slack.live[client.token or ""] == ORGANISATION
        slack.calls.clear()
        await client.users_info(user="U0ANNA")
        assert slack.last("users.info")["team_id"] == place
    assert await many.workspaces.client_for("T3") is None


async def test_a_press_that_names_no_workspace_is_from_that_of_the_person(
    bot: Bot, store: Store, slack: GrantingSlack, vault: Vault
) -> None:
    await put_installation(store, slack, vault, ORGANISATION, enterprise_id=ORGANISATION)
    for team, view in (
        (None, {}),
        ({"id": ORGANISATION}, {}),
        (None, {"view": {"app_installed_team_id": ORGANISATION, "id": "V1", "type": "modal"}}),
    ):
        answer = await bot.send(
            {
                "type": "block_suggestion",
                "team": team,
                "user": {"id": "U0ANNA", "team_id": "T1"},
                "enterprise": {"id": ORGANISATION, "name": "The County"},
                "is_enterprise_install": True,
                "action_id": "none.such",
                **view,
            }
        )
        assert answer.body == '{"options": []}'
    found = await store.installations.find("T1")
    assert found
    assert found.workspace_id == ORGANISATION


async def test_what_a_press_asks_of_slack_is_for_its_workspace(
    bot: Bot, store: Store, slack: GrantingSlack, vault: Vault
) -> None:
    await put_installation(store, slack, vault, ORGANISATION, enterprise_id=ORGANISATION)
    await bot.send(
        {
            "type": "shortcut",
            "callback_id": "strategies.shortcut.find",
            "trigger_id": "t",
            "team": {"id": ORGANISATION},
            "user": {"id": "U0ANNA", "team_id": "T1"},
            "enterprise": {"id": ORGANISATION, "name": "The County"},
            "is_enterprise_install": True,
        }
    )
    assert slack.last("views.open")["team_id"] == "T1"


async def test_a_press_that_names_nobody_at_all_is_refused(bot: Bot, slack: GrantingSlack) -> None:
    await type_command(bot, None, is_enterprise_install="true", enterprise_id=ORGANISATION)
    assert slack.last("response_url")["text"] == NOT_INSTALLED


async def test_a_workspace_keeps_its_own_token_in_an_organisation_that_has_none(
    bot: Bot, store: Store, slack: GrantingSlack, vault: Vault
) -> None:
    await put_installation(store, slack, vault, "T1", enterprise_id=ORGANISATION)
    answer = await type_command(bot, "T1", enterprise_id=ORGANISATION, is_enterprise_install="false")
    assert "/strategies" in answer.body


async def test_an_organisations_installation_takes_over_from_a_workspaces_own(
    bot: Bot, many: ManyWorkspaces, store: Store, slack: GrantingSlack, vault: Vault
) -> None:
    await put_installation(store, slack, vault, "T1", enterprise_id=ORGANISATION)
    assert await many.workspaces.client_for("T1")
    await put_installation(store, slack, vault, ORGANISATION, enterprise_id=ORGANISATION)
    await type_command(bot, None, **of_organisation("T1"))
    client = await many.workspaces.client_for("T1")
    assert client
    assert slack.live[client.token or ""] == ORGANISATION
