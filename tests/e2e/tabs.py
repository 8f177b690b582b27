"""What people do again and again in their browser tabs, whichever of the three jobs they are at."""

from tests.tab import Tab


async def close_modal(tab: Tab) -> None:
    """Close the modal and all that it stands on."""
    await tab.press("Close dialog")
    await tab.sees_no_modal()


async def open_app(tab: Tab, part: str) -> None:
    """Go to the app and there to its `Home` or `Messages`, in a narrow window by the menu."""
    menu = tab.page.get_by_role("button", name="Menu", exact=True)
    if await menu.is_visible():
        await menu.click()
    await tab.page.get_by_role("link", name="Common Ground Home").click()
    await tab.page.get_by_role("link", name=part, exact=True).click()
