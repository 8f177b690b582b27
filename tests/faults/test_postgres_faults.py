"""PostgreSQL stopped, killed and started again under people who vote: told in words, and nothing lost."""

import asyncio
from collections.abc import Iterator
from typing import Literal

import httpx
import psycopg
import pytest
from starlette.applications import Starlette

from bot.outside.probes import Probes
from tests.databases import OwnServer, own_postgres
from tests.faults.voting import Voting
from tests.slack import ANNA, BEN, PIA

PATIENCE = 5.0
"""Seconds in which the bot is to find a server that is back."""


@pytest.fixture
def server() -> Iterator[OwnServer]:
    """A server that no other test uses."""
    with own_postgres() as running:
        yield running


@pytest.fixture
def url(server: OwnServer) -> str:
    return server.url


async def vote_again(voting: Voting, item: str) -> None:
    """Try until it is taken, as people do who were told to."""
    async with asyncio.timeout(PATIENCE):
        while True:
            if not await voting.is_refused(BEN, item):
                break
            await asyncio.sleep(0.1)


@pytest.mark.parametrize("how", ["fast", "immediate"])
async def test_a_server_that_is_stopped_and_started(
    voting: Voting, server: OwnServer, url: str, how: Literal["fast", "immediate"]
) -> None:
    assert await voting.vote(ANNA, "s-1") is None
    await asyncio.gather(*(voting.vote(user, "s-2") for user in (ANNA, PIA)))
    await asyncio.to_thread(server.stop, how)
    assert await voting.is_refused(ANNA, "s-3")
    assert await voting.is_refused(BEN, "s-3")
    await asyncio.to_thread(server.start)
    await vote_again(voting, "s-4")
    assert await voting.kept_at(url) == voting.told == {ANNA.id: "s-2", PIA.id: "s-2", BEN.id: "s-4"}
    assert "3 of 3 have answered" in await voting.board_says()


async def test_a_server_that_is_restarted_between_two_presses(
    voting: Voting, server: OwnServer, url: str
) -> None:
    assert await voting.vote(ANNA, "s-1") is None
    await asyncio.to_thread(server.stop, "fast")
    await asyncio.to_thread(server.start)
    await vote_again(voting, "s-4")
    assert await voting.vote(ANNA, "s-2") is None
    assert await voting.kept_at(url) == voting.told == {ANNA.id: "s-2", BEN.id: "s-4"}


async def test_a_table_that_another_program_keeps_locked(voting: Voting, url: str) -> None:
    assert await voting.vote(ANNA, "s-1") is None
    with psycopg.connect(url) as other:
        other.execute("LOCK TABLE answers IN ACCESS EXCLUSIVE MODE")
        assert await voting.is_refused(BEN, "s-2")
    assert await voting.vote(BEN, "s-3") is None
    assert await voting.kept_at(url) == voting.told == {ANNA.id: "s-1", BEN.id: "s-3"}


async def until_health_is(http: httpx.AsyncClient, status: int) -> None:
    """Ask until it says so, as a balancer does."""
    async with asyncio.timeout(PATIENCE):
        while True:
            if (await http.get("/health")).status_code == status:
                break
            await asyncio.sleep(0.1)


async def test_health_says_so_while_it_lasts_and_no_longer(voting: Voting, server: OwnServer) -> None:
    app = Starlette(routes=Probes(voting.run.store, {}).public_routes())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot.test") as http:
        await until_health_is(http, 200)
        await asyncio.to_thread(server.stop, "immediate")
        await until_health_is(http, 503)
        assert (await http.get("/live")).status_code == 200
        await asyncio.to_thread(server.start)
        await until_health_is(http, 200)
