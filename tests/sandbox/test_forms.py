"""Modals: triggers, stacks, what is filled in and when it is kept, and the answers to a submission."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from sandbox.state import View, ViewPlace
from tests.sandbox.conftest import ORLA, SHARED, Engine
from tests.sandbox.test_limits import asked, modal, option, plain, section, select, text_input

Json = dict[str, Any]


def form(*blocks: Json, **more: Any) -> Json:
    return modal(*blocks, callback_id="form", **more)


def question(block_id: str = "name", **more: Any) -> Json:
    return asked(text_input(**more), block_id=block_id)


async def trigger(engine: Engine) -> str:
    """A fresh trigger id, from a command."""
    await engine.acts.run_command(ORLA, SHARED, "/tiny")
    return str(engine.bot.last("command")["trigger_id"])


async def opened(engine: Engine, content: Json) -> View:
    await engine.client.views_open(trigger_id=await trigger(engine), view=content)
    return visible(engine)


def visible(engine: Engine) -> View:
    view = engine.workspace.open_modal(ORLA)
    assert view is not None
    return view


async def refusal(call: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])


async def fill(engine: Engine, view: View, block_id: str, action_id: str, value: Any) -> None:
    assert await engine.acts.set_input(ORLA, ViewPlace(view.id), block_id, action_id, value) is None


# Triggers


async def test_a_trigger_opens_one_modal(engine: Engine) -> None:
    trigger_id = await trigger(engine)
    await engine.client.views_open(trigger_id=trigger_id, view=form(section()))
    assert await refusal(engine.client.views_open(trigger_id=trigger_id, view=form(section()))) == (
        "trigger_exchanged"
    )


async def test_a_trigger_lives_three_seconds(engine: Engine) -> None:
    trigger_id = await trigger(engine)
    engine.clock.ahead += 3.5
    assert await refusal(engine.client.views_open(trigger_id=trigger_id, view=form(section()))) == (
        "trigger_expired"
    )
    assert engine.workspace.open_modal(ORLA) is None


async def test_an_invented_trigger_opens_nothing(engine: Engine) -> None:
    assert await refusal(engine.client.views_open(trigger_id="1.2.3", view=form(section()))) == (
        "invalid_trigger_id"
    )


async def test_a_refused_view_does_not_use_the_trigger_up(engine: Engine) -> None:
    trigger_id = await trigger(engine)
    bad = form(section(), title=plain("x" * 25))
    with pytest.raises(SlackApiError) as caught:
        await engine.client.views_open(trigger_id=trigger_id, view=bad)
    assert caught.value.response["error"] == "invalid_arguments"
    assert caught.value.response["response_metadata"]["messages"] == [
        "[ERROR] must be less than 25 characters [json-pointer:/view/title/text]"
    ]
    await engine.client.views_open(trigger_id=trigger_id, view=form(section()))


# The stack


async def test_three_modals_are_the_deepest_stack(engine: Engine) -> None:
    view = await opened(engine, form(section(accessory=_button()), external_id="first"))
    for name in ("second", "third"):
        await engine.acts.press(ORLA, ViewPlace(view.id), *_ids(view))
        trigger_id = engine.bot.last("action")["trigger_id"]
        content = form(section(accessory=_button()), external_id=name)
        await engine.client.views_push(trigger_id=trigger_id, view=content)
        view = visible(engine)
    assert [held.content["external_id"] for held in engine.workspace.modals[ORLA]] == [
        "first",
        "second",
        "third",
    ]
    await engine.acts.press(ORLA, ViewPlace(view.id), *_ids(view))
    trigger_id = engine.bot.last("action")["trigger_id"]
    assert await refusal(engine.client.views_push(trigger_id=trigger_id, view=form(section()))) == (
        "push_limit_reached"
    )


def _button() -> Json:
    return {"type": "button", "text": plain("Go"), "action_id": "go", "value": "v"}


def _ids(view: View) -> tuple[str, str]:
    return view.blocks[0]["block_id"], "go"


async def test_a_push_needs_a_trigger_from_inside_a_modal(engine: Engine) -> None:
    await opened(engine, form(section()))
    call = engine.client.views_push(trigger_id=await trigger(engine), view=form(section()))
    assert await refusal(call) == "invalid_trigger_id"


async def test_two_views_cannot_share_an_external_id(engine: Engine) -> None:
    await opened(engine, form(section(), external_id="one"))
    call = engine.client.views_open(trigger_id=await trigger(engine), view=form(section(), external_id="one"))
    assert await refusal(call) == "duplicate_external_id"


# Updates


async def test_typed_words_stay_where_both_ids_stay(engine: Engine) -> None:
    view = await opened(engine, form(question("kept"), question("renamed"), question("other_action")))
    for block_id in ("kept", "renamed", "other_action"):
        await fill(engine, view, block_id, "t", "typed")
    content = form(
        question("kept", initial_value="from the app"),
        question("renamed-2", initial_value="from the app"),
        asked(text_input(initial_value="from the app") | {"action_id": "t2"}, block_id="other_action"),
    )
    await engine.client.views_update(view_id=view.id, view=content)
    assert view.values["kept"]["t"]["value"] == "typed"
    assert view.values["renamed-2"]["t"]["value"] == "from the app"
    assert view.values["other_action"]["t2"]["value"] == "from the app"
    assert "renamed" not in view.values


async def test_another_kind_of_element_starts_anew(engine: Engine) -> None:
    view = await opened(engine, form(question("b")))
    await fill(engine, view, "b", "t", "typed")
    picker = {"type": "datepicker", "action_id": "t", "initial_date": "2026-01-02"}
    await engine.client.views_update(view_id=view.id, view=form(asked(picker, block_id="b")))
    assert view.values["b"]["t"] == {"type": "datepicker", "selected_date": "2026-01-02"}


async def test_an_old_hash_is_a_conflict(engine: Engine) -> None:
    view = await opened(engine, form(section("first")))
    first_hash = view.hash
    await engine.client.views_update(view_id=view.id, view=form(section("second")), hash=first_hash)
    assert view.hash != first_hash
    call = engine.client.views_update(view_id=view.id, view=form(section("third")), hash=first_hash)
    assert await refusal(call) == "hash_conflict"
    assert view.blocks[0]["text"]["text"] == "second"


async def test_a_closed_view_cannot_be_updated(engine: Engine) -> None:
    view = await opened(engine, form(section(), external_id="x"))
    await engine.acts.close(ORLA, view.id)
    assert await refusal(engine.client.views_update(view_id=view.id, view=form(section()))) == "not_found"
    assert await refusal(engine.client.views_update(external_id="x", view=form(section()))) == "not_found"


async def test_a_view_over_250_kilobytes_is_refused(engine: Engine) -> None:
    blocks = [section("x" * 2900) for _ in range(90)]
    call = engine.client.views_open(trigger_id=await trigger(engine), view=form(*blocks))
    assert await refusal(call) == "view_too_large"


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
    view = await opened(engine, form(section(accessory=_button()), notify_on_close=True))
    await engine.acts.press(ORLA, ViewPlace(view.id), *_ids(view))
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


# Home


async def test_a_home_is_published_updated_and_guarded_by_its_hash(engine: Engine) -> None:
    async def publish(ack: Any, body: Json, client: Any, **_: Any) -> None:
        await ack()
        home = {"type": "home", "blocks": [section("Welcome", accessory=_button())]}
        await client.views_publish(user_id=body["event"]["user"], view=home)

    engine.bot.reactions["app_home_opened"] = publish
    assert await engine.acts.open_home(ORLA) is None
    home = engine.workspace.homes[ORLA]
    assert home.blocks[0]["text"]["text"] == "Welcome"
    assert "view" not in engine.bot.last("app_home_opened")["event"]
    first_hash = home.hash
    await engine.acts.open_home(ORLA)
    assert engine.bot.last("app_home_opened")["event"]["view"]["id"] == home.id
    call = engine.client.views_publish(user_id=ORLA, view={"type": "home", "blocks": []}, hash=first_hash)
    assert await refusal(call) == "hash_conflict"
    await engine.acts.press(ORLA, ViewPlace(home.id), *_ids(home))
    assert engine.bot.last("action")["container"] == {"type": "view", "view_id": home.id}
