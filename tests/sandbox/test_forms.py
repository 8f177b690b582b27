"""Forms: what is filled in and when it is kept, the answers to a submission, and closing."""

from typing import Any

import pytest

from sandbox.state import ViewPlace
from tests.sandbox.blocks import Json, asked, option, section, select, text_input
from tests.sandbox.conftest import ORLA, SHARED, Engine
from tests.sandbox.modals import a_button, fill, form, ids_of, opened, question, visible

# Submitting


async def test_the_app_gets_everything_filled_in(engine: Engine) -> None:
    choices = [option("One", "1"), option("Two", "2")]
    view = await opened(
        engine,
        form(
            question("name"),
            asked(select("checkboxes", options=choices, initial_options=choices[:1]), block_id="some"),
            asked(select("static_select", options=choices), block_id="one"),
            asked(select("users_select"), block_id="who"),
            asked(select("datetimepicker"), block_id="when"),
            asked(select("conversations_select", default_to_current_conversation=True), block_id="where"),
            asked(text_input(), block_id="left", optional=True),
            private_metadata="meta",
        ),
    )
    await fill(engine, view, "name", "t", "A & B <b>")
    await fill(engine, view, "one", "s", "2")
    await fill(engine, view, "who", "s", ORLA)
    await fill(engine, view, "when", "s", 1_800_000_000)
    assert await engine.acts.submit(ORLA, view.id) == {}
    body = engine.bot.last("submission")
    values = body["view"]["state"]["values"]
    assert values["name"]["t"] == {"type": "plain_text_input", "value": "A & B <b>"}
    assert [chosen["value"] for chosen in values["some"]["s"]["selected_options"]] == ["1"]
    assert values["one"]["s"]["selected_option"]["text"]["text"] == "Two"
    assert values["who"]["s"]["selected_user"] == ORLA
    assert values["when"]["s"]["selected_date_time"] == 1_800_000_000
    assert values["where"]["s"]["selected_conversation"] == SHARED
    assert values["left"]["t"]["value"] is None
    assert body["view"]["private_metadata"] == "meta"
    assert "channel" not in body
    assert engine.workspace.open_modal(ORLA) is None


async def test_the_client_asks_for_what_is_missing_first(engine: Engine) -> None:
    view = await opened(
        engine,
        form(
            question("name"),
            question("long", max_length=3),
            question("short", min_length=5),
            asked(select("email_text_input"), block_id="mail"),
            asked(select("number_input", is_decimal_allowed=False, max_value="9"), block_id="number"),
            asked(select("multi_users_select", max_selected_items=1), block_id="people"),
        ),
    )
    await fill(engine, view, "long", "t", "four")
    await fill(engine, view, "short", "t", "four")
    await fill(engine, view, "mail", "s", "not an address")
    await fill(engine, view, "number", "s", "1.5")
    await fill(engine, view, "people", "s", [ORLA, "U0DEVSINGHA"])
    errors = await engine.acts.submit(ORLA, view.id)
    assert errors == {
        "name": "Please complete this required field.",
        "long": "Please use no more than 3 characters.",
        "short": "Please use at least 5 characters.",
        "mail": "Please enter a valid email address.",
        "number": "Please enter a whole number.",
        "people": "Please choose no more than 1.",
    }
    assert view.errors == errors
    assert engine.bot.seen["submission"] == []
    await fill(engine, view, "name", "t", "typed")
    assert "name" not in view.errors


async def test_errors_from_the_app_stand_beside_their_inputs(engine: Engine) -> None:
    async def refuse(ack: Any, **_: Any) -> None:
        await ack(response_action="errors", errors={"name": "Too short", "heading": "Never drawn"})

    engine.bot.reactions["submission"] = refuse
    view = await opened(engine, form(section(block_id="heading"), question("name")))
    await fill(engine, view, "name", "t", "x")
    assert await engine.acts.submit(ORLA, view.id) == {"name": "Too short"}
    assert visible(engine).errors == {"name": "Too short"}


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"nowhere": "x"}},
        {"response_action": "dance"},
        {"response_action": "update", "view": {"type": "modal", "blocks": []}},
        {"response_action": "push"},
    ],
)
async def test_an_answer_slack_cannot_use_shows_trouble_and_keeps_the_form(
    engine: Engine, answer: Json
) -> None:
    async def answer_so(ack: Any, **_: Any) -> None:
        await ack(answer)

    engine.bot.reactions["submission"] = answer_so
    view = await opened(engine, form(question("name")))
    await fill(engine, view, "name", "t", "typed")
    words = "We had some trouble connecting. Try again?"
    assert await engine.acts.submit(ORLA, view.id) == {"": words}
    assert visible(engine).trouble == words
    assert visible(engine).values["name"]["t"]["value"] == "typed"


async def test_an_answer_can_update_push_and_clear(engine: Engine) -> None:
    view = await opened(engine, form(question("name")))
    await fill(engine, view, "name", "t", "typed")

    async def update(ack: Any, **_: Any) -> None:
        await ack(response_action="update", view=form(section("updated"), question("name")))

    async def push(ack: Any, **_: Any) -> None:
        await ack(response_action="push", view=form(section("pushed")))

    async def clear(ack: Any, **_: Any) -> None:
        await ack(response_action="clear")

    engine.bot.reactions["submission"] = update
    assert await engine.acts.submit(ORLA, view.id) == {}
    assert visible(engine).id == view.id
    assert visible(engine).values["name"]["t"]["value"] == "typed"
    engine.bot.reactions["submission"] = push
    await engine.acts.submit(ORLA, view.id)
    pushed = visible(engine)
    assert (pushed.previous_view_id, pushed.root_view_id) == (view.id, view.id)
    engine.bot.reactions["submission"] = clear
    await engine.acts.submit(ORLA, pushed.id)
    assert engine.workspace.open_modal(ORLA) is None


async def test_a_form_the_app_does_not_answer_stays_open(engine: Engine) -> None:
    async def stay_silent(**_: Any) -> None:
        """Never acknowledges."""

    engine.bot.reactions["submission"] = stay_silent
    view = await opened(engine, form(question("name")))
    await fill(engine, view, "name", "t", "typed")
    words = "We had some trouble connecting. Try again?"
    assert await engine.acts.submit(ORLA, view.id) == {"": words}
    assert visible(engine).trouble == words
    assert visible(engine).values["name"]["t"]["value"] == "typed"


async def test_only_the_form_on_top_can_be_sent(engine: Engine) -> None:
    view = await opened(engine, form(section()))
    await opened(engine, form(section()))
    assert await engine.acts.submit(ORLA, view.id) == {"": "This form is no longer open."}
    assert await engine.acts.submit("U0DEVSINGHA", visible(engine).id) == {"": "This form is no longer open."}


async def test_a_chosen_conversation_comes_with_a_response_url(engine: Engine) -> None:
    chooser = select("conversations_select", response_url_enabled=True)
    view = await opened(engine, form(asked(chooser, block_id="where")))
    await fill(engine, view, "where", "s", SHARED)
    await engine.acts.submit(ORLA, view.id)
    [given] = engine.bot.last("submission")["response_urls"]
    assert (given["block_id"], given["action_id"], given["channel_id"]) == ("where", "s", SHARED)


# Closing


async def test_closing_does_not_tell_what_was_typed(engine: Engine) -> None:
    view = await opened(
        engine,
        form(
            question("name"),
            section(block_id="choice", accessory=select(options=[option()])),
            notify_on_close=True,
        ),
    )
    await fill(engine, view, "name", "t", "typed")
    await engine.acts.press(ORLA, ViewPlace(view.id), "choice", "s", "a")
    await engine.acts.close(ORLA, view.id)
    body = engine.bot.last("closed")
    assert list(body["view"]["state"]["values"]) == ["choice"]
    assert body["is_cleared"] is False
    assert engine.workspace.open_modal(ORLA) is None


async def test_the_cross_closes_the_stack_and_names_its_root(engine: Engine) -> None:
    view = await opened(engine, form(section(accessory=a_button()), notify_on_close=True))
    await engine.acts.press(ORLA, ViewPlace(view.id), *ids_of(view))
    trigger_id = engine.bot.last("action")["trigger_id"]
    await engine.client.views_push(trigger_id=trigger_id, view=form(section()))
    await engine.acts.close(ORLA, visible(engine).id, all=True)
    assert engine.bot.last("closed")["view"]["id"] == view.id
    assert engine.bot.last("closed")["is_cleared"] is True
    assert engine.workspace.open_modal(ORLA) is None


async def test_an_app_that_did_not_ask_hears_nothing_of_closing(engine: Engine) -> None:
    view = await opened(engine, form(section()))
    await engine.acts.close(ORLA, view.id)
    assert engine.bot.seen["closed"] == []
