"""The app is killed from the page while people answer, and started again."""

import pytest
from playwright.async_api import expect

from sandbox.harness import Harness
from tests.browser import NARROW, PageAs
from tests.e2e.ranking import CHANNEL, ORLA, ZOFIA
from tests.e2e.ranking_tabs import TITLES, board_says, go_on, rather_not_say, start_ranking
from tests.e2e.tabs import close_modal

pytestmark = pytest.mark.browser


async def test_a_press_that_met_a_killed_bot_says_so_and_works_after_the_start(
    harness: Harness, page_as: PageAs
) -> None:
    orla, zofia = await page_as(ORLA, CHANNEL), await page_as(ZOFIA, CHANNEL, size=NARROW)
    await start_ranking(orla, ["Orla Finch", "Zofia Liski"])
    await go_on(orla, "Go on")
    await close_modal(orla)
    await zofia.press("Name one to drop")
    await rather_not_say(zofia)
    await zofia.press(f"Drop this: {TITLES[2]}")
    await zofia.sees("1 of 1 chosen.", within=zofia.dialog)

    await orla.press("Kill bot")
    await orla.sees("Bot killed")
    await zofia.press("Drop this")
    trouble = zofia.dialog.get_by_role("alert")
    await expect(trouble).to_have_text("We had some trouble connecting. Try again?")
    await expect(trouble).to_be_in_viewport(ratio=1)
    await zofia.sees(f"Your choice: {TITLES[2]}", within=zofia.dialog)
    await orla.say("/rank")
    await orla.sees("/rank failed")

    await orla.press("Start bot")
    await orla.sees("Bot running")
    await board_says(orla, "1 of 2 have answered")
    await zofia.press(f"Drop this: {TITLES[6]}")
    await zofia.sees(f"Your choice: {TITLES[6]}", within=zofia.dialog)
    await expect(trouble).to_be_hidden()
    await close_modal(zofia)
    await orla.press("Name one to drop")
    await orla.press(f"Drop this: {TITLES[6]}")
    await orla.sees("Your answer counts.", within=orla.dialog)
    await close_modal(orla)
    await board_says(orla, "2 of 2 have answered")
    await go_on(orla, "End step")
    await orla.sees(f"2 of 2 named: {TITLES[6]}", within=orla.dialog)
