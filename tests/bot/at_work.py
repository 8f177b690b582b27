"""The publisher or the clock at work beside a test, and what it has sent."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Protocol

from bot.delivery.publisher import Publisher
from storage.store import Store
from tests.slack import Json, Slack, words_of


class Worker(Protocol):
    """What works until it is cancelled."""

    async def run(self) -> None: ...


@asynccontextmanager
async def at_work(*workers: Worker) -> AsyncIterator[None]:
    """Each at work for as long as this is open."""
    tasks = [asyncio.create_task(worker.run()) for worker in workers]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


async def publish(publisher: Publisher, store: Store) -> None:
    """Let the publisher send all that waits."""
    async with at_work(publisher), asyncio.timeout(60):
        while await store.messages.dirty_messages():  # noqa: ASYNC110 - the publisher tells nobody
            await asyncio.sleep(0.02)


async def sent(publisher: Publisher, slack: Slack, words: str = "") -> Json:
    """The last message that followed the rows and says this."""

    def found() -> list[Json]:
        calls = slack.called("chat.postMessage", "chat.update")
        return [call for call in calls if words in call["text"]]

    async with at_work(publisher), asyncio.timeout(20):
        while not found():  # noqa: ASYNC110 - the stand-in for Slack tells nobody
            await asyncio.sleep(0.02)
    return found()[-1]


async def home_that_says(slack: Slack, words: str) -> Json:
    """Wait until an App Home has been published that says this; the call."""
    async with asyncio.timeout(20):
        while True:
            for call in reversed(slack.called("views.publish")):
                if words in words_of(call["view"]["blocks"]):
                    return call
            await asyncio.sleep(0.02)
