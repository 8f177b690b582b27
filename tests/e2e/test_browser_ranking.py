"""The ranking task in the browser: five people, each at a tab, one of them a partner on a narrow screen."""

import asyncio
from collections.abc import Awaitable

import pytest
from playwright.async_api import expect

from sandbox.harness import Harness
from tests.browser import NARROW, PageAs
from tests.e2e.ranking import CHANNEL, DEV, MAEVE, ORLA, RUTH, ZOFIA
from tests.e2e.ranking_tabs import TITLES, board_says, consent, drop, go_on, mark, order, start_ranking
from tests.e2e.tabs import close_modal
from tests.tab import Tab

pytestmark = pytest.mark.browser

NAMES = ("Orla Finch", "Dev Singha", "Maeve Holt", "Ruth Pellow", "Zofia Liski")
DROPPED = TITLES[6]
KEPT = [title for title in TITLES if title != DROPPED]


async def test_five_people_settle_on_five_statements(harness: Harness, page_as: PageAs) -> None:
    tabs = [await page_as(person, CHANNEL) for person in (ORLA, DEV, MAEVE, RUTH)]
    tabs.append(await page_as(ZOFIA, CHANNEL, size=NARROW))
    await read(tabs)
    await drop_one(tabs)
    await order_the_rest(tabs)
    await choose_five(tabs)


async def everybody(*acts: Awaitable[None]) -> None:
    """All at once, as people are."""
    await asyncio.gather(*acts)


async def read(tabs: list[Tab]) -> None:
    """Orla starts; all see the statements, the partner in full by a button."""
    orla, zofia = tabs[0], tabs[-1]
    await start_ranking(orla, NAMES)
    await board_says(zofia, "Step 1 of 6")
    await zofia.press("Read the statements")
    await zofia.sees("A single procedure or routine changes", within=zofia.dialog)
    await close_modal(zofia)
    await go_on(orla, "Go on")
    await close_modal(orla)


async def drop_one(tabs: list[Tab]) -> None:
    """Name one, block the first proposal, accept the second."""
    orla, zofia = tabs[0], tabs[-1]
    named = [TITLES[2], TITLES[2], DROPPED, TITLES[2], DROPPED]
    await everybody(*(drop(tab, title) for tab, title in zip(tabs, named, strict=True)))
    await board_says(orla, "5 of 5 have answered")
    await board_says(orla, "Nobody sees an answer before the step ends.")
    await go_on(orla, "End step")
    await orla.sees(f"3 of 5 named: {TITLES[2]}", within=orla.dialog)
    await go_on(orla, "Propose")
    await orla.sees_modal("Make a proposal")
    await orla.press("Ask for consent")
    await orla.sees_no_modal()

    await zofia.press("Give my answer")
    await zofia.choose("Where do you stand?", "I block it")
    await zofia.press("Send")
    await zofia.sees_error("Why?", "Say why you block it")
    await zofia.fill("Why?", "Our name is how families find us")
    await zofia.press("Send")
    await zofia.sees_no_modal()
    await everybody(*(consent(tab, "I support it") for tab in tabs[:4]))
    await board_says(orla, "5 of 5 have answered")
    await go_on(orla, "End step")
    await board_says(zofia, "Not accepted: nothing is decided over a block.")
    await board_says(zofia, "Our name is how families find us")

    await go_on(orla, "Propose")
    await orla.sees_modal("Make a proposal")
    await orla.choose("The statement to drop", DROPPED)
    await orla.press("Ask for consent")
    await orla.sees_no_modal()
    await everybody(*(consent(tab, "I can live with it") for tab in tabs))
    await board_says(orla, "5 of 5 have answered")
    await go_on(orla, "End step")
    await orla.sees("Accepted: enough people answered", within=orla.dialog)
    await go_on(orla, "Go on")
    await close_modal(orla)


async def order_the_rest(tabs: list[Tab]) -> None:
    """Everybody orders nine; Ruth thinks better of it, and Maeve compares."""
    orla, _dev, maeve, ruth, _zofia = tabs
    orders = [KEPT, KEPT, KEPT[::-1], KEPT, [*KEPT[1:], KEPT[0]]]
    await everybody(*(order(tab, titles) for tab, titles in zip(tabs, orders, strict=True)))
    await ruth.press("Put them in order")
    await ruth.press(f"Up to 1: {KEPT[1]}")
    await expect(ruth.dialog.get_by_text(f"1. {KEPT[1]}")).to_be_visible()
    await close_modal(ruth)
    await board_says(orla, "5 of 5 have answered")
    await go_on(orla, "End step")
    await close_modal(orla)
    await board_says(maeve, "Step 4 of 6")
    await board_says(maeve, "Kendall's W")
    await maeve.press("Compare")
    await maeve.sees_modal("Compare")
    await maeve.sees("you put it at 9", within=maeve.dialog)
    await close_modal(maeve)


async def choose_five(tabs: list[Tab]) -> None:
    """Mark five, propose them as the group ordered them, accept them; all see the outcome."""
    orla, zofia = tabs[0], tabs[-1]
    await go_on(orla, "Go on")
    await close_modal(orla)
    await everybody(*(mark(tab, KEPT[:5]) for tab in tabs))
    await board_says(orla, "5 of 5 have answered")
    await go_on(orla, "End step")
    await orla.sees("Everybody marked 5 of them", within=orla.dialog)
    await go_on(orla, "Propose")
    await orla.sees_modal("Make a proposal")
    await orla.press("Ask for consent")
    await orla.sees_no_modal()
    await everybody(*(consent(tab, "I support it") for tab in tabs))
    await board_says(orla, "5 of 5 have answered")
    await go_on(orla, "End step")
    await go_on(orla, "Record the outcome")
    await close_modal(orla)
    outcome = zofia.message("Decided: ")
    await zofia.sees("The group accepts these as what matters most, in this order:", within=outcome)
    await zofia.sees("5 support it.", within=outcome)
    for place, title in enumerate([KEPT[1], KEPT[0], *KEPT[2:5]], start=1):
        await zofia.sees(f"{place}. {title}", within=outcome)
