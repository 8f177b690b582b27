"""Mentions and direct messages: the same answers as the command, each once."""

import pytest

from tests.slack import (
    BOT_USER,
    CHANNEL,
    DIRECT_MESSAGE,
    PIA,
    Bot,
    Slack,
    labels_of,
    mention_event,
    message_event,
    shown_message,
    words_of,
)

QUESTION = "we do not trust each other"


async def test_a_mention_is_answered_in_its_thread_as_the_command_answers(bot: Bot, slack: Slack) -> None:
    await bot.event(mention_event(QUESTION, ts="1700000009.000001"))
    posted = slack.last("chat.postMessage")
    assert posted["channel"] == CHANNEL
    assert posted["thread_ts"] == "1700000009.000001"
    command = await bot.command("/strategies", QUESTION)
    assert posted["text"] == command["text"]
    assert words_of(posted["blocks"]) == words_of(command["blocks"])


async def test_a_mention_in_a_thread_is_answered_in_that_thread(bot: Bot, slack: Slack) -> None:
    await bot.event(mention_event(QUESTION, thread_ts="1700000000.000001"))
    assert slack.last("chat.postMessage")["thread_ts"] == "1700000000.000001"


async def test_a_press_on_an_answer_in_a_thread_is_answered_there_in_private(bot: Bot, slack: Slack) -> None:
    await bot.event(mention_event(QUESTION, thread_ts="1700000000.000001"))
    await bot.press(shown_message(slack.last("chat.postMessage")), "Show", PIA)
    shown = slack.last("response_url")
    assert shown["response_type"] == "ephemeral"
    assert shown["replace_original"] is False
    assert shown["thread_ts"] == "1700000000.000001"
    assert "Id:" in words_of(shown["blocks"])


async def test_a_card_that_everybody_sees_offers_more_like_it(bot: Bot, slack: Slack) -> None:
    await bot.event(mention_event("trust-2"))
    posted = slack.last("chat.postMessage")
    assert labels_of(posted["blocks"]) == ["More like this", "Save"]
    await bot.press(shown_message(posted), "More like this", PIA)
    assert "Related to “" in words_of(slack.last("response_url")["blocks"])


async def test_a_direct_message_is_answered_below_it(bot: Bot, slack: Slack) -> None:
    await bot.event(message_event(QUESTION))
    posted = slack.last("chat.postMessage")
    assert posted["channel"] == DIRECT_MESSAGE
    assert "thread_ts" not in posted
    command = await bot.command("/strategies", QUESTION)
    assert words_of(posted["blocks"]) == words_of(command["blocks"])


async def test_a_card_in_a_direct_message_can_be_shared_in_a_channel(bot: Bot, slack: Slack) -> None:
    await bot.event(message_event("trust-2"))
    posted = slack.last("chat.postMessage")
    assert labels_of(posted["blocks"]) == ["Share in a channel", "Save", "Related", "Back"]


async def test_somebody_from_a_partner_workspace_is_answered_too(bot: Bot, slack: Slack) -> None:
    await bot.event(mention_event(QUESTION, PIA))
    await bot.event(message_event(QUESTION, PIA, channel="D0PIA"))
    assert [posted["channel"] for posted in slack.called("chat.postMessage")] == [CHANNEL, "D0PIA"]


@pytest.mark.parametrize("text", ["", "   ", "help"])
async def test_an_empty_mention_gets_help(bot: Bot, slack: Slack, text: str) -> None:
    await bot.event(mention_event(text))
    assert "Look something up" in words_of(slack.last("chat.postMessage")["blocks"])


async def test_the_name_is_taken_out_wherever_it_stands(bot: Bot, slack: Slack) -> None:
    await bot.event({**mention_event(""), "text": f"hello <@{BOT_USER}|commonground> pizza"})
    assert "“hello pizza”" in words_of(slack.last("chat.postMessage")["blocks"])


async def test_what_slack_escaped_is_shown_once_and_pings_nobody(bot: Bot, slack: Slack) -> None:
    await bot.event(mention_event("&lt;!channel&gt; pizza &amp;amp; chips <!here>"))
    posted = slack.last("chat.postMessage")
    first = posted["blocks"][0]["text"]
    assert first["type"] == "plain_text"
    assert "“<!channel> pizza &amp; chips <!here>”" in first["text"]
    assert "&lt;!channel&gt; pizza &amp;amp; chips &lt;!here&gt;" in posted["text"]
    assert "<!" not in posted["text"]


async def test_an_event_that_slack_repeats_is_answered_once(bot: Bot, slack: Slack) -> None:
    again = {"x-slack-retry-num": ["1"], "x-slack-retry-reason": ["http_timeout"]}
    for headers in ({}, again, again):
        response = await bot.event(message_event(QUESTION), "Ev0SAME", headers)
        assert response.status == 200
    assert len(slack.called("chat.postMessage")) == 1


@pytest.mark.parametrize(
    "more",
    [
        {"bot_id": "B0OTHER"},
        {"subtype": "bot_message", "bot_id": "B0OTHER"},
        {"subtype": "message_changed", "hidden": True, "message": {"text": QUESTION, "user": "U0ANNA"}},
        {"subtype": "message_deleted", "hidden": True},
        {"subtype": "channel_join"},
        {"edited": {"user": "U0ANNA", "ts": "1700000001.000000"}},
        {"user": None},
    ],
)
async def test_bots_edits_and_joins_are_left_alone(bot: Bot, slack: Slack, more: dict[str, object]) -> None:
    assert (await bot.event({**message_event(QUESTION), **more})).status == 200
    assert (await bot.event({**mention_event(QUESTION), **more})).status == 200
    assert slack.called("chat.postMessage") == []


async def test_a_mention_in_a_direct_message_is_answered_once(bot: Bot, slack: Slack) -> None:
    text = f"<@{BOT_USER}> {QUESTION}"
    await bot.event(message_event(text, ts="1700000009.000001"))
    await bot.event(mention_event(QUESTION, channel=DIRECT_MESSAGE, ts="1700000009.000001"))
    assert len(slack.called("chat.postMessage")) == 1


async def test_a_message_in_a_channel_without_a_mention_is_not_answered(bot: Bot, slack: Slack) -> None:
    await bot.event({**message_event(QUESTION, channel=CHANNEL), "channel_type": "channel"})
    assert slack.called("chat.postMessage") == []
