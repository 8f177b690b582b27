"""Two processes on one PostgreSQL behind one address: what people do there, and one of them killed."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from sandbox.bot_process import BotProcess
from sandbox.harness import Harness, running_harness
from sandbox.ports import ReservedPort
from sandbox.running import Options
from sandbox.state import Message
from storage.open import open_store
from storage.records.people import Person
from storage.records.rankings import Ranking, Stage
from storage.store import Store
from tests.databases import postgres_database
from tests.e2e.balancer import Balancer
from tests.e2e.case_study import own_messages
from tests.e2e.ranking import (
    CHANNEL,
    FIVE,
    ORLA,
    board,
    close_modal,
    go_on,
    open_ballot,
    press_item,
    start_ranking,
)

HOME = "T0MARLBROOK"
STATEMENTS = tuple(f"outcome-{number}" for number in range(1, 11))
LEASE = 30.0
"""Seconds after which what a killed process alone might send is surely sent by another."""


@pytest.fixture
def database_url() -> Iterator[str]:
    with postgres_database() as url:
        yield url


class Pair:
    """The sandbox whose request URL is a balancer before two processes."""

    def __init__(self, harness: Harness, balancer: Balancer, bots: list[BotProcess]) -> None:
        self.harness = harness
        self.balancer = balancer
        self.bots = bots
        self.told: dict[str, str] = {}
        """What each voter was last told is kept."""

    async def vote_on(self, user_id: str, first: int, stop: asyncio.Event) -> None:
        """Press one statement after the other until told to stop; what nobody answered is pressed again."""
        for at in itertools.count(first):
            item = STATEMENTS[at % len(STATEMENTS)]
            await self._press_until_answered(user_id, item)
            self.told[user_id] = item
            if stop.is_set():
                return

    async def _press_until_answered(self, user_id: str, item: str) -> None:
        while True:
            try:
                await press_item(self.harness, user_id, "Drop this", item)
            except AssertionError:
                await asyncio.sleep(0.05)
            else:
                return


def answers_at(port: int) -> Callable[[], Awaitable[bool]]:
    async def look() -> bool:
        try:
            async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/health"):
                return True
        except aiohttp.ClientError:
            return False

    return look


@pytest.fixture
async def pair(database_url: str) -> AsyncIterator[Pair]:
    options = Options(is_http=True)
    with ReservedPort() as one, ReservedPort() as other:
        ports = [one, other]
        async with running_harness(database_url, options=options, with_bot=False) as harness:
            bots = [harness.sandbox.another_bot(answers_at(port), {"PORT": str(port)}) for port in ports]
            balancer = Balancer(ports)
            try:
                async with balancer.listening(harness.sandbox.bot_port):
                    for each in bots:
                        await each.start()
                    yield Pair(harness, balancer, bots)
            finally:
                for each in bots:
                    await each.stop()


async def current(store: Store) -> tuple[Ranking, Stage]:
    (ranking,) = await store.rankings.list_rankings(HOME)
    return ranking, (await store.rankings.list_stages(HOME, ranking.id))[-1]


async def kept(store: Store) -> dict[str, str]:
    """Each person's choice; fails when the store counts otherwise."""
    ranking, stage = await current(store)
    answers = await store.rankings.list_answers(HOME, ranking.id, stage.seq)
    assert stage.answered == len(answers)
    return {answer.person.user_id: answer.choice[0] for answer in answers}


def board_says(harness: Harness, words: str) -> bool:
    found = board(harness)
    return found is not None and words in found.text


def told_of_deadline(harness: Harness) -> list[Message]:
    """What the facilitator was told, in their direct messages, about a time that is up."""
    own = own_messages(harness, ORLA)
    return [one for one in harness.bot_messages(ORLA, own) if "The time is up" in one.text]


async def test_votes_to_both_one_killed_and_a_deadline_that_both_look_after(
    pair: Pair, database_url: str
) -> None:
    harness, store = pair.harness, await open_store(database_url)
    await start_ranking(harness)
    await go_on(harness, "Go on")
    voters = FIVE[:4]
    for user_id in voters:
        await open_ballot(harness, user_id, "Name one to drop")

    stop = asyncio.Event()
    storm = [asyncio.create_task(pair.vote_on(each, number, stop)) for number, each in enumerate(voters)]
    await asyncio.sleep(0.5)
    before = pair.balancer.served.copy()
    await pair.bots[0].kill()
    await asyncio.sleep(0.5)
    stop.set()
    await asyncio.gather(*storm)
    assert len(before) == 2, "both took part"
    assert await kept(store) == pair.told
    await harness.until(
        lambda: board_says(harness, "4 of 5 have answered"), "the board, by the other process", LEASE
    )

    await pair.bots[0].start()
    ranking, stage = await current(store)
    facilitator = Person(HOME, ORLA)
    soon = datetime.now(UTC) + timedelta(seconds=1)
    await store.rankings.set_deadline(
        HOME, ranking.id, stage.seq, soon, actor=facilitator, at=datetime.now(UTC)
    )
    await harness.until(lambda: told_of_deadline(harness), "the deadline to be told of")
    for user_id in voters:
        await close_modal(harness, user_id)
    assert len(told_of_deadline(harness)) == 1
    ranking, ended = await current(store)
    assert (ended.seq, ended.closed_at is None, ended.answered) == (stage.seq, False, 4)
    assert await kept(store) == pair.told
    assert len([one for one in harness.bot_messages(ORLA, CHANNEL) if one.text.startswith("Ranking:")]) == 1
    await store.close()
