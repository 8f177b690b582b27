"""Looking up in the browser: asked by one person, seen by another, pressed by a third from a partner."""

import pytest
from playwright.async_api import expect

from sandbox.harness import Harness
from tests.browser import NARROW, PageAs
from tests.e2e.ranking import CHANNEL, DEV, ORLA, ZOFIA
from tests.e2e.tabs import close_modal, open_app

pytestmark = pytest.mark.browser


async def test_an_answer_goes_from_one_person_to_the_channel_and_on_to_a_partner(
    harness: Harness, page_as: PageAs
) -> None:
    orla, dev = await page_as(ORLA, CHANNEL), await page_as(DEV, CHANNEL)
    zofia = await page_as(ZOFIA, CHANNEL, size=NARROW)
    await orla.say("/strategies people keep leaving")
    answer = orla.message("Only visible to you")
    await orla.sees("What may help with “people keep leaving”", within=answer)
    title = await answer.locator("strong").first.inner_text()
    await orla.press(f"Show {title}")
    await expect(answer.get_by_role("heading", name=title)).to_be_visible()
    await orla.sees("Source: ", within=answer)
    await orla.press("Related", within=answer)
    await orla.sees(f"Related to “{title}”", within=answer)
    await orla.press("Back", within=answer)
    await orla.press("Share here", within=answer)
    await orla.sees("Everybody in the channel can see it now.", within=answer)
    await expect(orla.button("Share here")).to_have_count(0)

    shared = dev.message("Orla Finch shared a strategy")
    await expect(shared.get_by_role("heading", name=title)).to_be_visible()
    await dev.sees_no("What may help with")
    await zofia.press("More like this", within=zofia.message("Orla Finch shared a strategy"))
    await zofia.sees(f"Related to “{title}”", within=zofia.message("Only visible to you"))
    await dev.sees_no("Related to “")


async def test_a_question_that_fits_nothing_is_told_so_and_shown_a_way_on(
    harness: Harness, page_as: PageAs
) -> None:
    orla = await page_as(ORLA, CHANNEL, size=NARROW)
    await orla.say("/strategies how do I bake sourdough bread")
    await orla.sees("I found no strategy that fits “how do I bake sourdough bread”.")
    await orla.press("Browse all themes")
    await expect(orla.page.get_by_role("heading", name="Working relationships")).to_be_visible()
    await orla.press("Show the theme Trust and respect")
    await expect(orla.page.get_by_role("heading", name="Trust and respect")).to_be_visible()


async def test_a_partner_asks_by_mention_and_by_direct_message(harness: Harness, page_as: PageAs) -> None:
    orla, zofia = await page_as(ORLA, CHANNEL), await page_as(ZOFIA, CHANNEL, size=NARROW)
    await zofia.say("@Common Ground we do not trust each other")
    await orla.press("1 reply", within=orla.message("we do not trust each other"))
    await orla.sees("What may help with “we do not trust each other”", within=orla.thread)

    await open_app(zofia, "Messages")
    await zofia.say("who leads when several agencies are involved")
    await zofia.sees("What may help with “who leads when several agencies are involved”")
    await zofia.press("Show")
    await zofia.press("Share in a channel", within=zofia.message("Only visible to you"))
    await zofia.sees_modal("Share in a channel")
    await zofia.choose("Channel", "#marlbrook-partnership")
    await zofia.press("Share")
    await zofia.sees_modal("Shared")
    await close_modal(zofia)
    await orla.sees("Zofia Liski shared a strategy")
