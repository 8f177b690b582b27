"""Everything about case studies, pressed in another workspace that has the app too, with our ids."""

from collections.abc import Callable
from pathlib import Path

import pytest

from storage.store import Store
from tests.bot.case_studies.permission_acts import SECRET, Acting
from tests.bot.case_studies.permission_table import IDA, LINES, Line
from tests.bot.other_workspaces.reached import Reached
from tests.bot.other_workspaces.two_workspaces import FROM_AWAY, OUTSIDE, Wall, away_bot
from tests.slack import Bot, Slack

WORDS = (SECRET, "Saturday club", "Larkfield Library", "What Anna set out to do", IDA.id)


def name_of(line: Line) -> str:
    return f"{type(line).__name__} {line.id}"


@pytest.mark.parametrize("line", LINES, ids=name_of)
async def test_nothing_is_changed_and_nothing_is_told(
    bot: Bot,
    slack: Slack,
    store: Store,
    tmp_path: Path,
    wall: Callable[..., Wall],
    reached: Reached,
    line: Line,
) -> None:
    acting = Acting(bot, slack, store, tmp_path / "commonground.db")
    await acting.prepare(line)
    whole = wall(*WORDS)
    reached.names.clear()
    acting.bot = away_bot(bot)
    for user in FROM_AWAY:
        assert "reference" not in await acting.act(line, user)
    await whole.assert_whole()
    assert len(reached.names) == len(FROM_AWAY)


@pytest.mark.parametrize(
    "line",
    [line for line in LINES if line.right not in {"member", "admin"} and line.state != "published"],
    ids=name_of,
)
async def test_a_draft_is_not_there_for_people_from_outside_and_guests(
    bot: Bot, slack: Slack, store: Store, tmp_path: Path, wall: Callable[..., Wall], line: Line
) -> None:
    acting = Acting(bot, slack, store, tmp_path / "commonground.db")
    await acting.prepare(line)
    whole = wall(SECRET, "What Anna set out to do")
    for user in OUTSIDE:
        words = await acting.act(line, user)
        assert words
        assert "reference" not in words
    whole.assert_silent()
