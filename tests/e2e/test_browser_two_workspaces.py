"""Both workspaces in two browsers side by side: who is where, and who a guest."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import expect

from sandbox.harness import Harness, running_harness
from tests.browser import NARROW, WIDE, PageAs, fresh_nicegui, pages_of
from tests.e2e.both_sides import BY_LINK, ORLA, PAT, SHARED, ZOFIA, install_both

pytestmark = pytest.mark.browser


@pytest.fixture
async def harness(database_url: str) -> AsyncIterator[Harness]:
    with fresh_nicegui():
        async with running_harness(database_url, options=BY_LINK, prepare=pages_of) as running:
            await install_both(running)
            yield running


async def test_each_page_is_of_its_workspace_and_marks_whoever_is_not(
    harness: Harness, page_as: PageAs
) -> None:
    await harness.acts.say(PAT, SHARED, "Good morning from the road")
    zofia, orla = await page_as(ZOFIA, SHARED), await page_as(ORLA, SHARED, size=WIDE)
    for tab, own, other in (
        (zofia, "Fernleigh Family Trust", "Marlbrook Together"),
        (orla, "Marlbrook Together", "Fernleigh Family Trust"),
    ):
        await expect(tab.page.locator(".workspace-name")).to_have_text(own)
        await expect(tab.message("Good morning").get_by_text("Guest", exact=True)).to_be_visible()
        words = "Fernleigh has the app" if tab is zofia else "Thank you. What we keep"
        await expect(tab.message(words).get_by_text(other, exact=True)).to_be_visible()
    pat = await page_as(PAT, SHARED, size=NARROW)
    await pat.press("Menu")
    await expect(pat.page.get_by_text("Guest of Marlbrook Together")).to_be_visible()
