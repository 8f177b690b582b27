"""One person's browser tab, and the words to work it by."""

import re
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from playwright.async_api import ConsoleMessage, Locator, Page, Request, expect

PATIENCE_MILLISECONDS = 15_000


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

    def button(self, label: str, *, within: Locator | None = None) -> Locator:
        """All buttons with exactly these words, seen or read out."""
        buttons = (within or self.page.locator("body")).get_by_role("button")
        read_out = (within or self.page.locator("body")).get_by_role("button", name=label, exact=True)
        return buttons.filter(has_text=re.compile(f"^{re.escape(label)}$")).or_(read_out)

    # What people do

    async def say(self, text: str) -> None:
        """Write a message or a slash command and press Enter; in the thread when one is open."""
        place = self.thread if await self.thread.count() else self.page.get_by_role("main")
        field = place.get_by_role("textbox", name=re.compile("^(Message|Reply)"))
        await field.fill(text)
        await field.press("Enter")

    async def press(self, label: str, *, within: Locator | None = None, nth: int = -1) -> None:
        """Press the button with exactly these words, seen or read out; of several the last, or the `nth`.

        A button of the app has then been answered, and what the app changed first is on the page.
        """
        await self.button(label, within=within).nth(nth).click()
        await expect(self.page.locator(".blocks[aria-busy]")).to_have_count(0, timeout=PATIENCE_MILLISECONDS)

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
        await self.button(menu, within=within).last.click()
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
