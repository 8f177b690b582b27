"""Places where an SQLite file cannot be kept, each told in words."""

import contextlib
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from storage import sqlite_connection
from storage.open import open_store
from storage.store import Store, UnavailableError
from tests.storage.sqlite_file import path, store

__all__ = ["path", "store"]


async def test_a_file_locked_by_another_program_is_told(
    path: str, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await store.check_writable()
    monkeypatch.setattr(sqlite_connection, "BUSY_SECONDS", 0.01)
    second = await open_store(f"sqlite:///{path}")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(UnavailableError, match="another program keeps it locked"):
        await second.check_writable()
    other.close()
    await second.check_writable()
    await second.close()


def garbage(path: Path) -> None:
    path.write_text("This is a letter, not a database. " * 50)


def folder(path: Path) -> None:
    path.mkdir()


def file_for_folder(path: Path) -> None:
    path.parent.write_text("a file where the folder should be")


def damaged(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE t (x)")
        connection.executemany("INSERT INTO t VALUES (?)", [("x" * 500,)] * 100)
        connection.commit()
    content = bytearray(path.read_bytes())
    content[100:4096] = b"\xff" * 3996
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("spoil", "name", "words"),
    [
        (garbage, "store.db", "it is not a database"),
        (folder, "store.db", "cannot be opened"),
        (file_for_folder, "folder/store.db", "cannot be made"),
        (damaged, "store.db", "it is damaged"),
    ],
)
async def test_a_spoilt_place_is_told(
    tmp_path: Path, spoil: Callable[[Path], None], name: str, words: str
) -> None:
    spoil(tmp_path / name)
    with pytest.raises(UnavailableError, match=words):
        await open_store(f"sqlite:///{tmp_path}/{name}")


async def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    store = await open_store(f"sqlite:///{tmp_path}/some/where/store.db")
    await store.check_writable()
    await store.close()
    assert (tmp_path / "some/where/store.db").is_file()
