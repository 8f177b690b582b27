"""In the browser: an admin decides and accounts for it; a member has a copy sent, and is erased."""

import pytest

from sandbox.harness import Harness
from tests.browser import NARROW, PageAs
from tests.e2e.ranking import CHANNEL, ORLA
from tests.e2e.tabs import close_modal, open_app
from tests.tab import Tab

pytestmark = pytest.mark.browser

COLIN = "U0COLINWARD"


async def test_an_admin_decides_how_long_things_are_kept_and_finds_it_in_the_log(
    harness: Harness, page_as: PageAs
) -> None:
    orla = await page_as(ORLA, CHANNEL)
    await orla.say("/commonground")
    await orla.press("Settings")
    await orla.sees_modal("Settings")
    await orla.fill("Drafts of case studies, in days", "90")
    await orla.press("Save")
    await orla.sees("The settings are saved.")
    await close_modal(orla)
    await orla.press("Settings")
    await orla.press("Audit log", within=orla.dialog)
    await orla.sees("changed how long things are kept")
    await orla.sees("Drafts of case studies: 90 days")


async def test_a_member_has_a_copy_and_is_erased(harness: Harness, page_as: PageAs) -> None:
    colin = await page_as(COLIN, home=True, size=NARROW)
    await colin.press("My data")
    await colin.sees_modal("My data")
    await colin.press("Send me a copy")
    await colin.sees("Your copy is on its way to you")
    await close_modal(colin)
    await type_word(colin, "please")
    await colin.sees("Type the word ERASE in capital letters")
    await colin.fill("Type ERASE to have it done", "ERASE")
    await colin.press("Erase me", within=colin.dialog)
    await colin.sees("It has begun")
    await close_modal(colin)
    await open_app(colin, "Messages")
    await colin.sees("This is what Common Ground keeps about you in this workspace.")
    await colin.sees("It is done: Common Ground keeps nothing about you")


async def type_word(tab: Tab, word: str) -> None:
    await tab.press("My data")
    await tab.press("Erase me")
    await tab.sees_modal("Erase me")
    await tab.fill("Type ERASE to have it done", word)
    await tab.press("Erase me", within=tab.dialog)
