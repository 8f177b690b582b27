"""People at their browsers: the sandbox's pages in a real Chromium.

A test package that wants them has a fixture `harness` whose sandbox was made with `prepare=pages_of` inside
`fresh_nicegui()`, and imports the fixtures `chromium`, `browser` and `page_as` from here. Elements are found
by the words that people see or hear; Playwright waits by itself until they are there.
"""

import contextlib
import logging
import shutil
import subprocess
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

import pytest
from nicegui import Client
from nicegui.testing.general import nicegui_reset_globals
from playwright.async_api import Browser, async_playwright, expect
from playwright.sync_api import sync_playwright

from sandbox import pages
from sandbox.harness import Harness
from sandbox.running import RunningSandbox
from tests.tab import PATIENCE_MILLISECONDS, Tab

WIDE = (1280, 800)
NARROW = (390, 844)

_log = logging.getLogger(__name__)

_ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-proxy-server",
    "--remote-debugging-port=0",
)


def pages_of(sandbox: RunningSandbox) -> None:
    """Mount the pages on a sandbox that has not been started."""
    pages.mount(sandbox.app, sandbox.workspace, sandbox.acts, sandbox.bot)


@contextlib.contextmanager
def fresh_nicegui() -> Iterator[None]:
    """NiceGUI keeps one application a process; this empties it round each sandbox with pages."""
    with nicegui_reset_globals():
        try:
            yield
        finally:
            # What is left here, NiceGUI would unload as a module that has to be imported again.
            Client.page_routes.clear()


def chromium_path() -> str:
    """The machine's own Chromium or Chrome, else the one that Playwright has installed."""
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        if found := shutil.which(name):
            return found
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One Chromium for each worker; the address at which Playwright reaches it."""
    profile = tmp_path_factory.mktemp("chromium")
    port_file = profile / "DevToolsActivePort"
    with (profile / "log.txt").open("wb") as log:
        command = [chromium_path(), *_ARGUMENTS, f"--user-data-dir={profile}", "about:blank"]
        process = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            while not port_file.exists() or "\n" not in port_file.read_text():
                if process.poll() is not None:
                    pytest.fail(f"Chromium ended at once: {(profile / 'log.txt').read_text()}")
                time.sleep(0.02)
            yield f"http://127.0.0.1:{port_file.read_text().splitlines()[0]}"
        finally:
            process.terminate()
            process.wait()


@pytest.fixture
async def browser(chromium: str) -> AsyncIterator[Browser]:
    """The worker's Chromium, its windows closed after each test."""
    async with async_playwright() as playwright:
        connected = await playwright.chromium.connect_over_cdp(chromium, no_defaults=True)
        yield connected
        for context in connected.contexts:
            await context.close()


PageAs = Callable[..., Awaitable[Tab]]


@pytest.fixture
async def page_as(
    harness: Harness, browser: Browser, request: pytest.FixtureRequest
) -> AsyncIterator[PageAs]:
    """`await page_as(person, channel)` opens a tab of one's own as that person; see `open_tab`.

    After the test it fails when any tab asked something of another machine or met an error of its own. After
    one that failed it logs what each person had before them, and the bot's log.
    """
    tabs: list[Tab] = []
    failed_before = request.session.testsfailed

    async def open_page(
        person: str,
        channel: str | None = None,
        *,
        home: bool = False,
        thread: str | None = None,
        size: tuple[int, int] = WIDE,
    ) -> Tab:
        tab = await open_tab(browser, harness.sandbox.address, size)
        tabs.append(tab)
        await tab.go(person, channel, home=home, thread=thread)
        return tab

    yield open_page
    if request.session.testsfailed > failed_before:
        for tab in tabs:
            words = await tab.page.locator("body").inner_text()
            _log.error("%s\n%s", tab.page.url, words)
        _log.error(harness.bot_log)
    assert [url for tab in tabs for url in tab.requests_elsewhere] == []
    assert [words for tab in tabs for words in tab.faults] == []


async def open_tab(browser: Browser, address: str, size: tuple[int, int] = WIDE) -> Tab:
    """A tab with storage of its own, of a size in pixels."""
    context = await browser.new_context(
        viewport={"width": size[0], "height": size[1]}, locale="en-GB", timezone_id="Europe/London"
    )
    context.set_default_timeout(PATIENCE_MILLISECONDS)
    expect.set_options(timeout=PATIENCE_MILLISECONDS)
    return Tab(await context.new_page(), address)
