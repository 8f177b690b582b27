"""An SQLite file, and a store in it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.open import open_store
from storage.store import Store


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "store.db")


@pytest.fixture
async def store(path: str) -> AsyncIterator[Store]:
    opened = await open_store(f"sqlite:///{path}")
    yield opened
    await opened.close()
