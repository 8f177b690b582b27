"""Refusals and surprises reach the person who caused them, in words, and Slack gets its 200."""

import logging
from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import UserError
from sandbox.limits import view_faults
from tests.slack import ANNA, CHANNEL, TEAM, Bot, Slack, shown_message, shown_view, words_of

SECRET_WORDS = "what somebody wrote about a family"
BUTTON = {
    "type": "actions",
    "block_id": "b",
    "elements": [
        {"type": "button", "text": {"type": "plain_text", "text": "Press"}, "action_id": "test.press"}
    ],
}
INPUT = {
    "type": "input",
    "block_id": "field",
    "label": {"type": "plain_text", "text": "Field"},
    "element": {"type": "plain_text_input", "action_id": "field"},
}


@pytest.fixture
def failing(bot: Bot) -> Bot:
    """The app with listeners that refuse, or fail, by the words they are given."""

    async def fail(body: dict[str, Any]) -> None:
        if "refuse" in str(body):
            raise UserError("Only <@U0BEN> may do this. Ask <!channel> & friends.")
        raise RuntimeError(SECRET_WORDS)

    async def call_slack(client: AsyncWebClient, ack: AsyncAck) -> None:
        await client.chat_postMessage(channel=CHANNEL, text="Hello")
        await ack()

    async def open_form(client: AsyncWebClient, body: dict[str, Any]) -> None:
        view = {"type": "modal", "title": {"type": "plain_text", "text": "Form"}, "blocks": []}
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    app: AsyncApp = bot.app

    async def call_nobody(client: AsyncWebClient) -> None:
        client.base_url = "http://127.0.0.1:9/"
        await client.auth_test()

    app.command("/away")(call_nobody)
    app.command("/open")(open_form)
    app.command("/fail")(fail)
    app.command("/post")(call_slack)
    app.action("test.press")(fail)
    app.view("test.form")(fail)
    app.shortcut("test.shortcut")(fail)
    return bot


async def test_a_surprise_gives_a_reference_that_the_log_has_without_anybodys_words(
    failing: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        answer = await failing.command("/fail")
    reference = answer["text"].rpartition("reference: ")[2]
    assert len(reference) == 8
    assert reference in caplog.text
    assert "RuntimeError" in caplog.text
    assert SECRET_WORDS not in caplog.text
    assert SECRET_WORDS not in str(answer)


async def test_a_refused_command_is_answered_privately_and_names_the_person(failing: Bot) -> None:
    answer = await failing.command("/fail", "refuse")
    assert answer["response_type"] == "ephemeral"
    assert "<@U0BEN>" in words_of(answer["blocks"])
    assert answer["text"] == "Only <@U0BEN> may do this. Ask &lt;!channel&gt; &amp; friends."
    assert "<!channel>" not in answer["text"]


async def test_a_refused_press_in_a_channel_is_told_to_that_person_only(failing: Bot, slack: Slack) -> None:
    await failing.press(shown_message({"blocks": [BUTTON]}, "refuse"), "Press")
    told = slack.last("response_url")
    assert told["response_type"] == "ephemeral"
    assert told["replace_original"] is False


async def test_a_refused_press_in_a_modal_comes_on_top_of_it(failing: Bot, slack: Slack) -> None:
    place = shown_view({"type": "modal", "blocks": [BUTTON], "private_metadata": "refuse"})
    await failing.press(place, "Press")
    view = slack.last("views.push")["view"]
    assert "may do this" in words_of(view["blocks"])
    assert view_faults(view) == []


async def test_on_a_full_stack_a_refused_press_takes_the_place_of_what_has_no_inputs(
    failing: Bot, slack: Slack
) -> None:
    stack = {"type": "modal", "private_metadata": "refuse", "root_view_id": "V1", "previous_view_id": "V2"}
    place = shown_view({**stack, "blocks": [BUTTON]})
    await failing.press(place, "Press")
    shown = slack.last("views.update")
    assert place.view is not None
    assert shown["view_id"] == place.view["id"]
    assert "may do this" in words_of(shown["view"]["blocks"])
    await failing.press(shown_view({**stack, "blocks": [BUTTON, INPUT]}), "Press")
    assert len(slack.called("views.update")) == 1  # what was typed would be lost


async def test_a_refused_press_in_app_home_opens_a_modal(failing: Bot, slack: Slack) -> None:
    place = shown_view({"type": "home", "blocks": [BUTTON], "private_metadata": "refuse"})
    await failing.press(place, "Press")
    assert "may do this" in words_of(slack.last("views.open")["view"]["blocks"])


async def test_a_refused_form_keeps_what_was_entered_below_the_words(failing: Bot) -> None:
    place = shown_view({"type": "modal", "callback_id": "test.form", "blocks": [INPUT]})
    answer = await failing.submit(place, {"field": "refuse"})
    assert answer["response_action"] == "push"
    assert "may do this" in words_of(answer["view"]["blocks"])


async def test_on_a_full_stack_a_refused_form_says_it_beside_a_field(failing: Bot) -> None:
    view = {"type": "modal", "callback_id": "test.form", "blocks": [INPUT]}
    place = shown_view({**view, "root_view_id": "V1", "previous_view_id": "V2"})
    answer = await failing.submit(place, {"field": "refuse"})
    assert answer["response_action"] == "errors"
    assert "may do this" in answer["errors"]["field"]


async def test_a_refused_shortcut_opens_a_modal(failing: Bot, slack: Slack) -> None:
    body = {
        "type": "shortcut",
        "callback_id": "test.shortcut",
        "trigger_id": "refuse",
        "user": {"id": ANNA.id, "team_id": TEAM},
        "team": {"id": TEAM},
    }
    assert (await failing.send(body)).status == 200
    assert "may do this" in words_of(slack.last("views.open")["view"]["blocks"])


async def test_a_channel_that_the_bot_is_not_in_is_explained(failing: Bot, slack: Slack) -> None:
    slack.refuse["chat.postMessage"] = "not_in_channel"
    answer = await failing.command("/post")
    assert "/invite @Common Ground" in answer["text"]


async def test_a_slack_that_cannot_be_reached_is_no_fault_of_ours(
    failing: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await failing.command("/away")
    assert "Slack did not answer Common Ground just now" in answer["text"]
    assert "Slack could not be reached" in caplog.text
    assert "Reference" not in caplog.text


async def test_a_form_that_slack_no_longer_opens_is_asked_for_again(
    failing: Bot, slack: Slack, caplog: pytest.LogCaptureFixture
) -> None:
    slack.refuse["views.open"] = "expired_trigger_id"
    answer = await failing.command("/open")
    assert "press it again" in answer["text"]
    assert "Reference" not in caplog.text


async def test_when_the_person_cannot_be_told_slack_still_gets_its_200(failing: Bot, slack: Slack) -> None:
    slack.refuse["views.push"] = "expired_trigger_id"
    place = shown_view({"type": "modal", "blocks": [BUTTON], "private_metadata": "refuse"})
    assert await failing.press(place, "Press") == {}


@pytest.mark.parametrize("action_id", ["unknown.action", "", "x" * 300])
async def test_a_button_that_nobody_handles_is_answered_and_not_an_error(
    bot: Bot, slack: Slack, action_id: str
) -> None:
    action = {"type": "button", "block_id": "b", "action_id": action_id, "value": "x"}
    await bot.act(shown_message({"blocks": [BUTTON]}), action)
    assert "older version" in words_of(slack.last("response_url")["blocks"])
