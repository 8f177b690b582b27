"""The computer's clock jumps forwards and back while people vote: votes are kept, messages and work go on."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from freezegun import freeze_time

from bot.app import create_client, create_clock, create_publisher
from bot.installation import Installation
from bot.settings import Settings
from knowledge.model import Library
from tests.faults.voting import Voting
from tests.slack import ANNA, BEN, PIA

PATIENCE = 10.0


@pytest.fixture
async def at_work(voting: Voting, settings: Settings, library: Library) -> AsyncIterator[None]:
    """The publisher and the clock, as they run beside the app."""
    store, installation = voting.run.store, Installation(create_client(settings))
    loops = (create_publisher(store, library, installation), create_clock(store, library, installation))
    working = [asyncio.create_task(loop.run()) for loop in loops]
    yield
    for task in working:
        task.cancel()
    await asyncio.gather(*working, return_exceptions=True)


async def board_follows(voting: Voting, said: str) -> None:
    """Wait until the channel has been told this."""
    slack = voting.run.slack
    async with asyncio.timeout(PATIENCE):
        while True:
            told = slack.called("chat.postMessage", "chat.update")
            if any(said in message["text"] for message in told):
                return
            await asyncio.sleep(0.05)


async def stage_ends(voting: Voting) -> None:
    """Wait until the clock has closed the step."""
    async with asyncio.timeout(PATIENCE):
        while True:
            if (await voting.run.stage()).closed_at:
                return
            await asyncio.sleep(0.05)


@pytest.mark.usefixtures("at_work")
@pytest.mark.parametrize("hours", [(6, -9), (-9_000, 18_000)])
async def test_a_clock_that_jumps(voting: Voting, url: str, hours: tuple[int, int]) -> None:
    with freeze_time(datetime.now(UTC), real_asyncio=True) as clock:
        assert await voting.vote(ANNA, "s-1") is None
        await board_follows(voting, "1 of 3 have answered")
        for user, item, jumped in ((BEN, "s-2", hours[0]), (PIA, "s-3", hours[1])):
            clock.tick(timedelta(hours=jumped))
            assert await voting.vote(user, item) is None
            await board_follows(voting, f"{len(voting.told)} of 3 have answered")
        assert await voting.kept_at(url) == voting.told == {ANNA.id: "s-1", BEN.id: "s-2", PIA.id: "s-3"}
        clock.tick(timedelta(minutes=2))
        await stage_ends(voting)
