"""Buttons and menus in messages: the payload, its state, who may press, and trouble without an answer."""

from typing import Any

from sandbox.state import Message, MessagePlace, ViewPlace
from tests.sandbox.blocks import actions, asked, button, home, option, select, text_input
from tests.sandbox.conftest import DEV, ORLA, PRIVATE, SHARED, ZOFIA, Engine

Json = dict[str, Any]


async def posted(engine: Engine, *blocks: Json, channel: str = SHARED, **more: Any) -> Message:
    answer = await engine.client.chat_postMessage(channel=channel, text="t", blocks=list(blocks), **more)
    message = engine.workspace.message(channel, answer["ts"])
    assert message is not None
    return message


def place(message: Message) -> MessagePlace:
    return MessagePlace(message.channel_id, message.ts)


async def test_a_press_tells_all_that_slack_tells(either_engine: Engine) -> None:
    engine = either_engine
    message = await posted(engine, actions(button(value="7")) | {"block_id": "b"})
    assert await engine.acts.press(ORLA, place(message), "b", "go") is None
    body = engine.bot.last("action")
    [action] = body["actions"]
    assert (action["type"], action["block_id"], action["action_id"], action["value"]) == (
        "button",
        "b",
        "go",
        "7",
    )
    assert body["team"] == {"id": "T0MARLBROOK", "domain": "marlbrook-together"}
    assert (body["user"]["id"], body["user"]["team_id"]) == (ORLA, "T0MARLBROOK")
    assert body["enterprise"] is None
    assert body["is_enterprise_install"] is False
    assert body["container"] == {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": SHARED,
        "is_ephemeral": False,
    }
    assert body["channel"] == {"id": SHARED, "name": "marlbrook-partnership"}
    assert body["message"]["ts"] == message.ts
    assert body["message"]["blocks"][0]["block_id"] == "b"
    assert body["state"] == {"values": {}}
    assert body["response_url"]
    assert body["trigger_id"]


async def test_people_from_elsewhere_press_as_themselves(engine: Engine) -> None:
    message = await posted(engine, actions(button()) | {"block_id": "b"})
    assert await engine.acts.press(ZOFIA, place(message), "b", "go") is None
    body = engine.bot.last("action")
    assert body["team"]["id"] == "T0MARLBROOK"
    assert body["user"]["team_id"] == "T0FERNLEIGH"
    view = {
        "type": "modal",
        "callback_id": "form",
        "title": {"type": "plain_text", "text": "T"},
        "blocks": [],
    }
    await engine.client.views_open(trigger_id=body["trigger_id"], view=view)
    modal = engine.workspace.open_modal(ZOFIA)
    assert modal is not None
    assert await engine.acts.submit(ZOFIA, modal.id) == {}
    submitted = engine.bot.last("submission")
    assert submitted["view"]["app_installed_team_id"] == "T0MARLBROOK"
    assert submitted["user"]["team_id"] == "T0FERNLEIGH"


async def test_the_state_holds_every_element_and_each_person_has_their_own(engine: Engine) -> None:
    choices = [option("One", "1"), option("Two", "2")]
    message = await posted(
        engine,
        actions(select("radio_buttons", options=choices, initial_option=choices[0])) | {"block_id": "r"},
        asked(text_input(), block_id="words"),
        actions(button()) | {"block_id": "b"},
    )
    await engine.acts.set_input(ORLA, place(message), "words", "t", "mine")
    assert engine.bot.seen["action"] == []
    await engine.acts.press(ORLA, place(message), "r", "s", "2")
    assert engine.bot.last("action")["actions"][0]["selected_option"]["value"] == "2"
    await engine.acts.press(ORLA, place(message), "b", "go")
    values = engine.bot.last("action")["state"]["values"]
    assert values["r"]["s"]["selected_option"]["value"] == "2"
    assert values["words"]["t"]["value"] == "mine"
    await engine.acts.press(DEV, place(message), "b", "go")
    values = engine.bot.last("action")["state"]["values"]
    assert values["r"]["s"]["selected_option"]["value"] == "1"
    assert values["words"]["t"]["value"] is None


async def test_every_kind_of_choice_is_told_in_its_own_words(engine: Engine) -> None:
    choices = [option("One", "1"), option("Two", "2")]
    message = await posted(
        engine,
        actions(
            select("checkboxes", options=choices) | {"action_id": "boxes"},
            select("overflow", options=choices) | {"action_id": "menu"},
            select("multi_static_select", options=choices) | {"action_id": "several"},
            select("users_select") | {"action_id": "person"},
            select("channels_select") | {"action_id": "channel"},
            select("conversations_select") | {"action_id": "talk"},
            select("datepicker") | {"action_id": "date"},
            select("timepicker") | {"action_id": "time"},
            select("datetimepicker") | {"action_id": "moment"},
        )
        | {"block_id": "b"},
    )

    async def told(action_id: str, value: Any) -> Json:
        assert await engine.acts.press(ORLA, place(message), "b", action_id, value) is None
        action: Json = engine.bot.last("action")["actions"][0]
        return action

    assert [o["value"] for o in (await told("boxes", ["1", "2"]))["selected_options"]] == ["1", "2"]
    assert (await told("boxes", []))["selected_options"] == []
    assert (await told("menu", "2"))["selected_option"]["value"] == "2"
    assert [o["value"] for o in (await told("several", ["2"]))["selected_options"]] == ["2"]
    assert (await told("person", DEV))["selected_user"] == DEV
    assert (await told("channel", SHARED))["selected_channel"] == SHARED
    assert (await told("talk", PRIVATE))["selected_conversation"] == PRIVATE
    assert (await told("date", "2026-01-02"))["selected_date"] == "2026-01-02"
    assert (await told("time", "09:30"))["selected_time"] == "09:30"
    assert (await told("moment", 1_800_000_000))["selected_date_time"] == 1_800_000_000


async def test_a_choice_not_offered_is_refused(engine: Engine) -> None:
    message = await posted(engine, actions(select(options=[option()])) | {"block_id": "b"})
    words = "This is no longer here. It may have been changed or removed."
    assert await engine.acts.press(ORLA, place(message), "b", "s", "forged") == words
    assert await engine.acts.press(ORLA, place(message), "b", "elsewhere") == words
    assert engine.bot.seen["action"] == []


async def test_what_one_cannot_see_one_cannot_press(engine: Engine) -> None:
    message = await posted(engine, actions(button()) | {"block_id": "b"}, channel=PRIVATE)
    words = "This is no longer here. It may have been changed or removed."
    assert await engine.acts.press(DEV, place(message), "b", "go") == words
    await engine.client.chat_delete(channel=PRIVATE, ts=message.ts)
    assert await engine.acts.press(ORLA, place(message), "b", "go") == words
    assert engine.bot.seen["action"] == []


async def test_of_an_ephemeral_message_the_contents_are_not_told(engine: Engine) -> None:
    answer = await engine.client.chat_postEphemeral(
        channel=SHARED, user=ORLA, text="t", blocks=[actions(button()) | {"block_id": "b"}]
    )
    where = MessagePlace(SHARED, answer["message_ts"])
    assert await engine.acts.press(DEV, where, "b", "go") is not None
    assert await engine.acts.press(ORLA, where, "b", "go") is None
    body = engine.bot.last("action")
    assert body["container"]["is_ephemeral"] is True
    assert "message" not in body


async def test_a_response_url_can_replace_and_delete_what_was_pressed(engine: Engine) -> None:
    answer = await engine.client.chat_postEphemeral(
        channel=SHARED, user=ORLA, text="t", blocks=[actions(button()) | {"block_id": "b"}]
    )
    where = MessagePlace(SHARED, answer["message_ts"])

    async def replace(ack: Any, respond: Any, **_: Any) -> None:
        await ack()
        await respond(text="Replaced", replace_original=True)

    async def delete(ack: Any, respond: Any, **_: Any) -> None:
        await ack()
        await respond(delete_original=True)

    engine.bot.reactions["action"] = replace
    await engine.acts.press(ORLA, where, "b", "go")
    replaced = engine.workspace.message(SHARED, where.ts)
    assert replaced is not None
    assert (replaced.text, replaced.blocks, replaced.ephemeral_to) == ("Replaced", [], ORLA)
    message = await posted(engine, actions(button()) | {"block_id": "b"})
    engine.bot.reactions["action"] = delete
    await engine.acts.press(ORLA, place(message), "b", "go")
    assert engine.workspace.message(SHARED, message.ts) is None


async def test_without_an_answer_only_that_person_sees_the_trouble(either_engine: Engine) -> None:
    engine = either_engine

    async def fail(**_: Any) -> None:
        raise RuntimeError("on purpose")

    engine.bot.reactions["action"] = fail
    message = await posted(engine, actions(button()) | {"block_id": "b"})
    words = "We had some trouble connecting. Try again?"
    assert await engine.acts.press(ORLA, place(message), "b", "go") == words
    assert message.trouble == {ORLA: words}
    del engine.bot.reactions["action"]
    assert await engine.acts.press(ORLA, place(message), "b", "go") is None
    assert message.trouble == {}


async def test_a_press_while_no_app_is_there_is_told_at_once(unconnected: Engine) -> None:
    message = await posted(unconnected, actions(button()) | {"block_id": "b"})
    words = await unconnected.acts.press(ORLA, place(message), "b", "go")
    assert words == "We had some trouble connecting. Try again?"


async def test_an_input_tells_the_app_only_when_it_dispatches(engine: Engine) -> None:
    eager = {"trigger_actions_on": ["on_character_entered"]}
    blocks = [
        asked(text_input(), block_id="quiet"),
        asked(text_input(), block_id="enter", dispatch_action=True),
        asked(text_input(dispatch_action_config=eager), block_id="eager", dispatch_action=True),
        asked(select(options=[option()]), block_id="menu", dispatch_action=True),
    ]
    await engine.client.views_publish(user_id=ORLA, view=home(*blocks))
    where = ViewPlace(engine.workspace.homes[ORLA].id)
    await engine.acts.set_input(ORLA, where, "quiet", "t", "a")
    await engine.acts.set_input(ORLA, where, "enter", "t", "b")
    assert engine.bot.seen["action"] == []
    await engine.acts.set_input(ORLA, where, "eager", "t", "c")
    assert engine.bot.last("action")["actions"][0]["value"] == "c"
    await engine.acts.set_input(ORLA, where, "menu", "s", "a")
    assert engine.bot.last("action")["actions"][0]["selected_option"]["value"] == "a"
    await engine.acts.press(ORLA, where, "enter", "t", "b")
    values = engine.bot.last("action")["view"]["state"]["values"]
    assert [values[name]["t"]["value"] for name in ("quiet", "enter", "eager")] == ["a", "b", "c"]


async def test_suggestions_come_from_the_app_and_only_they_can_be_chosen(engine: Engine) -> None:
    async def suggest(ack: Any, body: Json, **_: Any) -> None:
        await ack(options=[option(f"Found {body['value']}", "found")])

    engine.bot.reactions["options"] = suggest
    message = await posted(engine, actions(select("external_select")) | {"block_id": "b"})
    assert await engine.acts.press(ORLA, place(message), "b", "s", "found") is not None
    assert await engine.acts.suggest(ORLA, place(message), "b", "s", "tr") == {"options": []}
    assert engine.bot.seen["options"] == []
    answer = await engine.acts.suggest(ORLA, place(message), "b", "s", "trust")
    assert answer["options"][0]["text"]["text"] == "Found trust"
    body = engine.bot.last("options")
    assert (body["type"], body["block_id"], body["action_id"]) == ("block_suggestion", "b", "s")
    assert "trigger_id" not in body
    assert await engine.acts.press(ORLA, place(message), "b", "s", "found") is None
    assert engine.bot.last("action")["actions"][0]["selected_option"]["value"] == "found"


async def test_suggestions_slack_would_not_show_are_none(engine: Engine) -> None:
    message = await posted(engine, actions(select("external_select", min_query_length=0)) | {"block_id": "b"})

    async def too_many(ack: Any, **_: Any) -> None:
        await ack(options=[option(value=str(number)) for number in range(101)])

    engine.bot.reactions["options"] = too_many
    assert await engine.acts.suggest(ORLA, place(message), "b", "s", "") == {"options": []}
    assert len(engine.bot.seen["options"]) == 1


async def test_a_file_input_holds_files_the_app_can_fetch(engine: Engine) -> None:
    await engine.acts.run_command(ORLA, SHARED, "/tiny")
    view = {
        "type": "modal",
        "callback_id": "form",
        "title": {"type": "plain_text", "text": "T"},
        "submit": {"type": "plain_text", "text": "Send"},
        "blocks": [asked({"type": "file_input", "action_id": "f"}, block_id="files")],
    }
    await engine.client.views_open(trigger_id=engine.bot.last("command")["trigger_id"], view=view)
    modal = engine.workspace.open_modal(ORLA)
    assert modal is not None
    file_id = await engine.acts.upload(ORLA, "plan.txt", b"The plan")
    await engine.acts.set_input(ORLA, ViewPlace(modal.id), "files", "f", [file_id])
    assert await engine.acts.submit(ORLA, modal.id) == {}
    [file] = engine.bot.last("submission")["view"]["state"]["values"]["files"]["f"]["files"]
    assert (file["name"], file["size"], file["mimetype"]) == ("plan.txt", 8, "text/plain")
