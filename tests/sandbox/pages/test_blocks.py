"""Block Kit on messages and the Home tab: everything can be pressed, nothing becomes markup."""

import asyncio
import itertools
from typing import Any

import pytest
from playwright.async_api import expect

from sandbox.harness import Harness
from sandbox.state import Message
from tests.browser import PageAs
from tests.sandbox.conftest import DEV, ORLA, SHARED, ZOFIA
from tests.sandbox.pages.blocks import OPTIONS, Block, actions, button, plain
from tests.sandbox.tiny_bot import TinyBot

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=\"document.title='taken'\"> *bold* <@U0DEVSINGHA> {{ 7 * 7 }} ${7 * 7}"

QUESTION: Block = {
    "title": plain("Answer?"),
    "text": plain("It counts at once."),
    "confirm": plain("Yes, answer"),
    "deny": plain("No"),
}


async def post(bot: TinyBot, *blocks: Block, text: str = "Words") -> str:
    answer = await bot.client.chat_postMessage(channel=SHARED, text=text, blocks=list(blocks))
    return str(answer["ts"])


def pressed(bot: TinyBot) -> list[Any]:
    """What the app was told, one entry a press: the action id and the value."""
    keys = (
        "value",
        "selected_option",
        "selected_options",
        "selected_user",
        "selected_channel",
        "selected_conversation",
        "selected_date",
        "selected_time",
    )
    told = []
    for body in bot.seen["action"]:
        action = body["actions"][0]
        value = next((action[key] for key in keys if key in action), None)
        if isinstance(value, dict):
            value = value["value"]
        if isinstance(value, list):
            value = [one["value"] for one in value]
        told.append((action["action_id"], value))
    return told


async def test_every_element_of_a_message_tells_the_app(bot: TinyBot, page_as: PageAs) -> None:
    await post(
        bot,
        actions(
            button("Plain", "plain", value="p1"),
            button("Bold", "bold", style="primary", accessibility_label="Press the bold one"),
            {
                "type": "static_select",
                "action_id": "theme",
                "placeholder": plain("Theme"),
                "options": OPTIONS,
            },
            {"type": "users_select", "action_id": "who", "placeholder": plain("Who")},
            {"type": "channels_select", "action_id": "where", "placeholder": plain("Where")},
            {"type": "conversations_select", "action_id": "talk", "placeholder": plain("Talk")},
            {"type": "datepicker", "action_id": "day", "placeholder": plain("Day")},
            {"type": "timepicker", "action_id": "hour", "placeholder": plain("Hour")},
            {"type": "radio_buttons", "action_id": "one", "options": OPTIONS},
            {"type": "overflow", "action_id": "more", "options": OPTIONS},
        ),
        {
            "type": "section",
            "block_id": "several",
            "text": plain("Several"),
            "accessory": {"type": "checkboxes", "action_id": "boxes", "options": OPTIONS[:2]},
        },
    )
    orla = await page_as(ORLA, SHARED)
    message = orla.message("Several")
    await orla.press("Plain")
    await orla.press("Press the bold one")
    await orla.choose("Theme", "Roles")
    await orla.choose("Who", "Dev Singha")
    await orla.choose("Where", "#team-room")
    await orla.choose("Talk", "Tiny Bot")
    await orla.fill("Day", "2030-06-14")
    await orla.fill("Hour", "09:30")
    await message.get_by_role("radio", name="Aims").check()
    await orla.pick_from_menu("More actions", "Trust", within=message)
    await message.get_by_role("checkbox", name="Roles").check()
    await message.get_by_role("checkbox", name="Trust").check()
    await expect(message.get_by_role("alert")).to_have_count(0)
    await orla.press("Plain")
    await orla.page.reload()
    await expect(message.get_by_role("checkbox", name="Trust")).to_be_checked()
    await expect(message.get_by_label("Theme")).to_have_value("roles")
    told = pressed(bot)
    assert told[:2] == [("plain", "p1"), ("bold", None)]
    assert told[2:5] == [("theme", "roles"), ("who", DEV), ("where", "C0TEAMROOMS")]
    assert told[5][1].startswith("D")
    assert told[6:] == [
        ("day", "2030-06-14"),
        ("hour", "09:30"),
        ("one", "aims"),
        ("more", "trust"),
        ("boxes", ["roles"]),
        ("boxes", ["trust", "roles"]),
        ("plain", "p1"),
    ]


async def test_somebody_from_the_partner_workspace_can_press_buttons(bot: TinyBot, page_as: PageAs) -> None:
    await post(bot, actions(button("Answer", "answer", value="yes")))
    zofia = await page_as(ZOFIA, SHARED)
    await zofia.press("Answer")
    await expect(zofia.page.get_by_role("alert").locator("visible=true")).to_have_count(0)
    await zofia.page.reload()
    assert bot.last("action")["user"]["id"] == ZOFIA


async def test_a_question_stands_before_a_button_that_asks_for_one(bot: TinyBot, page_as: PageAs) -> None:
    question = {
        "title": plain("Discard it?"),
        "text": {"type": "mrkdwn", "text": "It goes for *everybody*."},
        "confirm": plain("Yes, discard"),
        "deny": plain("Keep it"),
    }
    await post(bot, actions(button("Discard", "discard", style="danger", confirm=question)))
    orla = await page_as(ORLA, SHARED)
    await orla.press("Discard")
    await orla.sees_modal("Discard it?")
    await orla.press("Keep it")
    await orla.sees_no_modal()
    await expect(orla.button("Discard")).to_be_focused()
    await orla.press("Discard")
    await orla.sees_modal("Discard it?")
    await orla.page.keyboard.press("Escape")
    await orla.sees_no_modal()
    assert bot.seen["action"] == []
    await orla.press("Discard")
    await orla.press("Yes, discard")
    await orla.sees_no_modal()
    await orla.page.reload()
    assert pressed(bot) == [("discard", None)]


async def test_the_focus_stays_on_a_button_whose_message_changes(bot: TinyBot, page_as: PageAs) -> None:
    ts = await post(
        bot, {"type": "header", "text": plain("0 votes")}, actions(button("Vote", "vote", value="v"))
    )
    orla = await page_as(ORLA, SHARED)
    vote = orla.page.get_by_role("button", name="Vote")
    await vote.press("Enter")
    changed = [
        {"type": "header", "text": plain("1 vote")},
        actions(button("Vote", "vote", value="v"), button("Undo", "undo"), block_id="other"),
    ]
    await bot.client.chat_update(channel=SHARED, ts=ts, text="Words", blocks=changed)
    await expect(orla.page.get_by_role("heading", name="1 vote")).to_be_visible()
    await expect(orla.page.get_by_role("button", name="Undo")).to_be_visible()
    await expect(vote).to_be_focused()


async def test_quick_presses_count_although_each_draws_the_message_anew(
    bot: TinyBot, page_as: PageAs
) -> None:
    done: list[str] = []

    async def redraw(ack: Any, body: Any, client: Any, **_: Any) -> None:
        done.append(body["actions"][0]["value"])
        await ack()
        ts = body["container"]["message_ts"]
        await client.chat_update(channel=SHARED, ts=ts, text="Words", blocks=drawn())

    def drawn() -> list[Block]:
        rows = [actions(button(f"Mark {n}", "mark", value=str(n))) for n in range(8) if str(n) not in done]
        return [{"type": "header", "text": plain(f"{len(done)} marked")}] + [
            row | {"block_id": f"{len(done)}-{index}"} for index, row in enumerate(rows)
        ]

    bot.reactions["action"] = redraw
    await post(bot, *drawn())
    orla = await page_as(ORLA, SHARED)
    for number in (3, 1, 6, 0, 5):
        await orla.press(f"Mark {number}")
    await expect(orla.page.get_by_role("heading", name="5 marked")).to_be_visible()
    assert done == ["3", "1", "6", "0", "5"]


@pytest.mark.parametrize("confirm", [None, QUESTION])
async def test_presses_count_while_others_change_the_message_all_the_time(
    bot: TinyBot, page_as: PageAs, confirm: Block | None
) -> None:
    """As on a board that many answer on: the button stays, what stands round it and its ids do not."""
    asks = {"confirm": confirm} if confirm else {}

    def drawn(at: int) -> list[Block]:
        answered = {"type": "header", "text": plain(f"{at} have answered")}
        return [answered, actions(button("Answer", "answer", value="a", **asks), block_id=f"change-{at}")]

    async def go_on_changing(ts: str) -> None:
        for at in itertools.count(1):
            await bot.client.chat_update(channel=SHARED, ts=ts, text="Words", blocks=drawn(at))

    ts = await post(bot, *drawn(0))
    orla = await page_as(ORLA, SHARED)
    async with asyncio.TaskGroup() as group:
        changing = group.create_task(go_on_changing(ts))
        for _ in range(10):
            await orla.press("Answer")
            if confirm:
                await orla.press("Yes, answer")
                await orla.sees_no_modal()
        changing.cancel()
    assert pressed(bot) == [("answer", "a")] * 10


async def test_no_text_of_a_block_is_markup(bot: TinyBot, page_as: PageAs) -> None:
    words = plain(HOSTILE[:75])
    rich = {"type": "rich_text_section", "elements": [{"type": "text", "text": HOSTILE}]}
    await post(
        bot,
        {"type": "header", "text": plain(HOSTILE)},
        {"type": "section", "text": plain(HOSTILE), "fields": [plain(HOSTILE)]},
        {"type": "context", "elements": [plain(HOSTILE)]},
        {"type": "rich_text", "elements": [rich]},
        {"type": "table", "rows": [[{"type": "raw_text", "text": HOSTILE}]]},
        {"type": "markdown", "text": HOSTILE},
        actions(
            button(words["text"], "b"),
            {"type": "static_select", "action_id": "s", "options": [{"text": words, "value": "v"}]},
            {"type": "overflow", "action_id": "o", "options": [{"text": words, "value": "v"}]},
        ),
    )
    orla = await page_as(ORLA, SHARED)
    message = orla.page.get_by_role("article").last
    await expect(message.get_by_role("heading").first).to_have_text(HOSTILE)
    await expect(message.locator(".section-text")).to_have_text(HOSTILE)
    await expect(message.locator(".section-fields")).to_have_text(HOSTILE)
    await expect(message.locator(".bk-context")).to_have_text(HOSTILE)
    await expect(message.locator(".rich-text")).to_have_text(HOSTILE)
    await expect(message.get_by_role("columnheader")).to_have_text(HOSTILE)
    await expect(message.locator(".markdown")).to_have_text(HOSTILE.replace("*bold*", "bold"))
    await expect(message.get_by_role("button", name=words["text"], exact=True)).to_be_visible()
    await expect(message.locator("img")).to_have_count(0)
    assert await orla.page.title() == "Marlbrook Together (sandbox)"


async def test_what_the_sandbox_cannot_draw_or_will_not_fetch_is_a_box_with_words(
    harness: Harness, page_as: PageAs
) -> None:
    blocks: list[Block] = [
        {"type": "carousel", "block_id": "a", "elements": []},
        actions({"type": "workflow_step", "action_id": "w"}),
        {"type": "image", "block_id": "i", "image_url": "https://example.org/x.png", "alt_text": "A chart"},
    ]
    workspace = harness.workspace
    message = Message(SHARED, workspace.new_ts(), workspace.bot_user_id, "Odd", blocks=blocks)
    workspace.add_message(message)
    orla = await page_as(ORLA, SHARED)
    await orla.sees("A block of type carousel, which the sandbox does not draw.")
    await orla.sees("An element of type workflow_step, which the sandbox does not draw.")
    await expect(orla.page.get_by_role("img", name="A chart")).to_have_text("Picture: A chart")


async def test_a_picture_of_the_workspace_is_shown(bot: TinyBot, page_as: PageAs) -> None:
    dot = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154"
        "08d763f8cfc00000030101003618dd8d0000000049454e44ae426082"
    )
    sent = await bot.client.files_upload_v2(channel=SHARED, content=dot, filename="dot.png")
    await post(bot, {"type": "image", "slack_file": {"id": sent["file"]["id"]}, "alt_text": "One dot"})
    orla = await page_as(ORLA, SHARED)
    picture = orla.page.get_by_role("img", name="One dot")
    await expect(picture).to_have_js_property("naturalWidth", 1)


async def test_a_button_without_an_app_behind_it_says_so(harness: Harness, page_as: PageAs) -> None:
    workspace = harness.workspace
    blocks = [actions(button("Vote", "vote"))]
    ts = workspace.new_ts()
    workspace.add_message(Message(SHARED, ts, workspace.bot_user_id, "Words", blocks=blocks))
    orla = await page_as(ORLA, SHARED)
    await orla.press("Vote")
    await expect(orla.page.get_by_role("article").last.get_by_role("alert")).to_be_visible()


async def test_home_is_drawn_when_it_is_opened_and_its_buttons_work(bot: TinyBot, page_as: PageAs) -> None:
    async def publish(client: Any, body: Any, **_: Any) -> None:
        blocks = [{"type": "header", "text": plain("What waits for you")}, actions(button("Go on", "go"))]
        view = {"type": "home", "blocks": blocks}
        await client.views_publish(user_id=body["event"]["user"], view=view)

    bot.reactions["app_home_opened"] = publish
    orla = await page_as(ORLA, SHARED)
    await orla.page.get_by_role("link", name="Tiny Home").click()
    await expect(orla.page.get_by_role("heading", name="What waits for you")).to_be_visible()
    await orla.press("Go on")
    await orla.page.get_by_role("link", name="Messages", exact=True).click()
    await orla.say("Hello app")
    await orla.sees("Hello app")
    assert pressed(bot) == [("go", None)]
    assert bot.last("message")["event"]["text"] == "Hello app"


async def test_home_says_why_it_is_empty(bot: TinyBot, page_as: PageAs) -> None:
    orla, zofia = await page_as(ORLA, home=True), await page_as(ZOFIA, home=True)
    await orla.sees("The app has not shown anything here yet.")
    await zofia.sees("Tiny is not installed in your workspace")
