"""Conversations in the browser."""

import re
from typing import Any

import pytest
from playwright.async_api import expect

from sandbox.harness import Harness
from sandbox.state import Message
from tests.browser import PageAs
from tests.sandbox.conftest import DEV, LUNCH, ORLA, PRIVATE, SHARED, ZOFIA
from tests.sandbox.tiny_bot import TinyBot

pytestmark = pytest.mark.browser


async def test_what_one_person_says_the_other_sees_as_it_was_typed(bot: TinyBot, page_as: PageAs) -> None:
    orla, dev = await page_as(ORLA, SHARED), await page_as(DEV, SHARED)
    await orla.say("Shall we begin <script>document.title = 'x'</script>?")
    await dev.sees("Shall we begin <script>document.title = 'x'</script>?")
    assert await dev.page.title() == "Marlbrook Together (sandbox)"


async def test_what_is_being_written_survives_news(harness: Harness, bot: TinyBot, page_as: PageAs) -> None:
    orla = await page_as(ORLA, SHARED)
    field = orla.page.get_by_role("textbox", name="Message #marlbrook-partnership")
    await field.fill("half a thought")
    await harness.acts.say(DEV, SHARED, "Something new")
    await orla.sees("Something new")
    await expect(field).to_have_value("half a thought")
    await expect(field).to_be_focused()


async def test_shift_and_enter_begin_a_new_line(bot: TinyBot, page_as: PageAs) -> None:
    orla = await page_as(ORLA, SHARED)
    field = orla.page.get_by_role("textbox", name="Message #marlbrook-partnership")
    await field.press_sequentially("one")
    await field.press("Shift+Enter")
    await field.press_sequentially("two")
    await expect(field).to_have_value("one\ntwo")


async def test_a_command_is_offered_while_one_types_and_answers_in_private(
    bot: TinyBot, page_as: PageAs
) -> None:
    async def answer(ack: Any, **_: Any) -> None:
        await ack("Only for you, Orla")

    bot.reactions["command"] = answer
    orla, dev = await page_as(ORLA, SHARED), await page_as(DEV, SHARED)
    field = orla.page.get_by_role("textbox", name="Message #marlbrook-partnership")
    await field.press_sequentially("/ti")
    await field.press("ArrowDown")
    await orla.page.keyboard.press("Enter")
    await expect(field).to_have_value("/tiny ")
    await expect(field).to_be_focused()
    await field.press_sequentially("please")
    await field.press("Enter")
    await orla.sees("Only for you, Orla")
    await orla.sees("Only visible to you")
    assert bot.last("command")["text"] == "please"
    await dev.sees("I keep hearing five different answers")
    await dev.sees_no("Only for you, Orla")


async def test_people_of_the_partner_workspace_are_told_that_they_have_no_commands(
    bot: TinyBot, page_as: PageAs
) -> None:
    zofia = await page_as(ZOFIA, SHARED)
    field = zofia.page.get_by_role("textbox", name="Message #marlbrook-partnership")
    await field.press_sequentially("/")
    await zofia.sees("The app's commands work for people of Marlbrook Together only.")
    await field.fill("/tiny")
    await field.press("Enter")
    await zofia.sees("is not a valid command")
    assert bot.seen["command"] == []
    await expect(zofia.page.get_by_role("button", name="Shortcuts")).to_have_count(0)


async def test_a_mention_is_offered_and_reaches_the_app(bot: TinyBot, page_as: PageAs) -> None:
    orla = await page_as(ORLA, SHARED)
    field = orla.page.get_by_role("textbox", name="Message #marlbrook-partnership")
    await field.press_sequentially("ask @ti")
    await orla.page.get_by_role("option", name="Tiny Bot").click()
    await expect(field).to_have_value("ask @Tiny Bot ")
    await field.press("Enter")
    await expect(orla.message("ask").locator(".mention")).to_have_text("@Tiny Bot")
    assert "<@U0COMMONGRD>" in bot.last("app_mention")["event"]["text"]


async def test_a_thread_opens_beside_the_channel_and_refuses_commands(bot: TinyBot, page_as: PageAs) -> None:
    orla, dev = await page_as(ORLA, SHARED), await page_as(DEV, SHARED)
    await orla.message("five different answers").hover()
    await orla.press("Reply in thread", within=orla.message("five different answers"))
    await orla.sees("Thread")
    await orla.say("Here is mine")
    await orla.sees("Here is mine", within=orla.thread)
    await dev.press("1 reply")
    await dev.sees("Here is mine", within=dev.thread)
    await orla.say("/tiny")
    await orla.sees("Slash commands do not run in threads.")
    assert bot.seen["command"] == []
    await orla.press("Close thread")
    await expect(orla.thread).to_have_count(0)


async def test_another_channel_opens_in_place_and_the_back_button_returns(
    harness: Harness, bot: TinyBot, page_as: PageAs
) -> None:
    orla = await page_as(ORLA, SHARED)
    link = orla.page.get_by_role("link", name="early-help-panel")
    await harness.acts.say("U0MAEVEHOLT", PRIVATE, "News for the panel")
    await expect(link).to_have_class(re.compile("place-new"))
    await link.click()
    await orla.sees("News for the panel")
    await expect(link).to_have_attribute("aria-current", "page")
    await expect(link).not_to_have_class(re.compile("place-new"))
    assert f"channel={PRIVATE}" in orla.page.url
    await orla.page.go_back()
    await orla.sees("I keep hearing five different answers")
    await orla.page.reload()
    await orla.sees("I keep hearing five different answers")


async def test_one_becomes_somebody_else_at_the_top(bot: TinyBot, page_as: PageAs) -> None:
    orla = await page_as(ORLA, PRIVATE)
    await orla.choose("You are", "Zofia Liski")
    await orla.sees("Joins from the partner workspace Fernleigh Family Trust")
    await expect(orla.page.get_by_role("link", name="marlbrook-partnership")).to_be_visible()
    await expect(orla.page.get_by_role("link", name="team-room")).to_have_count(0)
    assert f"as={ZOFIA}" in orla.page.url


async def test_an_address_that_names_nobody_or_a_closed_channel_falls_back(
    bot: TinyBot, page_as: PageAs
) -> None:
    nobody = await page_as("U0NOBODY", "C0NOWHERE")
    await expect(nobody.page.get_by_label("You are")).to_have_value(ORLA)
    zofia = await page_as(ZOFIA, PRIVATE)
    await expect(zofia.page.get_by_role("heading", name="# marlbrook-partnership")).to_be_visible()


async def test_speaking_joins_a_channel(harness: Harness, bot: TinyBot, page_as: PageAs) -> None:
    orla = await page_as(ORLA, LUNCH)
    await orla.sees("Your first message joins this channel.")
    await orla.say("Wait for me")
    await expect(orla.page.get_by_role("button", name="4 members")).to_be_visible()
    assert ORLA in harness.workspace.channels[LUNCH].members


async def test_members_can_be_added_and_leave(harness: Harness, bot: TinyBot, page_as: PageAs) -> None:
    dev = await page_as(DEV, LUNCH)
    await dev.press("3 members")
    await dev.sees_modal("Members")
    await dev.choose("Add somebody", "Tiny Bot")
    await expect(dev.dialog.get_by_role("listitem").filter(has_text="Tiny Bot")).to_be_visible()
    assert harness.workspace.bot_user_id in harness.workspace.channels[LUNCH].members
    await dev.press("Leave channel")
    await expect(dev.dialog.get_by_role("listitem").filter(has_text="Dev Singha")).to_have_count(0)
    assert DEV not in harness.workspace.channels[LUNCH].members
    await dev.press("Done")
    await dev.sees_no_modal()


async def test_messages_change_vanish_and_are_pinned_in_place(
    harness: Harness, bot: TinyBot, page_as: PageAs
) -> None:
    orla = await page_as(ORLA, SHARED)
    posted = await bot.client.chat_postMessage(channel=SHARED, text="First words")
    await orla.sees("First words")
    await bot.client.chat_update(channel=SHARED, ts=posted["ts"], text="The *outcome*")
    await orla.sees("The outcome")
    await orla.sees_no("First words")
    await bot.client.pins_add(channel=SHARED, timestamp=posted["ts"])
    await expect(orla.message("The outcome").get_by_text("Pinned")).to_be_visible()
    await orla.pick_from_menu("Pinned messages", "The *outcome*")
    await bot.client.chat_delete(channel=SHARED, ts=posted["ts"])
    await orla.sees_no("The outcome")
    await expect(orla.page.get_by_role("button", name="Pinned messages")).to_have_count(0)


async def test_a_file_is_downloaded_as_it_was_uploaded(bot: TinyBot, page_as: PageAs) -> None:
    orla = await page_as(ORLA, SHARED)
    await bot.client.files_upload_v2(
        channel=SHARED, content=b"a,b\n1,2\n", filename="all studies.csv", title="All case studies"
    )
    saved = await orla.download("All case studies")
    assert saved.read_bytes() == b"a,b\n1,2\n"


async def test_an_uploaded_picture_is_shown_with_its_description(bot: TinyBot, page_as: PageAs) -> None:
    dot = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154"
        "08d763f8cfc00000030101003618dd8d0000000049454e44ae426082"
    )
    orla = await page_as(ORLA, SHARED)
    await bot.client.files_upload_v2(channel=SHARED, content=dot, filename="dot.png", alt_txt="One dot")
    await expect(orla.page.get_by_role("img", name="One dot")).to_have_js_property("naturalWidth", 1)
    assert (await orla.download("dot.png")).read_bytes() == dot


async def test_a_long_history_shows_its_end_first(harness: Harness, bot: TinyBot, page_as: PageAs) -> None:
    for number in range(130):
        harness.workspace.add_message(Message(SHARED, harness.workspace.new_ts(), DEV, f"Note {number}."))
    orla = await page_as(ORLA, SHARED)
    await expect(orla.page.get_by_text("Note 129.")).to_be_in_viewport()
    await orla.sees_no("Note 29.")
    await orla.press("Show earlier messages")
    await orla.sees("Note 29.")
    await expect(orla.page.get_by_role("button", name="Show earlier messages")).to_have_count(0)


async def test_without_the_app_a_command_says_so(harness: Harness, page_as: PageAs) -> None:
    orla = await page_as(ORLA, SHARED)
    await orla.say("/tiny")
    await orla.sees("/tiny failed with the error")
