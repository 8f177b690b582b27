"""Installing by a link: what Slack is asked, what is kept, and every way in which it cannot be finished."""

import asyncio
import base64
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import httpx
import pytest
from freezegun import freeze_time

from bot.manifest import OPTIONAL_SCOPES, SCOPES
from bot.oauth.assembly import many_workspaces
from bot.oauth.routes import COOKIE
from bot.oauth.vault import Vault
from bot.server import create_http
from bot.settings import Settings
from storage.store import Store
from tests.bot.oauth.conftest import Install, Visit, begin, come_back
from tests.bot.oauth.granting_slack import CLIENT_ID, GrantingSlack
from tests.slack import TEAM, Bot

FIRST = "Nothing was installed"


async def test_slack_is_asked_for_every_scope(browser: Visit, slack: GrantingSlack) -> None:
    client = browser()
    answer = await client.get("/slack/install")
    address = answer.headers["location"]
    assert address.startswith(slack.api_url.replace("/api/", "/oauth/v2/authorize?"))
    asked = await begin(client)
    assert asked["client_id"] == CLIENT_ID
    assert set(asked["scope"].split(",")) == {*SCOPES, *OPTIONAL_SCOPES}
    assert "code_challenge" not in asked
    cookie = answer.headers["set-cookie"].lower()
    assert all(word in cookie for word in ("secure", "httponly", "samesite=lax"))
    assert "client-secret" not in address


async def test_what_slack_gives_is_kept_encrypted(
    install: Install, store: Store, slack: GrantingSlack, vault: Vault
) -> None:
    slack.lifetime = 43_200
    before = datetime.now(UTC)
    page = await install(slack.allow(scope="commands,chat:write,canvases:write"))
    assert page.status_code == 200
    assert f"Common Ground is installed in Name of {TEAM}." in page.text
    assert f"/app_redirect?app=A0APP&amp;team={TEAM}" in page.text
    assert "left out" not in page.text
    kept = await store.installations.get(TEAM)
    assert kept
    assert (kept.bot_id, kept.bot_user_id, kept.installed_by) == ("B0BOT", "U0BOT", "U0ANNA")
    assert kept.scopes == ("canvases:write", "chat:write", "commands")
    assert kept.status == "active"
    assert slack.live[vault.open(kept.tokens.bot_token)] == TEAM
    assert slack.refreshing[vault.open(kept.tokens.refresh_token or "")] == TEAM
    assert kept.tokens.expires_at
    assert timedelta(hours=11) < kept.tokens.expires_at - before < timedelta(hours=13)


async def test_an_optional_scope_that_was_declined_is_explained(install: Install) -> None:
    page = await install()
    assert "You left out canvases:write, which the app needs to put the record of a ranking" in page.text


async def test_installing_again_replaces_the_tokens(
    install: Install, store: Store, slack: GrantingSlack, vault: Vault
) -> None:
    await install()
    first = await store.installations.get(TEAM)
    await install(slack.allow(scope="chat:write,commands,canvases:write"))
    second = await store.installations.get(TEAM)
    assert first
    assert second
    assert vault.open(first.tokens.bot_token) != vault.open(second.tokens.bot_token)
    assert "canvases:write" in second.scopes
    assert second.version == 2


async def test_an_organisation_is_told_what_its_admins_do_next(
    install: Install, store: Store, slack: GrantingSlack
) -> None:
    code = slack.allow(
        team=None, enterprise={"id": "E0COUNTY", "name": "The County"}, is_enterprise_install=True
    )
    page = await install(code)
    assert "An admin of the organisation now adds it" in page.text
    assert "/app_redirect?app=A0APP&quot;" not in page.text
    kept = await store.installations.get("E0COUNTY")
    assert kept
    assert kept.is_for_organisation


async def test_a_public_client_proves_that_it_began_the_installation(
    bot: Bot, slack: GrantingSlack, settings: Settings, store: Store, tmp_path: Path
) -> None:
    (tmp_path / "manifest.yml").write_text("oauth_config: {pkce_enabled: true}", "utf-8")
    routes = many_workspaces(settings, store, tmp_path).routes
    transport = httpx.ASGITransport(create_http(bot.app, "secret", routes))
    async with httpx.AsyncClient(transport=transport, base_url="https://bot.test") as client:
        asked = await begin(client)
        assert asked["code_challenge_method"] == "S256"
        page = await come_back(client, code=slack.allow(), state=asked["state"])
    assert page.status_code == 200
    verifier = slack.last("oauth.v2.access")["code_verifier"]
    assert (
        base64.urlsafe_b64encode(sha256(verifier.encode()).digest()).decode() == f"{asked['code_challenge']}="
    )


async def test_somebody_who_declines_is_told_whom_to_ask(browser: Visit, store: Store) -> None:
    client = browser()
    state = (await begin(client))["state"]
    page = await come_back(client, error="access_denied", state=state)
    assert FIRST in page.text
    assert "ask one of them to open the link that you used" in page.text
    assert 'href="/slack/install"' in page.text


async def come_back_with(client: httpx.AsyncClient, secret: str, **given: str) -> httpx.Response:
    """Come back with a cookie, whatever has become of the browser's own."""
    return await client.get("/slack/oauth_redirect", params=given, headers={"cookie": f"{COOKIE}={secret}"})


async def test_a_state_that_is_too_old_is_refused(browser: Visit, slack: GrantingSlack, store: Store) -> None:
    client = browser()
    with freeze_time(datetime.now(UTC) - timedelta(seconds=605), real_asyncio=True):
        state = (await begin(client))["state"]
        secret = client.cookies[COOKIE]
    page = await come_back_with(browser(), secret, code=slack.allow(), state=state)
    assert page.status_code == 400
    assert "it works for ten minutes" in page.text
    assert await store.installations.get(TEAM) is None


async def test_a_state_works_once_even_for_two_at_the_same_time(browser: Visit, slack: GrantingSlack) -> None:
    client = browser()
    state = (await begin(client))["state"]
    secret = client.cookies[COOKIE]
    pages = await asyncio.gather(
        *(come_back_with(browser(), secret, code=slack.allow(), state=state) for _ in range(4))
    )
    assert sorted(page.status_code for page in pages) == [200, 400, 400, 400]
    assert sum("finished before" in page.text for page in pages) == 3
    assert len(slack.called("oauth.v2.access")) == 1


async def test_a_page_that_is_loaded_again_does_not_alarm(browser: Visit, slack: GrantingSlack) -> None:
    client = browser()
    given = {"code": slack.allow(), "state": (await begin(client))["state"]}
    assert "Common Ground is installed in" in (await come_back(client, **given)).text
    assert (
        "has told you that Common Ground is installed, it still is" in (await come_back(client, **given)).text
    )


async def test_what_another_browser_began_cannot_be_finished_here(
    browser: Visit, slack: GrantingSlack, store: Store
) -> None:
    attacker, victim, stranger = browser(), browser(), browser()
    state = (await begin(attacker))["state"]
    await begin(victim)
    for client in (victim, stranger):
        page = await come_back(client, code=slack.allow(), state=state)
        assert "begun in another browser" in page.text
    assert await store.installations.get(TEAM) is None
    assert slack.called("oauth.v2.access") == []


@pytest.mark.parametrize("state", ["", "made-up", "gAAAAABnone", "gAAAAABé😀", "<script>alert(1)</script>"])
async def test_a_state_that_is_not_ours_is_refused(browser: Visit, slack: GrantingSlack, state: str) -> None:
    client = browser()
    await begin(client)
    page = await come_back(client, code=slack.allow(), state=state)
    assert page.status_code == 400
    assert FIRST in page.text
    assert "<script>" not in page.text
    assert slack.called("oauth.v2.access") == []


async def test_a_token_from_the_database_is_no_state(
    install: Install, browser: Visit, slack: GrantingSlack, store: Store
) -> None:
    await install()
    kept = await store.installations.get(TEAM)
    assert kept
    client = browser()
    await begin(client)
    page = await come_back(client, code=slack.allow(), state=kept.tokens.bot_token)
    assert page.status_code == 400


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("invalid_code", "Please start again."),
        ("code_already_used", "Please start again."),
        ("bad_client_secret", "Tell whoever runs it to type python -m bot check"),
        ("bad_redirect_uri", "Tell whoever runs it to type python -m bot check"),
    ],
)
async def test_a_refusal_by_slack_says_what_to_do(
    install: Install,
    slack: GrantingSlack,
    store: Store,
    caplog: pytest.LogCaptureFixture,
    reason: str,
    words: str,
) -> None:
    slack.refuse["oauth.v2.access"] = reason
    page = await install()
    assert page.status_code == 400
    assert words in page.text
    assert reason in page.text
    assert reason in caplog.text
    assert await store.installations.get(TEAM) is None


async def test_a_code_that_slack_does_not_know_is_refused(install: Install) -> None:
    assert "Slack did not take the answer (invalid_code)" in (await install("made-up")).text


async def test_a_grant_without_a_token_for_the_app_is_refused(install: Install, slack: GrantingSlack) -> None:
    page = await install(slack.allow(token_type="user"))
    assert "Slack gave no token for the app itself" in page.text


async def test_a_slack_that_cannot_be_reached_is_said(
    browser: Visit, slack: GrantingSlack, store: Store
) -> None:
    client = browser()
    state = (await begin(client))["state"]
    await slack.stop()
    page = await come_back(client, code="code", state=state)
    await slack.start()
    assert "Slack could not be reached" in page.text


async def test_the_way_back_alone_leads_to_the_beginning(browser: Visit) -> None:
    page = await come_back(browser())
    assert page.status_code == 400
    assert "only for the way back from Slack" in page.text
    page = await come_back(browser(), error="something_else")
    assert "Slack could not go on" in page.text


async def test_a_database_that_is_away_is_said(install: Install, store: Store, slack: GrantingSlack) -> None:
    await store.close()
    page = await install()
    assert page.status_code == 503
    assert "database cannot be used" in page.text


async def test_pages_are_kept_by_nobody_and_run_nothing(install: Install) -> None:
    headers = (await install()).headers
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "max-age=0" in headers["set-cookie"].lower()


async def test_no_secret_is_shown_or_logged(
    install: Install, slack: GrantingSlack, caplog: pytest.LogCaptureFixture, store: Store
) -> None:
    caplog.set_level("INFO")
    slack.lifetime = 43_200
    pages = [await install(), await install("made-up")]
    kept = await store.installations.get(TEAM)
    logged = [record.getMessage() for record in caplog.records if record.name.startswith(("bot", "slack"))]
    assert logged
    for shown in (*(page.text for page in pages), *logged, repr(kept)):
        assert "plain" not in shown
        assert "client-secret" not in shown
        assert "gAAAA" not in shown
