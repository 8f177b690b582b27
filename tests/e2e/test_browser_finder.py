"""The form that finds, in the browser: typed and picked, on a wide and on a narrow window."""

import pytest
from playwright.async_api import expect

from sandbox.harness import Harness
from tests.browser import NARROW, WIDE, PageAs
from tests.e2e.ranking import CHANNEL, DEV, ORLA
from tests.e2e.tabs import close_modal, open_app

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
async def test_found_saved_and_shared_in_a_thread_from_a_messages_menu(
    harness: Harness, page_as: PageAs, size: tuple[int, int]
) -> None:
    orla = await page_as(ORLA, CHANNEL, size=size)
    await orla.say("We do not trust each other yet")
    await orla.pick_from_menu("Shortcuts", "Find strategies")
    await orla.sees_modal("Find strategies")
    await orla.pick("Or pick a strategy", "admit what you", "Share what you know and admit what you do not")
    await orla.sees("Id: trust-2", within=orla.dialog)
    await orla.press("Save: Share what you know and admit what you do not")
    await orla.sees("Saved. All that you saved", within=orla.dialog)
    await orla.fill("What are you looking for?", "people keep leaving")
    await orla.press("Find")
    await orla.sees("What may help with “people keep leaving”", within=orla.dialog)
    await expect(orla.dialog.locator(".chip")).to_have_count(0)
    await orla.fill("What are you looking for?", "how do I bake sourdough bread")
    await orla.press("Find")
    await orla.sees("I found no strategy that fits", within=orla.dialog)
    await close_modal(orla)

    dev = await page_as(DEV, CHANNEL, size=size)
    message = dev.message("We do not trust each other yet")
    await message.hover()
    await dev.pick_from_menu("More actions for this message", "Find strategies for this", within=message)
    await dev.sees("What may help with “We do not trust each other yet”", within=dev.dialog)
    await dev.press("Show", within=dev.dialog, nth=0)
    await dev.press("Share with a note", within=dev.dialog)
    await dev.fill("Your note", "worth a try")
    await dev.press("Share", within=dev.dialog)
    await dev.sees_modal("Shared")
    await orla.press("1 reply", within=orla.message("We do not trust each other yet"))
    await orla.sees("“worth a try”", within=orla.thread)

    await orla.go(ORLA, CHANNEL)
    await open_app(orla, "Home")
    await orla.sees("Saved strategies")
    await orla.press("Remove Share what you know and admit what you do not")
    await orla.sees_no("Saved strategies")
