"""A tab worked without a mouse, in a window as wide as a telephone."""

from playwright.async_api import expect

from tests.tab import PATIENCE_MILLISECONDS, Tab

MOST_STEPS = 400
NAME_OF_FOCUS = """() => {
    const seen = document.activeElement;
    const label = seen.labels && seen.labels.length ? seen.labels[0].innerText : seen.innerText;
    return (seen.getAttribute('aria-label') || label || '').trim();
}"""


async def go_to(tab: Tab, name: str) -> None:
    """Press Tab until what has this name, seen or read out, has the focus."""
    passed = []
    for _ in range(MOST_STEPS):
        await tab.page.keyboard.press("Tab")
        passed.append(await tab.page.evaluate(NAME_OF_FOCUS))
        if passed[-1] == name:
            return
    raise AssertionError(f"Tab never came to {name!r}, but to {sorted(set(passed))}")


async def press(tab: Tab, name: str) -> None:
    """Go to a button, press Enter, and wait until the app has answered."""
    await go_to(tab, name)
    await tab.page.keyboard.press("Enter")
    await expect(tab.page.locator(".blocks[aria-busy]")).to_have_count(0, timeout=PATIENCE_MILLISECONDS)


async def fits(tab: Tab) -> None:
    """Nothing has to be scrolled sideways."""
    assert await tab.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


async def close(tab: Tab) -> None:
    await tab.page.keyboard.press("Escape")
    await tab.sees_no_modal()
