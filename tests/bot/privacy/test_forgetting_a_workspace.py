"""A workspace that has removed the app is forgotten: all of it, and nothing of another's."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.__main__ import main
from knowledge.model import Library
from storage.store import Store
from tests.bot.case_studies.examples import COMPLETE, make_study
from tests.bot.privacy.everything import MARK, REAL_NAME, do_everything
from tests.bot.ranking.running import Run
from tests.slack import PARTNER_TEAM, TEAM, Bot, Slack
from tests.storage.traces import bytes_of, cells, found_in


@pytest.fixture
def command(url: str, monkeypatch: pytest.MonkeyPatch) -> Sequence[str]:
    monkeypatch.setenv("DATABASE_URL", url)
    return ["forget-workspace", TEAM]


async def removed(store: Store) -> None:
    now = datetime.now(UTC)
    assert await store.installations.end(TEAM, "uninstalled", now, now)


async def test_nothing_of_it_is_left_and_nothing_of_another_is_gone(
    bot: Bot,
    slack: Slack,
    store: Store,
    run: Run,
    library: Library,
    url: str,
    command: Sequence[str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    await do_everything(bot, slack, store, run, library)
    theirs = replace(make_study(COMPLETE), workspace_id=PARTNER_TEAM, id="theirs", title="Theirs")
    await store.case_studies.import_case_study(theirs)
    before = [cell for cell in cells(url) if cell[1] == "workspace_id" and cell[2] == PARTNER_TEAM]
    assert before

    assert await asyncio.to_thread(main, [*command, "--yes"]) == 1
    assert "The app is installed in T0HOME" in capsys.readouterr().err
    assert found_in(url, MARK)
    await removed(store)
    assert await asyncio.to_thread(main, command) == 0
    said = capsys.readouterr().out
    assert "case_studies: " in said
    assert "Nothing was removed. To remove it, run the same with --yes." in said
    assert found_in(url, MARK)

    assert await asyncio.to_thread(main, [*command, "--yes"]) == 0
    assert "All of it has been removed." in capsys.readouterr().out
    assert [cell for cell in cells(url) if cell[1] == "workspace_id" and cell[2] == TEAM] == []
    assert found_in(url, MARK, REAL_NAME) == []
    assert [cell for cell in cells(url) if cell[1] == "workspace_id" and cell[2] == PARTNER_TEAM] == before
    await store.close()
    assert MARK.encode() not in bytes_of(url).lower()


async def test_what_is_not_known_is_said(
    store: Store, command: Sequence[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert await asyncio.to_thread(main, ["forget-workspace", "T0NOWHERE", "--yes"]) == 0
    assert capsys.readouterr().out == "Nothing is kept of it.\n"
