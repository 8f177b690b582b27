"""The app installed by its link, from nothing to a command that works, and every way in which that ends."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from sandbox.grants import ORGANISATION_ID
from sandbox.harness import Harness, running_harness
from sandbox.running import Options

ORLA, SHARED = "U0ORLAFINCH", "C0PARTNERSH"
HOME = "T0MARLBROOK"
COOKIE = "commonground-install"
NOT_INSTALLED = "Common Ground is not installed in this workspace"


@pytest.fixture
def token_seconds() -> int | None:
    return None


@pytest.fixture
async def harness(database_url: str, token_seconds: int | None) -> AsyncIterator[Harness]:
    """The sandbox with the bot that waits to be installed."""
    options = Options(is_http=True, is_by_link=True, token_seconds=token_seconds)
    async with running_harness(database_url, options=options) as running:
        yield running


async def install(
    harness: Harness, *, place_id: str = HOME, answer: str = "allow", optional: bool = True
) -> str:
    """Open the link, press a button on Slack's page, and return the last page."""
    async with httpx.AsyncClient() as browser:
        to_slack = await browser.get(harness.sandbox.install_link)
        asked = {
            name: values[0] for name, values in parse_qs(urlsplit(to_slack.headers["location"]).query).items()
        }
        page = await browser.get(to_slack.headers["location"])
        assert "Common Ground asks to be installed" in page.text
        assert 'value="canvases:write" checked' in page.text
        form: dict[str, str | list[str]] = {
            "state": asked["state"],
            "scope": asked["scope"],
            "place": place_id,
            "answer": answer,
            "optional": ["canvases:write"] if optional else [],
        }
        back = await browser.post(f"{harness.sandbox.address}/oauth/v2/authorize", data=form)
        # A secure cookie is kept for https, which the sandbox does without.
        secret = to_slack.headers["set-cookie"].partition(f"{COOKIE}=")[2].partition(";")[0]
        last = await browser.get(back.headers["location"], headers={"cookie": f"{COOKIE}={secret}"})
        return last.text


async def typed(harness: Harness) -> str:
    """What Orla sees when she types /commonground."""
    before = len(harness.visible_messages(ORLA, SHARED))
    await harness.acts.run_command(ORLA, SHARED, "/commonground")
    return "\n".join(message.text for message in harness.visible_messages(ORLA, SHARED)[before:])


def contents_of(folder: Path) -> list[bytes]:
    found = [file.read_bytes() for file in folder.glob("commonground.db*")]
    assert found
    return found


async def test_from_the_link_to_a_command_that_works(harness: Harness, tmp_path: Path) -> None:
    assert NOT_INSTALLED in await typed(harness)
    page = await install(harness)
    assert "Common Ground is installed" in page
    assert "left out" not in page
    assert "/strategies" in await typed(harness)
    token = harness.workspace.bot_token
    assert token not in harness.bot_log
    with closing(sqlite3.connect(tmp_path / "commonground.db")) as connection:
        kept = str(connection.execute("SELECT * FROM installations").fetchall())
    assert HOME in kept
    assert "xoxb" not in kept
    assert not any(token.encode() in content for content in contents_of(tmp_path))


async def test_somebody_who_cancels_or_leaves_a_scope_out_is_told(harness: Harness) -> None:
    assert "Nothing was installed" in await install(harness, answer="cancel")
    assert NOT_INSTALLED in await typed(harness)
    assert "You left out canvases:write" in await install(harness, optional=False)
    assert "/strategies" in await typed(harness)


async def test_removed_revoked_and_installed_again(harness: Harness) -> None:
    await install(harness)
    for end in (harness.workspace.grants.uninstall, harness.workspace.grants.revoke):
        assert "/strategies" in await typed(harness)
        end(HOME)
        await harness.sandbox.told_of_removals()
        assert NOT_INSTALLED in await typed(harness)
        await install(harness)
    assert "/strategies" in await typed(harness)


async def test_an_organisation_installs_it_for_all(harness: Harness) -> None:
    assert "An admin of the organisation now adds it" in await install(harness, place_id=ORGANISATION_ID)
    assert "/strategies" in await typed(harness)
    await harness.acts.open_home(ORLA)
    await harness.until(lambda: ORLA in harness.workspace.homes, "App Home")
    harness.workspace.grants.uninstall(ORGANISATION_ID)
    await harness.sandbox.told_of_removals()
    assert NOT_INSTALLED in await typed(harness)


@pytest.mark.parametrize("token_seconds", [62])
async def test_tokens_that_end_are_replaced_before_they_do(harness: Harness) -> None:
    await install(harness)
    first = harness.workspace.bot_token
    await asyncio.sleep(2.5)  # a minute before their end nobody uses tokens any more
    await harness.acts.open_home(ORLA)
    await harness.until(lambda: ORLA in harness.workspace.homes, "App Home")
    assert harness.workspace.bot_token != first
    refreshed = [call for call in harness.web_api.log.of("oauth.v2.access") if "grant_type" in call.params]
    assert len(refreshed) == 1


async def test_a_bot_that_is_restarted_knows_where_it_is_installed(harness: Harness) -> None:
    await install(harness)
    await harness.kill_bot()
    await harness.start_bot()
    assert "/strategies" in await typed(harness)
    harness.web_api.log.calls.clear()
    assert "/strategies" in await typed(harness)
    assert [call.method for call in harness.web_api.log.calls if call.method == "auth.test"] == []
