"""Whoever is cancelled while waiting for a connection stops, whatever happens at that moment."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from psycopg_pool.pool_async import WaitingClient

from storage import postgres
from storage.database import Script
from storage.postgres import PostgresDatabase
from tests.databases import postgres_database


def sleep(milliseconds: int) -> Script[None]:
    yield "SELECT pg_sleep(CAST(:ms AS integer) / 1000.0)", {"ms": milliseconds}


@pytest.fixture
async def database(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[PostgresDatabase]:
    """With a single connection, for which all but one wait."""
    monkeypatch.setattr(postgres, "_CONNECTIONS", 1)
    with postgres_database() as url:
        opened = PostgresDatabase(url)
        await opened.open()
        await opened.read(sleep, 0)
        yield opened
        await opened.close()


@pytest.mark.parametrize("later", range(8))
async def test_cancelled_as_the_connection_comes_free(
    database: PostgresDatabase, later: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`later`: how often the loop goes round after the connection was given to the one who waits."""

    def cancel(rounds: int) -> None:
        if rounds:
            asyncio.get_running_loop().call_soon(cancel, rounds - 1)
        else:
            waiting.cancel()

    async def give_and_cancel(client: WaitingClient[Any], connection: Any) -> bool:
        is_taken = await give(client, connection)
        cancel(later)
        return is_taken

    give = WaitingClient.set
    monkeypatch.setattr(WaitingClient, "set", give_and_cancel)
    holding = asyncio.create_task(database.read(sleep, 50))
    await asyncio.sleep(0.02)
    waiting = asyncio.create_task(database.read(sleep, 5_000))
    async with asyncio.timeout(10):
        with pytest.raises(asyncio.CancelledError):
            await waiting
        await holding
        await database.read(sleep, 0)
