"""The ranking task without a mouse: a partner at a window of 380 pixels, with Tab, arrows and Enter only."""

import pytest
from playwright.async_api import expect

from sandbox.harness import Harness
from tests.browser import PageAs
from tests.e2e.keyboard import close, fits, go_to, press
from tests.e2e.ranking import CHANNEL, ORLA, ZOFIA, consent, go_on, start_ranking, tap, until_board_says
from tests.e2e.ranking_tabs import TITLES, board_says

pytestmark = pytest.mark.browser

PHONE = (380, 760)
KEPT = [f"outcome-{number}" for number in range(1, 11) if number != 7]


async def test_the_whole_ballot_and_a_consent_are_given_by_keyboard(
    harness: Harness, page_as: PageAs
) -> None:
    await start_ranking(harness, (ORLA, ZOFIA))
    await go_on(harness, "Go on")
    zofia = await page_as(ZOFIA, CHANNEL, size=PHONE)
    await board_says(zofia, "Step 2 of 6")
    await press(zofia, "Name one to drop")
    await zofia.sees_modal("Your agency")
    await press(zofia, "Rather not say")
    await press(zofia, f"Drop this: {TITLES[6]}")
    await zofia.sees("Your answer counts.", within=zofia.dialog)
    await fits(zofia)
    await close(zofia)
    await tap(harness, ORLA, "Name one to drop", "Drop this", ["outcome-7"])
    await until_board_says(harness, "2 of 2 have answered")
    await go_on(harness, "End step")
    await harness.click(ORLA, "For the facilitator", CHANNEL)
    await harness.click(ORLA, "Propose")
    assert await harness.submit(ORLA) == {}
    await board_says(zofia, "Step 2b of 6")
    await press(zofia, "Give my answer")
    await zofia.sees_modal("Your answer")
    await go_to(zofia, "I support it")
    await zofia.page.keyboard.press("ArrowDown")
    await expect(zofia.dialog.get_by_label("I can live with it")).to_be_checked()
    await fits(zofia)
    await press(zofia, "Send")
    await zofia.sees_no_modal()
    assert await consent(harness, ORLA, "support") == {}
    await until_board_says(harness, "2 of 2 have answered")
    await go_on(harness, "End step", "Go on")
    await board_says(zofia, "Step 3 of 6")
    await press(zofia, "Put them in order")
    titles = [title for at, title in enumerate(TITLES) if at != 6]
    for place, title in enumerate(titles, start=1):
        await press(zofia, f"Add as number {place}: {title}")
    await zofia.sees("9 of 9 placed.", within=zofia.dialog)
    await press(zofia, f"Up to 1: {titles[1]}")
    await expect(zofia.dialog.get_by_text(f"1. {titles[1]}")).to_be_visible()
    await fits(zofia)
    await close(zofia)
    await tap(harness, ORLA, "Put them in order", "Add", KEPT)
    await until_board_says(harness, "2 of 2 have answered")
    await go_on(harness, "End step")

    await board_says(zofia, "Step 4 of 6")
    await press(zofia, "Compare")
    await zofia.sees_modal("Compare")
    await zofia.sees("You and the group", within=zofia.dialog)
    await fits(zofia)
