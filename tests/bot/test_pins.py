"""Pinning a message when it is first sent, through the real publisher."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.app import create_client
from bot.blocks import section
from bot.delivery.content import Content, Pin
from bot.delivery.publisher import Publisher
from bot.settings import Settings
from storage.records.messages import Message
from storage.store import Store
from tests.slack import ANNA, CHANNEL, TEAM, Slack

MESSAGE = Message(TEAM, "test.outcome:1", "test.outcome", "test:1", CHANNEL)


@pytest.fixture
async def publisher(store: Store, settings: Settings) -> AsyncIterator[None]:
    """A publisher at work whose messages ask to be pinned."""
    client = create_client(settings)

    async def client_for(_workspace_id: str) -> AsyncWebClient:
        return client

    async def render(_message: Message) -> Content:
        return Content("Decided", [section("Decided")], Pin(ANNA.id, "the outcome"))

    running = asyncio.create_task(Publisher(store.messages, client_for, {MESSAGE.kind: render}).run())
    yield
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def until_sent(store: Store, version: int = 1) -> Message:
    """Wait until the newest version has been sent."""
    async with asyncio.timeout(15):
        while True:
            message = await store.messages.get_message(TEAM, MESSAGE.id)
            assert message is not None
            if message.sent_version >= version:
                return message
            await asyncio.sleep(0.02)


async def until_pinning_was_tried(slack: Slack) -> None:
    async with asyncio.timeout(15):
        while True:
            if slack.called("pins.add"):
                return
            await asyncio.sleep(0.02)


@pytest.mark.usefixtures("publisher")
async def test_a_message_is_pinned_once_and_not_again_when_it_changes(store: Store, slack: Slack) -> None:
    await store.messages.add_message(MESSAGE)
    message = await until_sent(store)
    assert slack.called("pins.add") == [{"channel": CHANNEL, "timestamp": message.ts}]
    await store.messages.touch_subject(TEAM, MESSAGE.subject)
    await until_sent(store, 2)
    assert len(slack.called("pins.add")) == 1


@pytest.mark.usefixtures("publisher")
@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("too_many_pins", "as many pins as it can hold"),
        ("permission_denied", "only some people may pin"),
        ("something_new", "Slack did not allow it"),
    ],
)
async def test_a_refused_pin_is_told_to_who_asked_and_the_message_stays(
    store: Store, slack: Slack, error: str, words: str
) -> None:
    slack.refuse["pins.add"] = error
    await store.messages.add_message(MESSAGE)
    await until_sent(store)
    told = slack.last("chat.postEphemeral")
    assert told["user"] == ANNA.id
    assert words in told["text"]
    assert "You can pin it from the message's own menu." in told["text"]
    assert len(slack.called("chat.postMessage")) == 1


@pytest.mark.usefixtures("publisher")
async def test_somebody_who_cannot_be_told_breaks_nothing(store: Store, slack: Slack) -> None:
    slack.refuse |= {"pins.add": "too_many_pins", "chat.postEphemeral": "user_not_in_channel"}
    await store.messages.add_message(MESSAGE)
    await until_sent(store)
    assert len(slack.called("chat.postMessage")) == 1


@pytest.mark.usefixtures("publisher")
async def test_a_message_that_is_pinned_already_is_no_trouble(store: Store, slack: Slack) -> None:
    slack.refuse["pins.add"] = "already_pinned"
    await store.messages.add_message(MESSAGE)
    await until_sent(store)
    assert slack.called("chat.postEphemeral") == []


@pytest.mark.usefixtures("publisher")
async def test_a_pin_that_fails_for_now_is_tried_again_without_a_second_message(
    store: Store, slack: Slack
) -> None:
    slack.refuse["pins.add"] = "internal_error"
    await store.messages.add_message(MESSAGE)
    await until_pinning_was_tried(slack)
    del slack.refuse["pins.add"]
    message = await until_sent(store)
    assert len(slack.called("chat.postMessage")) == 1
    assert [one["ts"] for one in slack.called("chat.update")] == [message.ts]
    assert len(slack.called("pins.add")) == 2
    assert slack.called("chat.postEphemeral") == []
