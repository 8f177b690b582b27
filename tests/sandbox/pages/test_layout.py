"""The page as a whole: narrow windows, landmarks, and the app's process."""

import sys
from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import expect

from sandbox.harness import Harness, running_harness
from sandbox.running import Options
from tests.browser import NARROW, PageAs, fresh_nicegui, pages_of
from tests.sandbox.conftest import MANIFEST, ORLA, SHARED
from tests.sandbox.pages.blocks import OPTIONS, actions, button, plain
from tests.sandbox.tiny_bot import TinyBot

pytestmark = pytest.mark.browser


async def test_a_narrow_window_has_a_drawer_and_a_thread_of_full_width(bot: TinyBot, page_as: PageAs) -> None:
    orla = await page_as(ORLA, SHARED, size=NARROW)
    sidebar = orla.page.get_by_role("navigation", name="Workspace")
    await expect(sidebar).to_have_count(0)
    await orla.press("Menu")
    await expect(sidebar).to_be_visible()
    await orla.page.keyboard.press("Escape")
    await expect(sidebar).to_have_count(0)
    await orla.press("Menu")
    await orla.page.get_by_role("link", name="team-room").click()
    await expect(orla.page.get_by_role("heading", name="# team-room")).to_be_visible()
    await expect(sidebar).to_have_count(0)
    await orla.message("breakfast club").hover()
    await orla.press("Reply in thread", within=orla.message("breakfast club"))
    box = await orla.thread.bounding_box()
    assert box is not None
    assert box["width"] == NARROW[0]


async def test_nothing_is_wider_than_a_narrow_window(bot: TinyBot, page_as: PageAs) -> None:
    long = "unbreakable" * 30
    wide = actions(*(button(f"A rather long button label {number}", f"b{number}") for number in range(6)))
    rows = [[{"type": "raw_text", "text": f"Column {number} {long[:40]}"} for number in range(8)]]
    blocks: list[dict[str, Any]] = [
        {"type": "header", "text": plain(long[:150])},
        {"type": "section", "text": plain(long), "fields": [plain(long), plain(long)]},
        {"type": "section", "text": plain(long), "accessory": button(long[:75], "long")},
        {"type": "context", "elements": [plain(long)]},
        {"type": "table", "rows": rows},
        actions({"type": "static_select", "action_id": "s", "options": OPTIONS}, block_id="select"),
        wide,
    ]
    await bot.client.chat_postMessage(channel=SHARED, text=long, blocks=blocks)
    orla = await page_as(ORLA, SHARED, size=NARROW)
    await orla.sees("A rather long button label 5")
    widths = await orla.page.evaluate(
        "[...document.querySelectorAll('.scroller, .messages, .message, .bk')].map((e) => e.scrollWidth)"
    )
    assert max(widths) <= NARROW[0]
    assert await orla.page.evaluate("document.documentElement.scrollWidth") <= NARROW[0]


async def test_the_page_has_one_of_each_landmark_and_no_field_without_a_name(
    bot: TinyBot, page_as: PageAs
) -> None:
    orla = await page_as(ORLA, SHARED)
    await expect(orla.page.get_by_role("main")).to_have_count(1)
    await expect(orla.page.get_by_role("navigation", name="Workspace")).to_have_count(1)
    await expect(orla.page.get_by_role("heading", level=1)).to_have_count(1)
    for role in ("button", "link", "textbox", "combobox"):
        for element in await orla.page.get_by_role(role).all():
            await expect(element).not_to_have_accessible_name("")


@pytest.fixture
async def harness(request: pytest.FixtureRequest) -> AsyncIterator[Harness]:
    """The pages, with the app as a child process where a test has it."""
    command = [sys.executable, "-m", "tests.sandbox.tiny_bot"]
    options = Options(manifest=MANIFEST, bot_command=command)
    with fresh_nicegui():
        async with running_harness("", with_bot=False, options=options, prepare=pages_of) as running:
            yield running


async def test_the_app_is_started_killed_and_stopped_from_the_page(harness: Harness, page_as: PageAs) -> None:
    orla = await page_as(ORLA, SHARED)
    await orla.sees("Bot stopped")
    await expect(orla.page.get_by_role("button", name="Kill bot")).to_be_disabled()
    await orla.press("Start bot")
    await orla.sees("Bot running")
    await orla.say("/tiny")
    await orla.sees("I am process")
    await orla.press("Kill bot")
    await orla.sees("Bot killed")
    await orla.press("Start bot")
    await orla.sees("Bot running")
    await orla.press("Stop bot")
    await orla.sees("Bot stopped")


async def test_an_app_that_does_not_start_shows_the_end_of_its_log(
    harness: Harness, page_as: PageAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = [sys.executable, "-c", "print('SLACK_SIGNING_SECRET is missing.'); raise SystemExit(1)"]
    monkeypatch.setattr(harness.sandbox.bot, "_command", broken)
    orla = await page_as(ORLA, SHARED)
    await orla.press("Start bot")
    await orla.sees("SLACK_SIGNING_SECRET is missing.")
    await orla.sees("Bot stopped")
