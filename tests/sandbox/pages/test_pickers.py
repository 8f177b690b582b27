"""What selects and type-ahead fields offer in the browser."""

import pytest
from playwright.async_api import expect

from sandbox.harness import Harness
from tests.browser import PageAs
from tests.sandbox.conftest import ORLA, SHARED
from tests.sandbox.pages.blocks import field, modal
from tests.sandbox.pages.test_modals import open_modal, submitted
from tests.sandbox.tiny_bot import TinyBot
from tests.tab import Tab

pytestmark = pytest.mark.browser


@pytest.fixture
async def orla(bot: TinyBot, page_as: PageAs) -> Tab:
    return await page_as(ORLA, SHARED)


async def test_conversations_are_offered_after_the_filter(harness: Harness, orla: Tab, bot: TinyBot) -> None:
    harness.workspace.direct_message(ORLA)
    chooser = field(
        "Where",
        "where",
        "conversations_select",
        filter={"include": ["private", "im"], "exclude_bot_users": True},
        default_to_current_conversation=True,
    )
    several = field(
        "Others",
        "others",
        "multi_conversations_select",
        filter={"include": ["public"], "exclude_external_shared_channels": True},
    )
    await open_modal(orla, bot, modal("Share", chooser, several))
    select = orla.page.get_by_label("Where")
    await expect(select.locator("option")).to_have_text(
        ["Choose an option", "#early-help-panel", "#leads-only"]
    )
    await expect(select).to_have_value("")
    await orla.page.get_by_role("combobox", name="Others").click()
    offered = orla.page.get_by_role("listbox", name="Matches").get_by_role("option")
    await expect(offered).to_have_text(["#team-room", "#lunch-walks"])
    await orla.pick("Others", "lunch", "#lunch-walks")
    await orla.choose("Where", "#leads-only")
    await orla.press("Save")
    await orla.sees_no_modal()
    assert submitted(bot)["where"]["selected_conversation"] == "G0LEADERSHP"
    assert submitted(bot)["others"]["selected_conversations"] == ["C0LUNCHTIME"]
