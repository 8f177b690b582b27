"""Modals in the browser: what is typed stays, what is wrong is said, and the keyboard is enough."""

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import expect

from sandbox.harness import Harness
from tests.browser import PageAs
from tests.sandbox.conftest import ORLA, SHARED
from tests.sandbox.pages.blocks import OPTIONS, Block, actions, button, field, modal, option, plain
from tests.sandbox.tiny_bot import TinyBot
from tests.tab import Tab

pytestmark = pytest.mark.browser

ORLA_TITLE = field("Title", "title", "plain_text_input", hint="Short and plain", max_length=10)


@pytest.fixture
async def orla(bot: TinyBot, page_as: PageAs) -> Tab:
    """Orla, who opens with `/tiny` the modal that a test gives to `opens`."""
    return await page_as(ORLA, SHARED)


def opens(bot: TinyBot, view: Block) -> None:
    async def open_view(ack: Any, body: Any, client: Any, **_: Any) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    bot.reactions["command"] = open_view


async def open_modal(orla: Tab, bot: TinyBot, view: Block) -> None:
    opens(bot, view)
    await orla.say("/tiny")
    await orla.sees_modal(view["title"]["text"])


def submitted(bot: TinyBot) -> dict[str, Any]:
    """What the app was sent: state by action id."""
    values = bot.last("submission")["view"]["state"]["values"]
    return {action_id: state for states in values.values() for action_id, state in states.items()}


async def test_every_kind_of_field_reaches_the_app(orla: Tab, bot: TinyBot, tmp_path: Path) -> None:
    async def suggest(ack: Any, body: Any, **_: Any) -> None:
        await ack(options=[option(f"About {body['value']}", "about")])

    bot.reactions["options"] = suggest
    view = modal(
        "All fields",
        field("Title", "title", "plain_text_input"),
        field("Story", "story", "plain_text_input", multiline=True, optional=True),
        field("Thoughts", "thoughts", "rich_text_input"),
        field("Cost", "cost", "number_input", is_decimal_allowed=True),
        field("Address", "mail", "email_text_input"),
        field("Theme", "theme", "static_select", options=OPTIONS),
        field("Themes", "themes", "multi_static_select", options=OPTIONS),
        field("Anonymous", "secret", "radio_buttons", options=OPTIONS),
        field("Outcomes", "outcomes", "checkboxes", options=OPTIONS),
        field("Strategy", "strategy", "external_select", min_query_length=2),
        field("Facilitator", "who", "users_select"),
        field("People", "people", "multi_users_select"),
        field("Channel", "where", "conversations_select"),
        field("Day", "day", "datepicker"),
        field("Hour", "hour", "timepicker"),
        field("Deadline", "deadline", "datetimepicker"),
        field("Files", "files", "file_input", filetypes=["txt"]),
    )
    await open_modal(orla, bot, view)
    await orla.fill("Title", "One <b>plan</b>")
    await orla.fill("Story", "It began\nin spring")
    await orla.fill("Thoughts", "Fine")
    await orla.fill("Cost", "12.50")
    await orla.fill("Address", "orla@example.org")
    await orla.choose("Theme", "Roles")
    await orla.pick("Themes", "tru", "Trust")
    await orla.pick("Themes", "ai", "Aims")
    await orla.choose("Anonymous", "Aims")
    await orla.choose("Outcomes", "Roles", "Trust")
    await orla.pick("Strategy", "plans", "About plans")
    await orla.choose("Facilitator", "Dev Singha")
    await orla.pick("People", "zof", "Zofia Liski")
    await orla.choose("Channel", "#team-room")
    await orla.fill("Day", "2030-06-14")
    await orla.fill("Hour", "09:30")
    await orla.fill("Deadline", "2030-06-14T17:00")
    note = tmp_path / "note.txt"
    note.write_text("hello")
    await orla.attach("Files", note)
    await orla.sees("note.txt", within=orla.dialog)
    await orla.press("Save")
    await orla.sees_no_modal()
    told = submitted(bot)
    assert told["title"]["value"] == "One <b>plan</b>"
    assert told["story"]["value"] == "It began\nin spring"
    assert told["thoughts"]["rich_text_value"]["elements"][0]["elements"][0]["text"] == "Fine"
    assert told["cost"]["value"] == "12.50"
    assert told["mail"]["value"] == "orla@example.org"
    assert told["theme"]["selected_option"]["value"] == "roles"
    assert [one["value"] for one in told["themes"]["selected_options"]] == ["trust", "aims"]
    assert told["secret"]["selected_option"]["value"] == "aims"
    assert [one["value"] for one in told["outcomes"]["selected_options"]] == ["trust", "roles"]
    assert told["strategy"]["selected_option"]["value"] == "about"
    assert told["who"]["selected_user"] == "U0DEVSINGHA"
    assert told["people"]["selected_users"] == ["U0ZOFIALISK"]
    assert told["where"]["selected_conversation"] == "C0TEAMROOMS"
    assert told["day"]["selected_date"] == "2030-06-14"
    assert told["hour"]["selected_time"] == "09:30"
    assert told["deadline"]["selected_date_time"] == 1907683200
    assert [file["name"] for file in told["files"]["files"]] == ["note.txt"]


async def test_an_update_keeps_what_is_typed_the_focus_and_the_caret(
    harness: Harness, orla: Tab, bot: TinyBot
) -> None:
    await open_modal(orla, bot, modal("Draft", ORLA_TITLE, actions(button("More", "more"))))
    title = orla.page.get_by_label("Title")
    await title.press_sequentially("abcd")
    await title.press("ArrowLeft")
    view = harness.workspace.open_modal(ORLA)
    assert view is not None
    renamed = {**ORLA_TITLE, "label": plain("Heading")}
    changed = modal("Draft two", {"type": "section", "text": plain("New on top")}, renamed)
    await bot.client.views_update(view_id=view.id, view=changed)
    await orla.sees_modal("Draft two")
    await orla.sees("New on top")
    heading = orla.page.get_by_label("Heading")
    await expect(heading).to_have_value("abcd")
    await expect(heading).to_be_focused()
    await orla.page.keyboard.type("X")
    await expect(heading).to_have_value("abcXd")
    await orla.press("Save")
    await orla.sees_no_modal()
    assert submitted(bot)["title"]["value"] == "abcXd"


async def test_another_action_id_begins_the_field_anew(harness: Harness, orla: Tab, bot: TinyBot) -> None:
    await open_modal(orla, bot, modal("Draft", ORLA_TITLE))
    await orla.fill("Title", "typed")
    view = harness.workspace.open_modal(ORLA)
    assert view is not None
    fresh = field("Title", "title", "plain_text_input", action_id="title_2", initial_value="from the app")
    await bot.client.views_update(view_id=view.id, view=modal("Draft", fresh))
    await expect(orla.page.get_by_label("Title")).to_have_value("from the app")


async def test_errors_stand_beside_their_fields_and_go_when_mended(orla: Tab, bot: TinyBot) -> None:
    async def refuse(ack: Any, **_: Any) -> None:
        await ack(response_action="errors", errors={"title": "Another study has this title."})

    bot.reactions["submission"] = refuse
    await open_modal(orla, bot, modal("Draft", ORLA_TITLE))
    await orla.press("Save")
    await expect(orla.page.get_by_label("Title")).to_have_attribute("aria-invalid", "true")
    assert bot.seen["submission"] == []
    await orla.fill("Title", "far too long for it")
    await orla.sees("19 of 10 characters")
    await orla.fill("Title", "short")
    await orla.sees_no("of 10 characters")
    await orla.press("Save")
    await orla.sees_error("Title", "Another study has this title.")
    await orla.sees_error("Title", "Short and plain")
    await orla.fill("Title", "other")
    await orla.sees_no("Another study has this title.")


async def test_a_pushed_view_goes_back_to_a_form_as_it_was_left(orla: Tab, bot: TinyBot) -> None:
    async def push(ack: Any, body: Any, client: Any, **_: Any) -> None:
        await ack()
        second = modal("Second", field("Name", "name", "plain_text_input"), notify_on_close=True)
        await client.views_push(trigger_id=body["trigger_id"], view=second)

    bot.reactions["action"] = push
    await open_modal(
        orla, bot, modal("First", ORLA_TITLE, actions(button("More", "more")), notify_on_close=True)
    )
    await orla.fill("Title", "kept")
    await orla.press("More")
    await orla.sees_modal("Second")
    await orla.press("Back")
    await orla.sees_modal("First")
    await expect(orla.page.get_by_label("Title")).to_have_value("kept")
    await orla.press("More")
    await orla.sees_modal("Second")
    await orla.press("Close dialog")
    await orla.sees_no_modal()
    assert [body["is_cleared"] for body in bot.seen["closed"]] == [False, True]


async def test_the_keyboard_is_enough(orla: Tab, bot: TinyBot) -> None:
    view = modal(
        "Draft",
        field("Title", "title", "plain_text_input", focus_on_load=True),
        actions({"type": "overflow", "action_id": "menu", "options": OPTIONS}),
        notify_on_close=True,
    )
    await open_modal(orla, bot, view)
    await expect(orla.page.get_by_label("Title")).to_be_focused()
    for name in ("More actions", "Cancel", "Save", "Close dialog"):
        await orla.page.keyboard.press("Tab")
        await expect(orla.page.get_by_role("button", name=name, exact=True)).to_be_focused()
    await orla.page.get_by_role("button", name="More actions", exact=True).press("Enter")
    await expect(orla.page.get_by_role("menuitem", name="Trust")).to_be_focused()
    await orla.page.keyboard.press("Escape")
    await expect(orla.page.get_by_role("menuitem", name="Trust")).to_have_count(0)
    await orla.sees_modal("Draft")
    await orla.page.get_by_role("button", name="More actions", exact=True).press("Enter")
    await expect(orla.page.get_by_role("menuitem", name="Trust")).to_be_focused()
    await orla.page.keyboard.press("ArrowDown")
    await orla.page.keyboard.press("Enter")
    await expect(orla.page.get_by_role("menuitem", name="Roles")).to_have_count(0)
    await orla.page.keyboard.press("Escape")
    await orla.sees_no_modal()
    assert bot.last("action")["actions"][0]["selected_option"]["value"] == "roles"
    assert bot.last("closed")["is_cleared"] is False
    await expect(orla.page.get_by_role("textbox", name="Message #marlbrook-partnership")).to_be_focused()


async def test_the_focus_goes_to_what_takes_the_place_of_a_pressed_button(orla: Tab, bot: TinyBot) -> None:
    async def replace(ack: Any, body: Any, client: Any, **_: Any) -> None:
        await ack()
        after = modal(
            "Order", actions(button("Keep", "keep"), button("Down", "down", value="2"), block_id="b")
        )
        await client.views_update(view_id=body["view"]["id"], view=after)

    bot.reactions["action"] = replace
    before = modal("Order", actions(button("Keep", "keep"), button("Up", "up", value="1"), block_id="a"))
    await open_modal(orla, bot, before)
    await orla.page.get_by_role("button", name="Up", exact=True).press("Enter")
    await expect(orla.page.get_by_role("button", name="Down")).to_be_focused()


async def test_an_input_that_dispatches_tells_the_app_on_enter(orla: Tab, bot: TinyBot) -> None:
    search = field("Search", "words", "plain_text_input", dispatch_action=True)
    await open_modal(orla, bot, modal("Look up", search))
    await orla.fill("Search", "trust")
    assert bot.seen["action"] == []
    await orla.page.get_by_label("Search").press("Enter")
    await expect(orla.page.get_by_label("Search")).to_have_value("trust")
    await orla.press("Save")
    await orla.sees_no_modal()
    assert bot.last("action")["actions"][0]["value"] == "trust"


async def test_a_type_ahead_list_is_walked_with_arrow_keys_and_closed_with_escape(
    orla: Tab, bot: TinyBot
) -> None:
    picker = field("Themes", "themes", "multi_static_select", options=OPTIONS, max_selected_items=1)
    await open_modal(orla, bot, modal("Draft", picker))
    box = orla.page.get_by_role("combobox", name="Themes")
    await box.press_sequentially("zz")
    await orla.sees("Nothing found.")
    await box.press("Escape")
    await orla.sees_no("Nothing found.")
    await orla.sees_modal("Draft")
    await box.fill("")
    await box.press("ArrowDown")
    await expect(orla.page.get_by_role("option", name="Trust")).to_be_visible()
    await box.press("ArrowDown")
    await orla.page.keyboard.press("ArrowDown")
    await orla.page.keyboard.press("Enter")
    await expect(orla.page.get_by_role("button", name="Remove Roles")).to_be_visible()
    await expect(box).to_be_focused()
    await box.press_sequentially("t")
    await orla.sees("You can choose at most 1.")
    await orla.press("Remove Roles")
    await orla.press("Save")
    await orla.sees_error("Themes", "required")
    assert bot.seen["submission"] == []


async def test_a_form_that_the_app_does_not_answer_says_so(orla: Tab, bot: TinyBot) -> None:
    async def stay_silent(**_: Any) -> None:
        """Never acknowledges."""

    bot.reactions["submission"] = stay_silent
    await open_modal(orla, bot, modal("Draft", ORLA_TITLE))
    await orla.fill("Title", "kept")
    await orla.press("Save")
    await expect(orla.dialog.get_by_role("alert").first).to_be_visible()
    await expect(orla.page.get_by_label("Title")).to_have_value("kept")


async def test_shortcuts_open_from_the_composer_and_from_a_message(orla: Tab, bot: TinyBot) -> None:
    async def open_view(ack: Any, body: Any, client: Any, **_: Any) -> None:
        await ack()
        text = body.get("message", {}).get("text", "nothing")
        view = modal("Shortcut", {"type": "section", "text": plain(f"From: {text}")}, submit=None)
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    bot.reactions["shortcut"] = bot.reactions["message_action"] = open_view
    await orla.pick_from_menu("Shortcuts", "Start")
    await orla.sees("From: nothing")
    await orla.page.keyboard.press("Escape")
    await orla.sees_no_modal()
    await orla.message("five different answers").hover()
    menu = "More actions for this message"
    await orla.pick_from_menu(menu, "Take", within=orla.message("five different answers"))
    await orla.sees("From: Could we agree what matters most")
