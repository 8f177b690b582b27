"""Statements that are sent together: what fails, what is many, what is asked for often, what is cut off."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import psycopg
import pytest

from storage.database import Script
from storage.postgres import PostgresDatabase
from tests.databases import postgres_database

MANY = 20_000


@pytest.fixture
def url() -> Iterator[str]:
    with postgres_database(empty=True) as address:
        with psycopg.connect(address) as connection:
            connection.execute("CREATE TABLE notes (number INTEGER PRIMARY KEY, words TEXT)")
        yield address


@pytest.fixture
async def database(url: str) -> AsyncIterator[PostgresDatabase]:
    opened = PostgresDatabase(url)
    await opened.open()
    yield opened
    await opened.close()


def put(*numbers: int, words: str | None = None) -> Script[None]:
    for number in numbers:
        yield (
            "INSERT INTO notes (number, words) VALUES (:number, :words)",
            {"number": number, "words": words},
        )


def put_then_look(number: int) -> Script[None]:
    yield from put(number)
    yield "SELECT 1 AS one", {}


def kept() -> Script[list[tuple[int, str | None]]]:
    rows = yield "SELECT number, words FROM notes ORDER BY number", {}
    return [(row["number"], row["words"]) for row in rows]


async def test_rows_are_what_was_put(database: PostgresDatabase) -> None:
    await database.write(put, 1, 70_000, words="“Grüße” 50% of :them")
    await database.write(put, 2)
    words = "“Grüße” 50% of :them"
    assert await database.read(kept) == [(1, words), (2, None), (70_000, words)]


@pytest.mark.parametrize("script", [put, put_then_look])
async def test_what_fails_is_raised_and_all_of_its_transaction_undone(
    database: PostgresDatabase, script: object
) -> None:
    await database.write(put, 1)

    def twice() -> Script[None]:
        yield from put(2)
        yield from put_then_look(1) if script is put_then_look else put(1)
        yield from put(3)

    for _ in range(5):
        with pytest.raises(psycopg.errors.UniqueViolation):
            await database.write(twice)
        await database.read(kept)
    await database.write(put, 2)
    assert await database.read(kept) == [(1, None), (2, None)]


async def test_what_a_script_raises_undoes_what_waited(database: PostgresDatabase) -> None:
    def refuse() -> Script[None]:
        yield from put_then_look(1)
        yield from put(2)
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await database.write(refuse)
    assert await database.read(kept) == []


async def test_very_many_are_sent_while_answers_come_back(database: PostgresDatabase) -> None:
    def put_many() -> Script[None]:
        yield (
            "INSERT INTO notes (number, words) VALUES (:number, :words)",
            [{"number": number, "words": "x" * 200} for number in range(MANY)],
        )

    async with asyncio.timeout(60):
        await database.write(put_many)
        assert len(await database.read(kept)) == MANY


async def test_one_that_is_cut_off_leaves_nothing_behind(database: PostgresDatabase, url: str) -> None:
    def wait() -> Script[None]:
        yield from put(1)
        yield "SELECT pg_sleep(30)", {}

    with psycopg.connect(url, autocommit=True) as looking:
        waiting = asyncio.create_task(database.write(wait))
        sleeps = "SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
        while not looking.execute(sleeps).fetchall():  # noqa: ASYNC110 - nothing tells of it
            await asyncio.sleep(0.01)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
    for number in range(20):
        await database.write(put, 10 + number)
    assert 1 not in dict(await database.read(kept))


async def test_one_that_is_cut_off_at_any_moment_ends(database: PostgresDatabase) -> None:
    def often(number: int) -> Script[None]:
        yield from put(number)
        yield from kept()
        yield from put(1_000 + number)

    for number in range(300):
        writing = asyncio.create_task(database.write(often, number))
        await asyncio.sleep(number % 30 * 0.0001)
        writing.cancel()
        async with asyncio.timeout(5):
            await asyncio.wait([writing])
    found = {number for number, _ in await database.read(kept)}
    assert {number + 1_000 for number in found if number < 1_000} == {each for each in found if each >= 1_000}
