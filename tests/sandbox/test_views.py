"""Views: triggers, the stack of modals, updates, and App Home."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from sandbox.state import ViewPlace
from tests.sandbox.blocks import Json, asked, plain, section, text_input
from tests.sandbox.conftest import ORLA, Engine
from tests.sandbox.modals import a_button, fill, form, ids_of, opened, question, refusal, trigger, visible

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
    view = await opened(engine, form(section(accessory=a_button()), external_id="first"))
    for name in ("second", "third"):
        await engine.acts.press(ORLA, ViewPlace(view.id), *ids_of(view))
        trigger_id = engine.bot.last("action")["trigger_id"]
        content = form(section(accessory=a_button()), external_id=name)
        await engine.client.views_push(trigger_id=trigger_id, view=content)
        view = visible(engine)
    assert [held.content["external_id"] for held in engine.workspace.modals[ORLA]] == [
        "first",
        "second",
        "third",
    ]
    await engine.acts.press(ORLA, ViewPlace(view.id), *ids_of(view))
    trigger_id = engine.bot.last("action")["trigger_id"]
    assert await refusal(engine.client.views_push(trigger_id=trigger_id, view=form(section()))) == (
        "push_limit_reached"
    )


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


# Home


async def test_a_home_is_published_updated_and_guarded_by_its_hash(engine: Engine) -> None:
    async def publish(ack: Any, body: Json, client: Any, **_: Any) -> None:
        await ack()
        home = {"type": "home", "blocks": [section("Welcome", accessory=a_button())]}
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
    await engine.acts.press(ORLA, ViewPlace(home.id), *ids_of(home))
    assert engine.bot.last("action")["container"] == {"type": "view", "view_id": home.id}
