"""What selects and type-ahead fields offer in the browser."""

from typing import Any

import pytest
from playwright.async_api import expect

from sandbox.harness import Harness
from tests.browser import PageAs
from tests.sandbox.conftest import ORLA, SHARED
from tests.sandbox.pages.blocks import field, modal, option, plain
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


def offers_groups(bot: TinyBot) -> None:
    """Let the app answer what is typed with those of its options that have it, under two headings."""
    groups = {
        "Roles and trust": [option("Agree roles", "roles"), option("Build trust", "trust")],
        "Aims": [option("Agree aims", "aims")],
    }

    async def suggest(ack: Any, body: Any, **_: Any) -> None:
        found = [
            {"label": plain(heading), "options": matching}
            for heading, options in groups.items()
            if (matching := [one for one in options if body["value"] in one["text"]["text"].lower()])
        ]
        await (ack(option_groups=found) if found else ack(options=[]))

    bot.reactions["options"] = suggest


async def test_an_external_select_is_used_by_keyboard_through_its_groups(orla: Tab, bot: TinyBot) -> None:
    offers_groups(bot)
    picker = field("Strategy", "strategy", "external_select", min_query_length=2, focus_on_load=True)
    await open_modal(orla, bot, modal("Look up", picker))
    box = orla.page.get_by_role("combobox", name="Strategy")
    keyboard = orla.page.keyboard
    await box.focus()
    await keyboard.type("a")
    await orla.sees("Type at least 2 letters.")
    assert bot.seen["options"] == []
    await keyboard.type("gre")
    matches = orla.page.get_by_role("listbox", name="Matches")
    roles = matches.get_by_role("group", name="Roles and trust").get_by_role("option", name="Agree roles")
    aims = matches.get_by_role("group", name="Aims").get_by_role("option", name="Agree aims")
    await expect(matches.get_by_role("option")).to_have_count(2)
    await expect(box).to_have_attribute("aria-expanded", "true")
    await keyboard.press("ArrowDown")
    await expect(roles).to_be_focused()
    await keyboard.press("ArrowDown")
    await expect(aims).to_be_focused()
    await keyboard.press("ArrowDown")
    await expect(aims).to_be_focused()
    await keyboard.press("ArrowUp")
    await keyboard.press("ArrowUp")
    await expect(box).to_be_focused()
    await keyboard.press("ArrowDown")
    await keyboard.press("ArrowDown")
    await keyboard.type("e a")
    await expect(box).to_have_value("agree a")
    await expect(matches.get_by_role("option")).to_have_text(["Agree aims"])
    await expect(matches.get_by_role("group", name="Roles and trust")).to_have_count(0)
    await keyboard.press("Backspace")
    await expect(matches.get_by_role("option")).to_have_text(["Agree roles", "Agree aims"])
    await keyboard.press("ArrowDown")
    await keyboard.press("Enter")
    await expect(orla.page.get_by_role("button", name="Remove Agree roles")).to_be_visible()
    await expect(box).to_be_focused()
    await expect(box).to_have_attribute("aria-expanded", "false")
    await orla.press("Save")
    await orla.sees_no_modal()
    assert submitted(bot)["strategy"]["selected_option"]["value"] == "roles"


async def test_a_type_ahead_that_finds_nothing_says_so(orla: Tab, bot: TinyBot) -> None:
    offers_groups(bot)
    picker = field("Strategies", "strategies", "multi_external_select", min_query_length=0, optional=True)
    await open_modal(orla, bot, modal("Look up", picker))
    box = orla.page.get_by_role("combobox", name="Strategies")
    await box.fill("zzz")
    await orla.sees("Nothing found.")
    await orla.pick("Strategies", "aims", "Agree aims")
    await box.fill("agree")
    await expect(orla.page.get_by_role("listbox", name="Matches").get_by_role("option")).to_have_text(
        ["Agree roles"]
    )
    await box.press("Escape")
    await orla.press("Save")
    await orla.sees_no_modal()
    assert [one["value"] for one in submitted(bot)["strategies"]["selected_options"]] == ["aims"]


async def test_groups_of_a_static_list_keep_their_headings(orla: Tab, bot: TinyBot) -> None:
    groups = [
        {"label": plain("First"), "options": [option("Trust", "trust")]},
        {"label": plain("Second"), "options": [option("Roles", "roles")]},
    ]
    await open_modal(
        orla, bot, modal("Draft", field("Themes", "t", "multi_static_select", option_groups=groups))
    )
    await orla.page.get_by_role("combobox", name="Themes").click()
    await orla.sees("First")
    second = orla.page.get_by_role("group", name="Second")
    await expect(second.get_by_role("option")).to_have_text(["Roles"])
    await orla.page.get_by_role("combobox", name="Themes").fill("tru")
    await orla.sees_no("Second")
