"""`python -m bot misses`: what people looked for in vain, without who or where."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.__main__ import main
from storage.open import open_store

AT = datetime(2026, 5, 4, 9, tzinfo=UTC)


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a database that does not exist yet, where the command looks."""
    monkeypatch.chdir(tmp_path)
    url = f"sqlite:///{tmp_path}/commonground.db"
    monkeypatch.setenv("DATABASE_URL", url)
    return url


async def fill(url: str) -> None:
    store = await open_store(url)
    for workspace_id in ("T0HOME", "T0AWAY"):
        await store.lookups.record_miss(workspace_id, "bread sourdough", "nothing", AT)
    await store.lookups.record_miss("T0HOME", "trust", "unhelpful", AT)
    await store.close()


def test_words_for_people_are_counted_over_all_workspaces(
    url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    asyncio.run(fill(url))
    assert main(["misses"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "    2  found nothing        2026-05-04  bread sourdough",
        "    1  not what was needed  2026-05-04  trust",
    ]


def test_json_has_words_kind_count_and_day_alone(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    asyncio.run(fill(url))
    assert main(["misses", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == [
        {"words": "bread sourdough", "kind": "nothing", "count": 2, "last_seen": "2026-05-04"},
        {"words": "trust", "kind": "unhelpful", "count": 1, "last_seen": "2026-05-04"},
    ]


def test_none_is_said_so(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    async def create() -> None:
        await (await open_store(url)).close()

    asyncio.run(create())
    assert main(["misses"]) == 0
    assert capsys.readouterr().out == "Nobody has looked for anything in vain yet.\n"
    assert main(["misses", "--json"]) == 0
    assert capsys.readouterr().out == "[]\n"


def test_a_database_that_is_not_there_is_named_and_not_made(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["misses"]) == 1
    assert "commonground.db" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
