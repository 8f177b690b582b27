"""How people work through a ranking in their browser tabs: one function a thing they do."""

from collections.abc import Sequence

from playwright.async_api import expect

from knowledge.loader import load_library
from tests.e2e.tabs import close_modal
from tests.tab import Tab

TITLES = [statement.title for statement in load_library().tasks[0].statements]
"""The ten statements as people read them."""


async def start_ranking(orla: Tab, names: Sequence[str]) -> None:
    """Start the built-in task in the channel that is open, with the people of these names."""
    await orla.say("/rank")
    await rather_not_say(orla)
    await orla.sees_modal("Start a ranking")
    for name in names:
        await orla.pick("Who takes part", name.split()[0], name)
    await orla.press("Preview")
    await orla.sees_modal("Preview")
    await orla.press("Start")
    await orla.sees_no_modal()
    await board_says(orla, "Step 1 of 6")


async def rather_not_say(tab: Tab) -> None:
    """Leave the question which agency one answers for, where it is asked, unanswered."""
    await expect(tab.dialog).to_be_visible()
    if await tab.button("Rather not say").count():
        await tab.press("Rather not say")


async def board_says(tab: Tab, words: str) -> None:
    """Wait until the ranking's message in the channel says this."""
    await tab.sees(words, within=tab.message("Facilitator: "))


async def go_on(orla: Tab, label: str) -> None:
    """Open the facilitator's menu, press this and agree where it asks; the menu stays open."""
    if not await orla.dialog.is_visible():
        await orla.press("For the facilitator")
        await orla.sees_modal("For the facilitator")
    await orla.press(label, within=orla.dialog)
    if label == "End step":
        await orla.press("Yes, go on")


async def drop(tab: Tab, title: str) -> None:
    """Name one statement to drop."""
    await tab.press("Name one to drop")
    await rather_not_say(tab)
    await tab.press(f"Drop this: {title}")
    await tab.sees("Your answer counts.", within=tab.dialog)
    await close_modal(tab)


async def order(tab: Tab, titles: Sequence[str]) -> None:
    """Put the statements in this order, one tap each."""
    await tab.press("Put them in order")
    await rather_not_say(tab)
    for place, title in enumerate(titles, start=1):
        await tab.press(f"Add as number {place}: {title}")
    await tab.sees("Your answer counts.", within=tab.dialog)
    await close_modal(tab)


async def mark(tab: Tab, titles: Sequence[str]) -> None:
    """Mark the statements that matter most."""
    await tab.press("Mark five")
    await rather_not_say(tab)
    for marked, title in enumerate(titles, start=1):
        await tab.press(f"Mark: {title}")
        await tab.sees(f"{marked} of 5 chosen.", within=tab.dialog)
    await tab.sees("Your answer counts.", within=tab.dialog)
    await close_modal(tab)


async def consent(tab: Tab, position: str, reason: str = "") -> None:
    """Say where one stands on the proposal, with a reason where there is one."""
    await tab.press("Give my answer")
    await rather_not_say(tab)
    await tab.choose("Where do you stand?", position)
    if reason:
        await tab.fill("Why?", reason)
    await tab.press("Send")
    await tab.sees_no_modal()
