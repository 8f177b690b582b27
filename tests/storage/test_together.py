"""Writes taken together into one transaction: each fails alone, and those who wait are told in time."""

import asyncio
from collections.abc import AsyncIterator, Sequence

import psycopg
import pytest

from storage import postgres_admin, sqlite_admin
from storage.database import Database, Script
from storage.store import UnavailableError
from storage.together import Together
from tests.storage.examples import WORKSPACE

_PUT = """
INSERT INTO write_checks (workspace_id, checked_at) VALUES (:workspace_id, :at)
ON CONFLICT (workspace_id) DO UPDATE SET checked_at = excluded.checked_at
"""


@pytest.fixture
def told() -> list[int]:
    """How many writes each commit held."""
    return []


@pytest.fixture
async def database(engine: str, url: str, told: list[int]) -> AsyncIterator[Database]:
    admin = sqlite_admin if engine == "sqlite" else postgres_admin
    opened: Database = await admin.open_database(
        url, migrate=True, committed=lambda writes, _seconds: told.append(writes)
    )
    yield opened
    await opened.close()


class Putting:
    """Keeps words, and remembers which were taken together."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.together = Together(database, self._put)
        self.taken: list[list[str]] = []

    async def put(self, word: str) -> str:
        return await self.together.write(WORKSPACE, word)

    async def kept(self) -> set[str]:
        return await self.database.read(_kept)

    def _put(self, workspace_id: str, words: Sequence[str]) -> Script[list[str | Exception]]:
        assert workspace_id == WORKSPACE
        self.taken.append(list(words))
        results: list[str | Exception] = []
        for word in words:
            if word == "refused":
                results.append(ValueError(word))
                continue
            yield _PUT, {"workspace_id": word, "at": "now"}
            if word == "faulty":
                yield "SELECT missing FROM nowhere", {}
            results.append(f"{word} kept")
        return results


def _kept() -> Script[set[str]]:
    return {row["workspace_id"] for row in (yield "SELECT workspace_id FROM write_checks", {})}


async def test_what_waits_is_taken_together(database: Database, told: list[int]) -> None:
    putting = Putting(database)
    words = [f"word {number}" for number in range(20)]
    first = asyncio.create_task(putting.put("first"))
    await asyncio.sleep(0)
    assert await asyncio.gather(*map(putting.put, words)) == [f"{word} kept" for word in words]
    assert await first == "first kept"
    assert putting.taken in ([["first"], words], [["first", *words]])
    assert sum(told) == 21
    assert await putting.kept() == {"first", *words}
    await putting.put("later")
    assert putting.taken[-1] == ["later"]


async def test_a_refusal_is_raised_to_the_one_whom_it_is_about(database: Database) -> None:
    putting = Putting(database)
    one, refused, other = await asyncio.gather(
        putting.put("one"), putting.put("refused"), putting.put("other"), return_exceptions=True
    )
    assert (one, other) == ("one kept", "other kept")
    assert isinstance(refused, ValueError)
    assert putting.taken == [["one", "refused", "other"]]


async def test_one_that_fails_half_way_fails_alone(database: Database) -> None:
    putting = Putting(database)
    one, faulty, other = await asyncio.gather(
        putting.put("one"), putting.put("faulty"), putting.put("other"), return_exceptions=True
    )
    assert (one, other) == ("one kept", "other kept")
    assert "nowhere" in str(faulty)
    assert await putting.kept() == {"one", "other"}


async def test_a_cancelled_caller_stops_nothing(database: Database) -> None:
    putting = Putting(database)
    gone, stays = asyncio.create_task(putting.put("gone")), asyncio.create_task(putting.put("stays"))
    await asyncio.sleep(0)
    gone.cancel()
    assert await stays == "stays kept"
    assert await putting.kept() == {"gone", "stays"}


@pytest.mark.parametrize("engine", ["postgresql"])
async def test_those_behind_one_that_waited_in_vain_are_told_with_it(database: Database, url: str) -> None:
    putting = Putting(database)
    with psycopg.connect(url) as other:
        other.execute("LOCK TABLE write_checks IN ACCESS EXCLUSIVE MODE")
        first = asyncio.create_task(putting.put("first"))
        while not putting.taken:  # noqa: ASYNC110 - nothing tells when it has begun
            await asyncio.sleep(0.01)
        behind = asyncio.create_task(putting.put("behind"))
        for waiting in (first, behind):
            with pytest.raises(UnavailableError, match="keeps what is wanted locked"):
                await waiting
    assert putting.taken == [["first"]]
    assert await putting.put("first") == "first kept"
    assert await putting.kept() == {"first"}
