"""Tokens as Slack gives and takes them back: by code, by refresh token, for a team or the organisation."""

from collections.abc import AsyncIterator
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.grants import ORGANISATION_ID
from sandbox.running import Options, RunningSandbox
from sandbox.state import Json
from tests.sandbox.conftest import MANIFEST, Clock

PARTNER = "T0FERNLEIGH"


class Install:
    """A sandbox without the app, and what Slack's client calls in it."""

    def __init__(self, sandbox: RunningSandbox, clock: Clock) -> None:
        self.sandbox = sandbox
        self.clock = clock
        self.grants = sandbox.workspace.grants
        self.told: list[tuple[str, str]] = []
        self.grants.tell = lambda kind, place_id: self.told.append((kind, place_id))

    def client(self, token: str = "") -> AsyncWebClient:
        return AsyncWebClient(token, f"{self.sandbox.address}/api/")

    async def exchange(self, **given: str) -> Json:
        app = {"client_id": self.grants.client_id, "client_secret": self.grants.client_secret}
        answer = await self.client().oauth_v2_access(**(app | given))
        assert isinstance(answer.data, dict)
        return answer.data

    def code(self, place_id: str = "", scopes: frozenset[str] = frozenset({"chat:write"})) -> str:
        return self.grants.allow(place_id or self.sandbox.workspace.home_team.id, "U0ORLAFINCH", scopes)


@pytest.fixture
async def install() -> AsyncIterator[Install]:
    clock = Clock()
    sandbox = RunningSandbox(
        Options(manifest=MANIFEST, clock=clock, is_http=True, is_by_link=True, token_seconds=600)
    )
    await sandbox.start()
    yield Install(sandbox, clock)
    await sandbox.stop()


async def refused(install: Install, **given: str) -> str:
    with pytest.raises(SlackApiError) as caught:
        await install.exchange(**given)
    return str(caught.value.response["error"])


async def test_a_code_gives_a_token_once(install: Install) -> None:
    assert install.sandbox.workspace.bot_token == ""
    code = install.code()
    given = await install.exchange(code=code)
    assert (given["token_type"], given["scope"], given["expires_in"]) == ("bot", "chat:write", 600)
    assert (await install.client(given["access_token"]).auth_test())["team_id"] == given["team"]["id"]
    assert await refused(install, code=code) == "invalid_code"
    assert given["access_token"] == install.sandbox.workspace.bot_token


async def test_a_code_is_not_good_for_ever_nor_without_the_secret(install: Install) -> None:
    code = install.code()
    assert await refused(install, code=code, client_secret="other") == "bad_client_secret"
    assert await refused(install, code=code, client_id="other") == "invalid_client_id"
    assert await refused(install, code=code, redirect_uri="http://elsewhere.test") == "bad_redirect_uri"
    install.clock.ahead += 601
    assert await refused(install, code=code) == "code_expired"


async def test_a_code_with_a_challenge_needs_what_it_was_made_from(install: Install) -> None:
    code = install.grants.allow("T0MARLBROOK", "U0ORLAFINCH", frozenset({"commands"}), "challenge")
    assert await refused(install, code=code, code_verifier="made-up") == "bad_pkce_verifier"


async def test_a_token_ends_and_a_refresh_token_gives_another_once(install: Install) -> None:
    first = await install.exchange(code=install.code())
    second = await install.exchange(grant_type="refresh_token", refresh_token=first["refresh_token"])
    again = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
    assert await refused(install, **again) == "invalid_refresh_token"
    for each in (first, second):
        assert (await install.client(each["access_token"]).auth_test())["ok"]
    install.clock.ahead += 601
    with pytest.raises(SlackApiError, match="token_expired"):
        await install.client(second["access_token"]).auth_test()


async def test_each_team_has_its_own_token_and_scopes(install: Install) -> None:
    await install.exchange(code=install.code())
    partner = install.client((await install.exchange(code=install.code(PARTNER)))["access_token"])
    answer = await partner.auth_test()
    assert answer["team_id"] == PARTNER
    assert answer.headers["x-oauth-scopes"] == "chat:write"
    with pytest.raises(SlackApiError, match="missing_scope"):
        await partner.users_info(user="U0ORLAFINCH")


async def test_a_token_is_revoked_by_itself_and_the_app_removed_with_its_secret(install: Install) -> None:
    client = install.client((await install.exchange(code=install.code()))["access_token"])
    assert (await client.auth_revoke(test=True))["revoked"] is False
    assert (await client.auth_revoke())["revoked"] is True
    with pytest.raises(SlackApiError, match="token_revoked"):
        await client.auth_test()
    client = install.client((await install.exchange(code=install.code(ORGANISATION_ID)))["access_token"])
    assert (await client.auth_test())["is_enterprise_install"] is True
    with pytest.raises(SlackApiError, match="bad_client_secret"):
        await client.apps_uninstall(client_id=install.grants.client_id, client_secret="other")
    await client.apps_uninstall(
        client_id=install.grants.client_id, client_secret=install.grants.client_secret
    )
    home = install.sandbox.workspace.home_team.id
    assert install.told == [
        ("tokens_revoked", home),
        ("tokens_revoked", ORGANISATION_ID),
        ("app_uninstalled", ORGANISATION_ID),
    ]


async def test_a_token_that_lasts_is_exchanged_for_one_that_ends(install: Install) -> None:
    install.grants.lifetime = None
    given = await install.exchange(code=install.code())
    assert "refresh_token" not in given
    app = {"client_id": install.grants.client_id, "client_secret": install.grants.client_secret}
    with pytest.raises(SlackApiError, match="token_rotation_not_enabled"):
        await install.client().oauth_v2_exchange(token=given["access_token"], **app)
    install.grants.lifetime = 600
    exchanged = await install.client().oauth_v2_exchange(token=given["access_token"], **app)
    assert exchanged["refresh_token"]
    with pytest.raises(SlackApiError, match="token_revoked"):
        await install.client(given["access_token"]).auth_test()


async def test_what_is_secret_is_in_no_log(install: Install) -> None:
    code = install.code()
    given = await install.exchange(code=code)
    await install.exchange(grant_type="refresh_token", refresh_token=given["refresh_token"])
    logged = str(install.sandbox.web_api.log.calls)
    for secret in (code, install.grants.client_secret, given["access_token"], given["refresh_token"]):
        assert secret not in logged


async def test_the_page_asks_and_sends_back(install: Install) -> None:
    asked = {"client_id": install.grants.client_id, "scope": "chat:write,commands", "state": "s<1>"}
    async with httpx.AsyncClient(base_url=install.sandbox.address) as browser:
        page = await browser.get("/oauth/v2/authorize", params=asked)
        assert "asks to be installed" in page.text
        assert 'value="s&lt;1&gt;"' in page.text
        form = {"state": "s<1>", "scope": asked["scope"], "place": PARTNER, "answer": "allow"}
        back = await browser.post("/oauth/v2/authorize", data=form)
        declined = await browser.post("/oauth/v2/authorize", data=form | {"answer": "cancel"})
        strange = await browser.get("/oauth/v2/authorize", params=asked | {"client_id": "other"})
        unknown = await browser.get("/oauth/v2/authorize", params=asked | {"scope": "admin"})
        elsewhere = await browser.get("/oauth/v2/authorize", params=asked | {"redirect_uri": "http://else"})
    assert back.status_code == 302
    assert back.headers["location"].startswith(install.grants.redirect_url)
    given = parse_qs(urlsplit(back.headers["location"]).query)
    assert given["state"] == ["s<1>"]
    assert (await install.exchange(code=given["code"][0]))["team"]["id"] == PARTNER
    assert parse_qs(urlsplit(declined.headers["location"]).query)["error"] == ["access_denied"]
    assert [each.status_code for each in (strange, unknown, elsewhere)] == [400, 400, 400]


async def test_the_app_reads_a_file_with_a_token_that_works(install: Install) -> None:
    async with httpx.AsyncClient(base_url=install.sandbox.address) as browser:
        for token, status in (
            ("none", 403),
            ("made-up", 403),
            (install.grants.issue("T0MARLBROOK", "U", frozenset()).token, 404),
        ):
            answer = await browser.get("/files/F1/x", headers={"authorization": f"Bearer {token}"})
            assert answer.status_code == status
