"""The clock: each piece of work is done once, in time, after a failure and after a long stop."""

import asyncio
import logging
import sqlite3
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import closing
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
from tests.bot.at_work import at_work
from tests.databases import cleared_postgres, sqlite_database

NOW = datetime(2026, 3, 28, 22, 0, tzinfo=UTC)
KIND = "ranking.deadline"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield sqlite_database(tmp_path)
    else:
        with cleared_postgres() as address:
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


async def until(true: Callable[[], Awaitable[bool]] | Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while True:
            found = true()
            if found if isinstance(found, bool) else await found:
                return
            await asyncio.sleep(0.01)


async def plan(store: Store, work_id: str, due_at: datetime = NOW, subject: str = "") -> None:
    await store.work.plan("T0HOME", work_id, KIND, subject or work_id, due_at)


async def nothing_left(store: Store) -> bool:
    """Whether no work is kept, seen from when every lease has run out; takes it from a clock at work."""
    return await store.work.claim(NOW + timedelta(days=9999), 0, 1) == []


async def test_work_is_done_when_it_is_due_and_not_before(store: Store, time: Any) -> None:
    done: list[str] = []

    async def note(work: Work) -> None:
        done.append(work.id)

    await plan(store, "now")
    await plan(store, "later", NOW + timedelta(hours=2))
    async with at_work(Clock(store.work, {KIND: note})):
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
    async with at_work(Clock(store.work, {KIND: note})):
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
    async with at_work(Clock(store.work, {KIND: note}), Clock(other.work, {KIND: note})):
        await until(lambda: len(done) >= 60)
    await other.close()
    assert sorted(done) == [f"work-{number:02}" for number in range(60)]
    assert await nothing_left(store)


NOTING = """
import asyncio, sys
from bot.delivery import clock
from storage.open import open_store

async def main(url, kind, path):
    async def note(work):
        await asyncio.sleep(0.005)
        with open(path, "a") as file:
            file.write(work.id + "\\n")
    store = await open_store(url)
    print("ready", flush=True)
    await clock.Clock(store.work, {kind: note}).run()

asyncio.run(main(*sys.argv[1:]))
"""


async def test_two_processes_of_the_system_do_each_piece_once(store: Store, url: str, tmp_path: Path) -> None:
    path, count = tmp_path / "done", 80
    path.touch()
    arguments = [sys.executable, "-c", NOTING, url, KIND, str(path)]
    processes = [
        await asyncio.create_subprocess_exec(*arguments, stdout=asyncio.subprocess.PIPE) for _ in range(2)
    ]
    for process in processes:
        assert process.stdout is not None
        assert await process.stdout.readline() == b"ready\n"
    for number in range(count):
        await plan(store, f"work-{number:02}")
    await until(lambda: path.read_text().count("\n") >= count)
    await asyncio.sleep(0.2)
    for process in processes:
        process.kill()
        await process.communicate()
    assert sorted(path.read_text().split()) == [f"work-{number:02}" for number in range(count)]


async def test_what_is_about_one_thing_is_done_in_order_and_nothing_else_waits_for_it(store: Store) -> None:
    told: list[str] = []
    other_is_done = asyncio.Event()

    async def note(work: Work) -> None:
        told.append(f"{work.id} begins")
        if work.id == "reminder":
            await other_is_done.wait()
        told.append(f"{work.id} ends")
        if work.id == "other":
            other_is_done.set()

    for number, work_id in enumerate(["reminder", "deadline", "other"]):
        subject = "R2:1" if work_id == "other" else "R1:1"
        await plan(store, work_id, NOW - timedelta(hours=9 - number), subject)
    async with at_work(Clock(store.work, {KIND: note})):
        await until(lambda: len(told) == 6)
    assert [each for each in told if "other" not in each] == [
        "reminder begins",
        "reminder ends",
        "deadline begins",
        "deadline ends",
    ]
    assert await nothing_left(store)


async def test_what_the_lease_leaves_no_time_for_is_claimed_anew(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop = asyncio.get_running_loop()
    clock_of_loop, ahead = loop.time, 0.0
    monkeypatch.setattr(loop, "time", lambda: clock_of_loop() + ahead)
    done: list[tuple[str, int]] = []

    async def slow(work: Work) -> None:
        nonlocal ahead
        ahead = clock_module.LEASE_SECONDS - clock_module.HANDLER_SECONDS + 1
        done.append((work.id, work.attempts))

    await plan(store, "first", NOW - timedelta(hours=2), "R1:1")
    await plan(store, "second", NOW - timedelta(hours=1), "R1:1")
    async with at_work(Clock(store.work, {KIND: slow})):
        await until(lambda: len(done) == 2)
    assert done == [("first", 1), ("second", 2)]
    assert await nothing_left(store)


async def test_a_clock_that_jumps_does_nothing_twice_and_forgets_nothing(store: Store, time: Any) -> None:
    done: list[str] = []

    async def note(work: Work) -> None:
        done.append(work.id)

    await plan(store, "soon", NOW + timedelta(hours=1))
    async with at_work(Clock(store.work, {KIND: note})):
        time.move_to(NOW + timedelta(days=365))
        await until(lambda: done == ["soon"])
        time.move_to(NOW)
        await plan(store, "later", NOW + timedelta(hours=2))
        await plan(store, "now", NOW)
        await until(lambda: len(done) == 2)
        time.move_to(NOW + timedelta(hours=2))
        await until(lambda: len(done) == 3)
    assert done == ["soon", "now", "later"]
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
        async with at_work(Clock(store.work, {KIND: fail_twice})):
            for wait in (15, 30):
                before = len(caplog.records)
                await until(lambda before=before: len(caplog.records) > before)
                time.tick(timedelta(seconds=wait))
            await until(lambda: len(tries) == 3)
    assert await nothing_left(store)
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
    async with at_work(Clock(store.work, {})):
        await until(lambda: "deadline:R1:1 failed (KeyError), trying again" in caplog.text)
    assert not await nothing_left(store)


async def test_a_handler_may_plan_the_same_work_again(store: Store, time: Any) -> None:
    done: list[datetime] = []

    async def repeat(work: Work) -> None:
        done.append(work.due_at)
        await plan(store, work.id, work.due_at + timedelta(hours=24))

    await plan(store, "reminder:R1:1")
    async with at_work(Clock(store.work, {KIND: repeat})):
        await until(lambda: len(done) == 1)
        time.tick(timedelta(hours=24))
        await until(lambda: len(done) == 2)
    assert done == [NOW, NOW + timedelta(hours=24)]


async def test_a_handler_that_hangs_stops_neither_the_others_nor_its_own_next_try(
    store: Store, time: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(clock_module, "HANDLER_SECONDS", 0.2)
    tries: list[str] = []

    async def hang_once(work: Work) -> None:
        tries.append(work.id)
        if tries == ["stuck"]:
            await asyncio.Event().wait()

    await plan(store, "stuck")
    async with at_work(Clock(store.work, {KIND: hang_once})):
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
    async with at_work(Clock(store.work, {KIND: note})):
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
    async with at_work(Clock(store.work, {KIND: slow})):
        await begun.wait()
    assert done == ["one"]
    assert await nothing_left(store)
