"""Where a panel comes up: in a modal, over App Home, in place of a private message, beside a public one."""

from typing import Any

import pytest
from slack_bolt.async_app import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import MESSAGE_TEXT, paragraphs, plain, section
from bot.panels import Panel, panel_message, panel_modal, show_panel
from tests.slack import BOT_TOKEN, CHANNEL, Call, Slack

PANEL = Panel("A title of more than 24 characters", [section(plain("Hello"))], "Hello", metadata="id-1")


async def shown(slack: Slack, body: dict[str, Any]) -> list[Call]:
    """What Slack is asked for when the panel is shown for this press."""
    client = AsyncWebClient(token=BOT_TOKEN, base_url=slack.api_url)
    respond = AsyncRespond(response_url=body.get("response_url"))
    await show_panel(PANEL, {"trigger_id": "1.2", **body}, client, respond)
    return slack.calls


def pressed_message(slack: Slack, **more: Any) -> dict[str, Any]:
    return {"response_url": slack.response_url(), "channel": {"id": CHANNEL}, **more}


async def test_in_a_modal_it_takes_the_place_of_what_was_there(slack: Slack) -> None:
    calls = await shown(slack, {"view": {"type": "modal", "id": "V1"}})
    assert [(call.method, call.arguments["view_id"]) for call in calls] == [("views.update", "V1")]


async def test_over_app_home_it_opens_a_modal(slack: Slack) -> None:
    calls = await shown(slack, {"view": {"type": "home", "id": "V1"}})
    assert [(call.method, call.arguments["trigger_id"]) for call in calls] == [("views.open", "1.2")]


async def test_a_shortcut_without_a_message_opens_a_modal(slack: Slack) -> None:
    calls = await shown(slack, {"type": "shortcut"})
    assert [call.method for call in calls] == ["views.open"]


async def test_in_a_private_message_it_takes_its_place(slack: Slack) -> None:
    body = pressed_message(slack, container={"is_ephemeral": True})
    (call,) = await shown(slack, body)
    assert call.method == "response_url"
    assert call.arguments["replace_original"] is True
    assert call.arguments["response_type"] == "ephemeral"


async def test_beside_a_message_that_others_see_it_is_private(slack: Slack) -> None:
    body = pressed_message(slack, container={"is_ephemeral": False}, message={"ts": "1.0"})
    (call,) = await shown(slack, body)
    assert call.arguments["replace_original"] is False
    assert call.arguments["response_type"] == "ephemeral"
    assert "thread_ts" not in call.arguments


@pytest.mark.parametrize(("thread_ts", "expected"), [("0.5", "0.5"), ("1.0", None)])
async def test_in_a_thread_it_comes_up_in_the_thread_except_at_its_head(
    slack: Slack, thread_ts: str, expected: str | None
) -> None:
    message = {"ts": "1.0", "thread_ts": thread_ts}
    (call,) = await shown(slack, pressed_message(slack, message=message))
    assert call.arguments.get("thread_ts") == expected


def test_a_modal_has_a_short_title_a_way_out_and_its_metadata() -> None:
    view = panel_modal(PANEL)
    assert view["title"]["text"] == "A title of more than 24…"
    assert view["close"]["text"] == "Close"
    assert view["private_metadata"] == "id-1"
    assert "submit" not in view


def test_the_text_of_a_message_is_never_markup_and_never_endless() -> None:
    message = panel_message(Panel("T", paragraphs("x"), "<!channel> & <@U1> " + "x" * 5_000))
    assert message["text"].startswith("&lt;!channel&gt; &amp; &lt;@U1&gt; ")
    assert message["text"].endswith("…")
    assert len(message["text"]) < MESSAGE_TEXT + 50
    assert message["unfurl_links"] is False
