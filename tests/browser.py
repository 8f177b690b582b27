"""People at their browsers: the sandbox's pages in a real Chromium.

A test package that wants them has a fixture `harness` whose sandbox was made with `prepare=pages_of` inside
`fresh_nicegui()`, and imports the fixtures `chromium`, `browser` and `page_as` from here. Elements are found
by the words that people see or hear; Playwright waits by itself until they are there.
"""

import contextlib
import re
import shutil
import subprocess
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from nicegui import Client
from nicegui.testing.general import nicegui_reset_globals
from playwright.async_api import Browser, ConsoleMessage, Locator, Page, Request, async_playwright, expect
from playwright.sync_api import sync_playwright

from sandbox import pages
from sandbox.harness import Harness
from sandbox.running import RunningSandbox

WIDE = (1280, 800)
NARROW = (390, 844)
PATIENCE_MILLISECONDS = 15_000

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


PageAs = Callable[..., Awaitable["Tab"]]


@pytest.fixture
async def page_as(harness: Harness, browser: Browser) -> AsyncIterator[PageAs]:
    """`await page_as(person, channel)` opens a tab of one's own as that person; see `open_tab`.

    After the test it fails when any tab asked something of another machine or met an error of its own.
    """
    tabs: list[Tab] = []

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
    assert [url for tab in tabs for url in tab.requests_elsewhere] == []
    assert [words for tab in tabs for words in tab.faults] == []


async def open_tab(browser: Browser, address: str, size: tuple[int, int] = WIDE) -> "Tab":
    """A tab with storage of its own, of a size in pixels."""
    context = await browser.new_context(
        viewport={"width": size[0], "height": size[1]}, locale="en-GB", timezone_id="Europe/London"
    )
    context.set_default_timeout(PATIENCE_MILLISECONDS)
    return Tab(await context.new_page(), address)


class Tab:
    """One person's browser tab, worked by the words on it.

    `page` is Playwright's own, for all that has no word here. Of several elements with the same words the
    last on the page is meant: of messages the newest, a thread before the channel, a modal before both.
    """

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.requests_elsewhere: list[str] = []
        self.faults: list[str] = []
        page.on("request", self._note_request)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", self._note_console)

    def _note_request(self, request: Request) -> None:
        if urlsplit(request.url).scheme not in ("data", "blob") and not request.url.startswith(self.address):
            self.requests_elsewhere.append(request.url)

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append(message.text)

    async def go(
        self, person: str, channel: str | None = None, *, home: bool = False, thread: str | None = None
    ) -> None:
        """Open a place by its address; `person` and `channel` are ids, `thread` a message's `ts`."""
        query = {"as": person, "channel": channel, "home": "1" if home else None, "thread": thread}
        await self.page.goto(
            f"{self.address}/?{urlencode({name: value for name, value in query.items() if value})}"
        )
        await expect(self.page.get_by_role("main")).to_be_visible()

    # Where things are

    @property
    def dialog(self) -> Locator:
        """The modal, or the question that stands before it."""
        return self.page.get_by_role("dialog").last

    @property
    def thread(self) -> Locator:
        """The thread that is open beside the channel."""
        return self.page.get_by_role("complementary", name="Thread")

    def message(self, text: str) -> Locator:
        """The newest message in the middle that contains these words."""
        return self.page.get_by_role("main").get_by_role("article").filter(has_text=text).last

    # What people do

    async def say(self, text: str) -> None:
        """Write a message or a slash command and press Enter; in the thread when one is open."""
        place = self.thread if await self.thread.count() else self.page.get_by_role("main")
        field = place.get_by_role("textbox", name=re.compile("^(Message|Reply)"))
        await field.fill(text)
        await field.press("Enter")

    async def press(self, label: str, *, within: Locator | None = None, nth: int = -1) -> None:
        """Press the button with exactly these words, the newest one when there are several."""
        await (within or self.page).get_by_role("button", name=label, exact=True).nth(nth).click()

    async def fill(self, label: str, text: str) -> None:
        """Type into the field with this label, in place of what is there."""
        await self._field(label).fill(text)

    async def choose(self, label: str, *options: str) -> None:
        """Choose by the words of options: in a select, among radio buttons, or checkboxes to tick."""
        scope = self.page.locator("body")
        select = scope.locator("select").and_(scope.get_by_label(label))
        group = scope.get_by_role("group", name=label).or_(scope.get_by_role("radiogroup", name=label))
        await expect(select.or_(group).first).to_be_visible()
        if await select.count():
            await select.first.select_option(label=options[0])
            return
        for option in options:
            await group.get_by_label(option).check()

    async def pick(self, label: str, typed: str, option: str) -> None:
        """Type into a type-ahead field and take an option by its words."""
        field = self._field(label)
        await field.click()
        await field.fill(typed)
        picker = self.page.locator(".picker").filter(has=field)
        await picker.get_by_role("option").filter(has_text=option).first.click()
        await expect(picker.locator(".chip").filter(has_text=option)).to_be_visible()

    async def pick_from_menu(self, menu: str, item: str, *, within: Locator | None = None) -> None:
        """Open a menu button and take one of its lines."""
        await (within or self.page).get_by_role("button", name=menu, exact=True).last.click()
        await self.page.get_by_role("menuitem", name=item).locator("visible=true").click()

    async def attach(self, label: str, *files: Path) -> None:
        """Give files to a file input."""
        group = self.page.get_by_role("group", name=label)
        await group.locator("input[type=file]").set_input_files(list(files))

    async def download(self, name: str) -> Path:
        """Press the newest file with this name or title, and return where it was saved."""
        async with self.page.expect_download() as waiting:
            await self.page.locator("a.file").filter(has_text=name).last.click()
        return Path(await (await waiting.value).path())

    def _field(self, label: str) -> Locator:
        starts = re.compile(f"^{re.escape(label)}( ?\\(optional\\))?$")
        return self.page.get_by_label(starts).and_(self.page.locator("input, textarea, select")).last

    # What people see

    async def sees(self, text: str, *, within: Locator | None = None) -> None:
        """Wait until these words are in sight."""
        place = within or self.page.locator("body")
        await expect(place.get_by_text(text).locator("visible=true").last).to_be_visible()

    async def sees_no(self, text: str, *, within: Locator | None = None) -> None:
        """Wait until these words are nowhere in sight."""
        place = within or self.page.locator("body")
        await expect(place.get_by_text(text).locator("visible=true")).to_have_count(0)

    async def sees_error(self, label: str, text: str) -> None:
        """Wait until the field with this label is marked with these words."""
        field = self._field(label)
        await expect(field).to_have_attribute("aria-invalid", "true")
        await expect(field).to_have_accessible_description(re.compile(re.escape(text)))

    async def sees_modal(self, title: str) -> None:
        """Wait until the modal with this title is open."""
        await expect(self.page.get_by_role("dialog", name=title)).to_be_visible()

    async def sees_no_modal(self) -> None:
        """Wait until no dialog is open."""
        await expect(self.page.get_by_role("dialog")).to_have_count(0)
