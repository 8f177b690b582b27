"""The link in a real browser: from the address bar to Slack's page and back, and the page loaded again."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, expect

from sandbox.harness import Harness, running_harness
from sandbox.running import Options
from tests.browser import NARROW

pytestmark = pytest.mark.browser


@pytest.fixture
async def harness(database_url: str) -> AsyncIterator[Harness]:
    options = Options(is_http=True, is_by_link=True)
    async with running_harness(database_url, options=options) as running:
        yield running


async def test_somebody_installs_the_app_leaving_a_scope_out(harness: Harness, browser: Browser) -> None:
    page = await browser.new_page(viewport={"width": NARROW[0], "height": NARROW[1]})
    await page.goto(harness.sandbox.install_link)
    await page.get_by_label("canvases:write").uncheck()
    await page.get_by_role("button", name="Allow").click()
    await expect(page.get_by_role("heading", name="Common Ground is installed")).to_be_visible()
    await expect(page.get_by_text("You left out canvases:write")).to_be_visible()
    address = await page.get_by_role("link", name="Open Slack").get_attribute("href")
    assert address == (
        f"{harness.sandbox.address}/app_redirect?app={harness.workspace.app_id}&team={harness.workspace.home_team.id}"
    )
    width = await page.evaluate("document.documentElement.scrollWidth")
    assert width <= NARROW[0]
    await page.reload()
    await expect(page.get_by_text("it still is")).to_be_visible()
    await page.get_by_role("link", name="Start again").click()
    await expect(page.get_by_role("heading", name="Common Ground asks to be installed")).to_be_visible()
    await page.get_by_role("button", name="Cancel").click()
    await expect(page.get_by_role("heading", name="Nothing was installed")).to_be_visible()
    assert harness.workspace.bot_token
