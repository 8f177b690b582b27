"""A section of a case study written without a mouse: by a partner in a window of 390 pixels, as asked."""

import pytest

from sandbox.harness import Harness
from tests.browser import NARROW, PageAs
from tests.e2e.case_study import ask_colleague, begin, own_messages, until_modal_says, until_told, write
from tests.e2e.keyboard import fits, go_to, press
from tests.e2e.ranking import CHANNEL, ORLA, ZOFIA

pytestmark = pytest.mark.browser

TEXT = "To meet parents who never come."


async def test_what_is_asked_of_a_partner_is_written_and_finished_by_keyboard(
    harness: Harness, page_as: PageAs
) -> None:
    study = await begin(harness, ORLA, CHANNEL, "good-practice")
    await write(harness, ORLA, f"{study}|who", {"activity": "Saturday breakfast"})
    await until_modal_says(harness, ORLA, "Saturday breakfast")
    await ask_colleague(harness, ORLA, f"{study}|why", ZOFIA)

    zofia = await page_as(ZOFIA, own_messages(harness, ZOFIA), size=NARROW)
    await zofia.sees("asks you to write a section")
    await fits(zofia)
    await press(zofia, "Write the section")
    await zofia.sees_modal("Why")
    await fits(zofia)
    await go_to(zofia, "Aims of the activity (optional)")
    await zofia.page.keyboard.type(TEXT)
    await go_to(zofia, "Stay safe")
    await zofia.page.keyboard.press("Space")
    await press(zofia, "Save")
    await zofia.sees_no_modal()
    await press(zofia, "I have finished this section")
    await zofia.sees("You have finished this section.")
    await fits(zofia)

    await until_told(harness, ORLA, f"<@{ZOFIA}> has finished a section")
    await harness.click(ORLA, "Read it through")
    for words in (TEXT, "Stay safe"):
        await until_modal_says(harness, ORLA, words)
