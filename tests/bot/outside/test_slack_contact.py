"""Every call of Slack's Web API is counted, and says whether Slack can be reached."""

import asyncio

import pytest
from slack_sdk.errors import SlackApiError

from bot.app import create_client
from bot.outside.slack_contact import SLACK, SlackWatch
from bot.settings import Settings
from tests.bot.delivery.test_open_views import until
from tests.bot.outside.test_figures import figure
from tests.slack import CHANNEL, Bot, Slack

CALLS = "commonground_slack_calls_total"
WAITS = "commonground_slack_retry_after_seconds"


async def test_each_call_is_counted_by_its_method_and_outcome(slack: Slack, settings: Settings) -> None:
    client = create_client(settings)
    before = figure(CALLS, method="pins.add", result="ok"), figure(CALLS, method="pins.add", result="refused")
    await client.pins_add(channel=CHANNEL, timestamp="1.0")
    slack.refuse["pins.add"] = "already_pinned"
    with pytest.raises(SlackApiError):
        await client.pins_add(channel=CHANNEL, timestamp="1.0")
    after = figure(CALLS, method="pins.add", result="ok"), figure(CALLS, method="pins.add", result="refused")
    assert after == (before[0] + 1, before[1] + 1)
    assert SLACK.is_reachable
    assert len(slack.called("pins.add")) == 2


async def test_a_pause_that_slack_asks_for_is_counted_with_its_seconds(
    slack: Slack, settings: Settings
) -> None:
    slack.refuse["pins.add"] = "ratelimited"
    slack.headers["pins.add"] = {"Retry-After": "17"}
    labels = {"method": "pins.add"}
    limited = figure(CALLS, method="pins.add", result="limited")
    times, seconds = figure(f"{WAITS}_count", **labels), figure(f"{WAITS}_sum", **labels)
    with pytest.raises(SlackApiError):
        await create_client(settings).pins_add(channel=CHANNEL, timestamp="1.0")
    assert figure(CALLS, method="pins.add", result="limited") == limited + 1
    assert figure(f"{WAITS}_count", **labels) == times + 1
    assert figure(f"{WAITS}_sum", **labels) == seconds + 17
    assert SLACK.is_reachable


async def test_what_a_listener_calls_is_counted_too(bot: Bot) -> None:
    before = figure(CALLS, method="views.open", result="ok")
    await bot.command("/rank")
    assert figure(CALLS, method="views.open", result="ok") == before + 1


async def test_no_answer_is_said_once_until_there_is_one(
    slack: Slack, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    client = create_client(settings)
    await client.api_test()
    await slack.stop()
    before = figure(CALLS, method="api.test", result="failed")
    for _ in range(2):
        with pytest.raises(OSError, match="127"):
            await client.api_test()
    assert figure(CALLS, method="api.test", result="failed") == before + 2
    assert not SLACK.is_reachable
    assert caplog.messages.count("Slack does not answer.") == 1


async def test_slack_is_asked_when_nothing_was_heard_of_it_and_only_then(
    slack: Slack, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SLACK, "asked_at", None)
    watch = asyncio.create_task(SlackWatch(create_client(settings, "")).run())
    await until(lambda: bool(slack.called("api.test")))
    watch.cancel()
    again = asyncio.create_task(SlackWatch(create_client(settings, "")).run())
    await asyncio.sleep(0.2)
    again.cancel()
    assert len(slack.called("api.test")) == 1
