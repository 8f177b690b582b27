"""A thousand votes in a few seconds, through the real app: few updates, and the last one is right."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise

import pytest
from aiohttp import web

from bot.app import create_client, create_publisher
from bot.delivery import publisher
from bot.installation import Installation
from bot.ranking import ids
from bot.settings import Settings
from knowledge.model import Library
from storage.store import Store
from tests.bot.ranking.running import RANKING, Run
from tests.slack import ANNA, CHANNEL, TEAM, Bot, Slack, User, shown_view

VOTERS = [ANNA, *(User(f"U0VOTER{number}") for number in range(999))]
PACE = 0.2
"""Ten seconds are made two."""
AT_ONCE = 32


@dataclass
class WatchedSlack(Slack):
    """Notes when something was put into the channel."""

    times: list[float] = field(default_factory=list)

    async def _answer_call(self, request: web.Request) -> web.Response:
        answer = await super()._answer_call(request)
        call = self.calls[-1]
        if call.method in ("chat.postMessage", "chat.update") and call.arguments["channel"] == CHANNEL:
            self.times.append(asyncio.get_running_loop().time())
        return answer


@pytest.fixture
async def slack() -> AsyncIterator[WatchedSlack]:
    server = WatchedSlack()
    await server.start()
    yield server
    await server.stop()
    assert server.faults() == []


async def all_is_sent(store: Store) -> None:
    async with asyncio.timeout(120):
        while True:
            if not await store.messages.dirty_messages():
                return
            await asyncio.sleep(0.05)


async def test_a_thousand_votes_are_few_updates_and_the_last_is_right(
    store: Store,
    bot: Bot,
    slack: WatchedSlack,
    settings: Settings,
    library: Library,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(publisher, "PACE", PACE)
    run = Run(store, bot, slack, settings)
    await run.begin_discard(VOTERS)
    publishing = asyncio.create_task(
        create_publisher(store, library, Installation(create_client(settings))).run()
    )
    await all_is_sent(store)
    await bot.press(await run.board(), "Name one to drop", ANNA)
    ballot = shown_view(slack.last("views.open")["view"])
    room = asyncio.Semaphore(AT_ONCE)

    async def vote(number: int, user: User) -> None:
        async with room:
            await bot.press(ballot, "Drop this", user, nth=number % 10)

    before = len(slack.times)
    await asyncio.gather(*(vote(number, user) for number, user in enumerate(VOTERS)))
    await all_is_sent(store)
    publishing.cancel()
    with suppress(asyncio.CancelledError):
        await publishing

    assert (await run.stage()).answered == 1000
    assert len(slack.times) > before
    assert all(later - earlier >= PACE for earlier, later in pairwise(slack.times))
    shown = {call["ts"]: call["text"] for call in slack.called("chat.update")}
    board = await store.messages.get_message(TEAM, ids.board_id(RANKING))
    assert board is not None
    assert "1000 of 1000 have answered" in shown[board.ts or ""]
    assert shown[board.ts or ""] == await run.text(board.id)
