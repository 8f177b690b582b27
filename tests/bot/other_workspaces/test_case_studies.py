"""Everything about case studies, pressed in another workspace that has the app too, with our ids."""

from collections.abc import Callable
from pathlib import Path

import pytest

from storage.store import Store
from tests.bot.case_studies.permission_acts import SECRET, Acting
from tests.bot.case_studies.permission_table import IDA, LINES, Line
from tests.bot.other_workspaces.two_workspaces import FROM_AWAY, Wall, away_bot
from tests.slack import Bot, Slack

WORDS = (SECRET, "Saturday club", "Larkfield Library", "What Anna set out to do", IDA.id)


def name_of(line: Line) -> str:
    return f"{type(line).__name__} {line.id}"


@pytest.mark.parametrize("line", LINES, ids=name_of)
async def test_nothing_is_changed_and_nothing_is_told(
    bot: Bot, slack: Slack, store: Store, tmp_path: Path, wall: Callable[..., Wall], line: Line
) -> None:
    acting = Acting(bot, slack, store, tmp_path / "commonground.db")
    await acting.prepare(line)
    whole = wall(*WORDS)
    acting.bot = away_bot(bot)
    for user in FROM_AWAY:
        assert "reference" not in await acting.act(line, user)
    whole.assert_whole()
