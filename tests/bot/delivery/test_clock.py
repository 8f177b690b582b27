"""The clock: each piece of work is done once, in time, after a failure and after a long stop."""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from freezegun import freeze_time

from bot.delivery import clock as clock_module
from bot.delivery.clock import Clock
from storage.open import open_store
from storage.records.work import Work
from storage.store import Store
from tests.databases import postgres_database

NOW = datetime(2026, 3, 28, 22, 0, tzinfo=UTC)
KIND = "ranking.deadline"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/store.db"
    else:
        with postgres_database() as address:
            yield address


@pytest.fixture
async def store(url: str) -> AsyncIterator[Store]:
    opened = await open_store(url)
    yield opened
    await opened.close()


@pytest.fixture(autouse=True)
def time(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A standing clock, looked at often."""
    monkeypatch.setattr(clock_module, "LOOK_EVERY", 0.01)
    with freeze_time(NOW, real_asyncio=True) as frozen:
        yield frozen


@asynccontextmanager
async def running(*clocks: Clock) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(clock.run()) for clock in clocks]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


async def until(true: Callable[[], Awaitable[bool]] | Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while True:
            found = true()
            if found if isinstance(found, bool) else await found:
                return
            await asyncio.sleep(0.01)


async def plan(store: Store, work_id: str, due_at: datetime = NOW) -> None:
    await store.work.plan("T0HOME", work_id, KIND, "R1:1", due_at)


async def nothing_left(store: Store) -> bool:
    """Whether no work is kept, seen from a time when every lease has run out."""
    return await store.work.claim(NOW + timedelta(days=9999), 0, 1) == []


async def test_work_is_done_when_it_is_due_and_not_before(store: Store, time: Any) -> None:
    done: list[str] = []

    async def note(work: Work) -> None:
        done.append(work.id)

    await plan(store, "now")
    await plan(store, "later", NOW + timedelta(hours=2))
    async with running(Clock(store.work, {KIND: note})):
        await until(lambda: done == ["now"])
        time.tick(timedelta(hours=2) - timedelta(seconds=1))
        await plan(store, "meanwhile", NOW)
        await until(lambda: len(done) == 2)
        assert done == ["now", "meanwhile"]
        time.tick(timedelta(seconds=1))
        await until(lambda: done == ["now", "meanwhile", "later"])
    assert await nothing_left(store)


async def test_what_was_due_during_a_long_stop_is_done_once(store: Store) -> None:
    done: list[str] = []

    async def note(work: Work) -> None:
        done.append(work.id)

    ids = [f"work-{number:02}" for number in range(50)]
    for number, work_id in enumerate(ids):
        await plan(store, work_id, NOW - timedelta(days=30, minutes=-number))
    async with running(Clock(store.work, {KIND: note})):
        await until(lambda: len(done) == 50)
    assert done == ids
    assert await nothing_left(store)


async def test_two_processes_do_each_piece_once(store: Store, url: str) -> None:
    done: list[str] = []

    async def note(work: Work) -> None:
        await asyncio.sleep(0.01)
        done.append(work.id)

    for number in range(60):
        await plan(store, f"work-{number:02}")
    other = await open_store(url)
    async with running(Clock(store.work, {KIND: note}), Clock(other.work, {KIND: note})):
        await until(lambda: len(done) >= 60)
    await other.close()
    assert sorted(done) == [f"work-{number:02}" for number in range(60)]
    assert await nothing_left(store)


async def test_a_handler_that_fails_is_tried_again_later_and_says_nothing_of_what_it_read(
    store: Store, time: Any, caplog: pytest.LogCaptureFixture
) -> None:
    tries: list[datetime] = []

    async def fail_twice(work: Work) -> None:
        tries.append(datetime.now(UTC))
        if len(tries) < 3:
            raise ValueError("what somebody wrote")

    await plan(store, "deadline:R1:1")
    with caplog.at_level(logging.WARNING):
        async with running(Clock(store.work, {KIND: fail_twice})):
            for wait in (15, 30):
                before = len(caplog.records)
                await until(lambda before=before: len(caplog.records) > before)
                time.tick(timedelta(seconds=wait))
            await until(lambda: len(tries) == 3)
            await until(lambda: nothing_left(store))
    assert tries == [NOW, NOW + timedelta(seconds=15), NOW + timedelta(seconds=45)]
    assert [record.getMessage() for record in caplog.records] == [
        "Work deadline:R1:1 failed (ValueError), trying again in 15 s",
        "Work deadline:R1:1 failed (ValueError), trying again in 30 s",
    ]
    assert "somebody" not in caplog.text


async def test_work_of_a_kind_nobody_knows_waits_and_is_told(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    await plan(store, "deadline:R1:1")
    async with running(Clock(store.work, {})):
        await until(lambda: "deadline:R1:1 failed (KeyError), trying again" in caplog.text)
    assert not await nothing_left(store)


async def test_a_handler_may_plan_the_same_work_again(store: Store, time: Any) -> None:
    done: list[datetime] = []

    async def repeat(work: Work) -> None:
        done.append(work.due_at)
        await plan(store, work.id, work.due_at + timedelta(hours=24))

    await plan(store, "reminder:R1:1")
    async with running(Clock(store.work, {KIND: repeat})):
        await until(lambda: len(done) == 1)
        time.tick(timedelta(hours=24))
        await until(lambda: len(done) == 2)
    assert done == [NOW, NOW + timedelta(hours=24)]


async def test_a_handler_that_hangs_stops_neither_the_others_nor_its_own_next_try(
    store: Store, time: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(clock_module, "LEASE_SECONDS", 0.2)
    tries: list[str] = []

    async def hang_once(work: Work) -> None:
        tries.append(work.id)
        if tries == ["stuck"]:
            await asyncio.Event().wait()

    await plan(store, "stuck")
    async with running(Clock(store.work, {KIND: hang_once})):
        await until(lambda: tries == ["stuck"])
        await plan(store, "next")
        await until(lambda: "next" in tries)
        await until(lambda: "Work stuck failed (TimeoutError), trying again in 15 s" in caplog.text)
        time.tick(timedelta(seconds=15))
        await until(lambda: tries == ["stuck", "next", "stuck"])


def execute(url: str, sql: str) -> None:
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
            connection.execute(sql)
    else:
        with psycopg.connect(url, autocommit=True) as server:
            server.execute(sql)


async def test_a_store_that_is_away_is_asked_again(
    store: Store, url: str, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[str] = []

    async def note(work: Work) -> None:
        done.append(work.id)

    await plan(store, "one")
    execute(url, "ALTER TABLE work RENAME TO away")
    async with running(Clock(store.work, {KIND: note})):
        await until(lambda: "Could not look for work that is due" in caplog.text)
        execute(url, "ALTER TABLE away RENAME TO work")
        await until(lambda: done == ["one"])


async def test_what_has_begun_is_ended_before_the_clock_stops(store: Store) -> None:
    begun, done = asyncio.Event(), []

    async def slow(work: Work) -> None:
        begun.set()
        await asyncio.sleep(0.1)
        done.append(work.id)

    await plan(store, "one")
    async with running(Clock(store.work, {KIND: slow})):
        await begun.wait()
    assert done == ["one"]
    assert await nothing_left(store)
