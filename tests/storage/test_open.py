"""Addresses, copies made while writing, and faults in words."""

import asyncio
import itertools
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from storage.open import backup, describe_faults, migrate, open_store, pending_migrations
from storage.store import Store, UnavailableError
from tests.databases import postgres_database, postgres_programs
from tests.storage.examples import WORKSPACE, a_study, minutes


@pytest.mark.parametrize(
    "url",
    ["", "mysql://ben:s3cret@host/db", "data/store.db", "postgresql+psycopg://ben:s3cret@host/db", "s3cret"],
)
async def test_other_addresses_are_refused_naming_what_is_accepted(url: str, tmp_path: Path) -> None:
    with pytest.raises(UnavailableError, match=r"begin with sqlite:/// or with postgresql://") as raised:
        await open_store(url)
    assert describe_faults(url) == [str(raised.value)]
    assert "s3cret" not in str(raised.value)
    calls: list[Callable[[], object]] = [
        lambda: migrate(url),
        lambda: pending_migrations(url),
        lambda: backup(url, tmp_path / "copy"),
    ]
    for call in calls:
        with pytest.raises(UnavailableError, match="begin with"):
            call()


@pytest.mark.parametrize(
    "url", ["sqlite://", "sqlite:///", "sqlite://host/store.db", "sqlite:///a.db?mode=ro"]
)
async def test_an_sqlite_address_that_names_no_file_is_refused(url: str) -> None:
    with pytest.raises(UnavailableError, match=r"sqlite:///path/to/file\.db"):
        await open_store(url)
    (fault,) = describe_faults(url)
    assert "sqlite:///path/to/file.db" in fault


async def test_a_relative_path_starts_where_the_program_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    store = await open_store("sqlite:///data/some name.db")
    await store.check_writable()
    await store.close()
    assert (tmp_path / "data/some name.db").is_file()


async def fill(store: Store, begun: asyncio.Event) -> None:
    """Publish without end."""
    for number in itertools.count(1):
        await store.case_studies.import_case_study(a_study(f"later-{number}", published_at=minutes(1)))
        if number == 20:
            begun.set()


def restore(copy: Path, url: str) -> None:
    subprocess.run(["pg_restore", "--dbname", url, str(copy)], check=True)


async def test_a_copy_made_while_writing_is_whole(
    store: Store, url: str, engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(postgres_programs()), prepend=":")
    await store.case_studies.create_case_study(a_study())
    begun = asyncio.Event()
    writing = asyncio.create_task(fill(store, begun))
    target = tmp_path / "copies" / "copy"
    try:
        await begun.wait()
        await asyncio.to_thread(backup, url, target)
    finally:
        writing.cancel()
    assert [path.name for path in target.parent.iterdir()] == ["copy"]

    async def holds(address: str) -> None:
        assert describe_faults(address) == []
        copy = await open_store(address, migrate=False)
        assert await copy.case_studies.get_case_study(WORKSPACE, "S1") == a_study()
        published = await copy.published.count(WORKSPACE)
        assert published >= 20
        found = await copy.published.search(WORKSPACE, "breakfast", limit=100_000)
        assert len(found) == published
        await copy.close()

    if engine == "sqlite":
        await holds(f"sqlite:///{target}")
    else:
        with postgres_database(empty=True) as address:
            await asyncio.to_thread(restore, target, address)
            await holds(address)


async def test_a_copy_never_replaces_a_file(store: Store, url: str, tmp_path: Path) -> None:
    target = tmp_path / "letter.txt"
    target.write_text("precious")
    with pytest.raises(UnavailableError, match="exists already"):
        backup(url, target)
    assert target.read_text() == "precious"


@pytest.mark.parametrize("name", ["missing.db", ":memory:"])
def test_what_is_not_there_is_not_copied(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnavailableError, match="no database"):
        backup(f"sqlite:///{name}", tmp_path / "copy")
    assert list(tmp_path.iterdir()) == []


def test_a_copy_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    migrate(f"sqlite:///{tmp_path}/store.db")
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(UnavailableError, match="cannot be made"):
        backup(f"sqlite:///{tmp_path}/store.db", tmp_path / "file" / "copy")
    (tmp_path / "copy.part").mkdir()
    with pytest.raises(UnavailableError, match="copy"):
        backup(f"sqlite:///{tmp_path}/store.db", tmp_path / "copy")


def test_a_postgres_copy_says_what_it_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnavailableError, match="needs pg_dump, and it is not on the PATH"):
        backup("postgresql://ben:s3cret@127.0.0.1:1/db", tmp_path / "copy")


def test_a_postgres_copy_that_fails_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(postgres_programs()), prepend=":")
    with pytest.raises(UnavailableError, match="pg_dump could not copy") as raised:
        backup("postgresql://ben:s3cret@127.0.0.1:1/db", tmp_path / "copy")
    assert "s3cret" not in str(raised.value)
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_is_not_writable_is_a_fault() -> None:
    (fault,) = describe_faults("sqlite:////proc/commonground/store.db")
    assert "No database can be made in the folder /proc" in fault


def test_a_missing_folder_is_no_fault_and_is_not_made(tmp_path: Path) -> None:
    assert describe_faults(f"sqlite:///{tmp_path}/a/b/store.db") == []
    assert describe_faults("sqlite:///:memory:") == []
    assert list(tmp_path.iterdir()) == []


def test_a_spoilt_file_is_a_fault_and_stays_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    path.write_text("This is a letter, not a database. " * 50)
    before = path.read_bytes()
    (fault,) = describe_faults(f"sqlite:///{path}")
    assert "it is not a database" in fault
    assert path.read_bytes() == before


def test_damage_inside_a_file_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    url = f"sqlite:///{path}"
    migrate(url)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'answers'").fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    content = bytearray(path.read_bytes())
    content[(root - 1) * size : root * size] = b"\xff" * size
    path.write_bytes(content)
    (fault,) = describe_faults(url)
    assert "damaged; put a backup in its place" in fault


def test_another_programs_database_is_looked_at_but_not_changed(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE theirs (x)")
    before = path.read_bytes()
    assert describe_faults(f"sqlite:///{path}") == []
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["store.db"]
