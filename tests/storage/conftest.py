"""Both engines in turn, each test on a database of its own."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from storage.open import open_store
from storage.store import Store
from tests.databases import cleared_postgres, sqlite_database


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def url(engine: str, tmp_path: Path) -> Iterator[str]:
    """The address of a database with the newest schema."""
    if engine == "sqlite":
        yield sqlite_database(tmp_path)
    else:
        with cleared_postgres() as address:
            yield address


@pytest.fixture
async def store(url: str) -> AsyncIterator[Store]:
    opened = await open_store(url)
    yield opened
    await opened.close()
