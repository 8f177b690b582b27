"""What befalls an SQLite file while people vote: each is told in words, nothing told as saved is lost, and it
goes on by itself.
"""

import asyncio
import contextlib
import resource
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.errors import UNAVAILABLE
from bot.outside.store_condition import Condition, StoreWatch
from storage.open import SqlStore, backup
from storage.sqlite import SqliteDatabase
from tests.faults.voting import VOTERS, Voting
from tests.slack import ANNA, BEN, PIA, words_of


def on_the_writer(voting: Voting, words: str) -> int:
    """Say this to the one connection that writes, as nobody else can; it must have nothing to do."""
    store = voting.run.store
    assert isinstance(store, SqlStore)
    assert isinstance(store._database, SqliteDatabase)
    found = store._database._writer._connection.execute(f"PRAGMA {words}").fetchone()
    return int(found[0]) if found else 0


async def test_a_full_disk(voting: Voting, url: str) -> None:
    for user in VOTERS:
        assert await voting.vote(user, "s-1") is None
    await voting.propose()
    pages = on_the_writer(voting, "page_count")
    on_the_writer(voting, f"max_page_count = {pages}")
    assert UNAVAILABLE in await voting.block(ANNA, "No. " * 700)
    assert await voting.kept_at(url) == {}
    on_the_writer(voting, "max_page_count = 1000000")
    assert await voting.block(ANNA, "No. " * 700) == ""
    assert await voting.kept_at(url) == {ANNA.id: "block"}


async def test_a_disk_that_takes_no_more_while_a_vote_is_committed(
    voting: Voting, path: Path, url: str
) -> None:
    assert await voting.vote(ANNA, "s-1") is None
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    log_size = path.with_name(f"{path.name}-wal").stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (log_size, limits[1]))
    try:
        assert await voting.is_refused(ANNA, "s-2")
        assert await voting.is_refused(BEN, "s-3")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert await voting.kept_at(url) == voting.told
    assert await voting.vote(BEN, "s-4") is None
    assert await voting.kept_at(url) == voting.told == {ANNA.id: "s-1", BEN.id: "s-4"}


@pytest.fixture
def locked(path: Path) -> Iterator[sqlite3.Connection]:
    """Another program on the same file."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        yield other


async def test_a_database_that_another_program_keeps_locked(
    voting: Voting, locked: sqlite3.Connection, url: str
) -> None:
    assert await voting.vote(ANNA, "s-1") is None
    locked.execute("BEGIN EXCLUSIVE")
    assert await voting.is_refused(ANNA, "s-2")
    assert await voting.is_refused(BEN, "s-3")
    locked.execute("ROLLBACK")
    assert await voting.kept_at(url) == voting.told
    assert await voting.vote(BEN, "s-3") is None
    assert await voting.kept_at(url) == voting.told == {ANNA.id: "s-1", BEN.id: "s-3"}
    assert "2 of 3 have answered" in await voting.board_says()


async def test_a_database_that_can_only_be_read(voting: Voting, url: str) -> None:
    assert await voting.vote(ANNA, "s-1") is None
    on_the_writer(voting, "query_only = ON")
    assert await voting.is_refused(ANNA, "s-2")
    assert await voting.kept_at(url) == voting.told
    on_the_writer(voting, "query_only = OFF")
    assert await voting.vote(ANNA, "s-2") is None
    assert await voting.kept_at(url) == voting.told == {ANNA.id: "s-2"}


async def test_a_file_that_is_deleted_is_written_again(voting: Voting, path: Path, url: str) -> None:
    assert await voting.vote(ANNA, "s-1") is None
    await asyncio.to_thread(path.unlink)
    assert await voting.vote(BEN, "s-2") is None
    assert await voting.kept_at(url) == voting.told == {ANNA.id: "s-1", BEN.id: "s-2"}
    assert await voting.vote(PIA, "s-3") is None
    assert await voting.kept_at(url) == voting.told
    assert "3 of 3 have answered" in await voting.board_says()


async def test_a_folder_that_is_deleted_is_written_again(voting: Voting, path: Path, url: str) -> None:
    assert await voting.vote(ANNA, "s-1") is None
    shutil.rmtree(path.parent)
    assert await voting.vote(BEN, "s-2") is None
    assert await voting.kept_at(url) == voting.told == {ANNA.id: "s-1", BEN.id: "s-2"}


async def test_a_file_that_cannot_be_written_again_for_a_while(voting: Voting, path: Path, url: str) -> None:
    assert await voting.vote(ANNA, "s-1") is None
    shutil.rmtree(path.parent)
    path.parent.write_text("a file where the folder was")
    assert await voting.is_refused(BEN, "s-2")
    path.parent.unlink()
    assert await voting.vote(PIA, "s-3") is None
    kept = await voting.kept_at(url)
    assert kept == {**voting.told, BEN.id: "s-2"}


async def test_a_backup_put_in_place_while_the_bot_runs_is_used(voting: Voting, path: Path, url: str) -> None:
    assert await voting.vote(ANNA, "s-1") is None
    backup(url, path.with_name("copy.db"))
    assert await voting.vote(ANNA, "s-2") is None
    path.with_name("copy.db").rename(path)
    assert await voting.is_refused(BEN, "s-2")
    assert await voting.kept_at(url) == {ANNA.id: "s-1"}
    assert await voting.vote(BEN, "s-3") is None
    assert await voting.kept_at(url) == {ANNA.id: "s-1", BEN.id: "s-3"}
    assert "2 of 3 have answered" in await voting.board_says()


async def test_another_programs_file_in_its_place_is_refused(voting: Voting, path: Path, url: str) -> None:
    assert await voting.vote(ANNA, "s-1") is None
    backup(url, path.with_name("copy.db"))
    with contextlib.closing(sqlite3.connect(path.with_name("other.db"))) as other, other:
        other.execute("CREATE TABLE theirs (x)")
    path.with_name("other.db").rename(path)
    assert await voting.is_refused(BEN, "s-2")
    assert await voting.is_refused(BEN, "s-2")
    path.with_name("copy.db").rename(path)
    assert await voting.is_refused(BEN, "s-2")
    assert await voting.vote(BEN, "s-3") is None
    assert await voting.kept_at(url) == {ANNA.id: "s-1", BEN.id: "s-3"}


async def test_commands_are_told_too_and_nothing_is_a_server_error(voting: Voting) -> None:
    await voting.run.store.close()
    for command in ("/rank", "/casestudy"):
        answer = await voting.run.bot.command(command)
        assert answer["response_type"] == "ephemeral"
        assert UNAVAILABLE in words_of(answer["blocks"])
    opened = await voting.run.bot.event({"type": "app_home_opened", "user": ANNA.id, "tab": "home"})
    assert opened.status == 200


async def test_a_file_that_is_moved_back_goes_on_with_all_that_was_saved(
    voting: Voting, path: Path, url: str
) -> None:
    assert await voting.vote(ANNA, "s-1") is None
    await asyncio.to_thread(path.rename, path.with_name("moved.db"))
    with contextlib.closing(sqlite3.connect(path.with_name("other.db"))) as other, other:
        other.execute("CREATE TABLE theirs (x)")
    await asyncio.to_thread(path.with_name("other.db").rename, path)
    assert await voting.is_refused(BEN, "s-2")
    await asyncio.to_thread(path.with_name("moved.db").rename, path)
    assert await voting.vote(PIA, "s-3") is None
    kept = await voting.kept_at(url)
    assert kept[ANNA.id] == "s-1"
    assert kept[PIA.id] == "s-3"


async def test_health_says_that_another_program_keeps_the_file_locked(voting: Voting, path: Path) -> None:
    watch = StoreWatch(voting.run.store)
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert await watch.condition() == Condition(False)
        assert not (await watch.condition()).is_writable
    assert (await StoreWatch(voting.run.store).condition()).is_writable
