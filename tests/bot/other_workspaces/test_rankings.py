"""Everything about a ranking, pressed in another workspace that has the app too, with our ids."""

from collections.abc import Callable

import pytest

from tests.bot.other_workspaces.two_workspaces import FROM_AWAY, Wall, away_bot
from tests.bot.ranking.running import Run
from tests.bot.ranking.test_refusals import EVERY, Acting, Form, Press, assert_refused, name_of

WORDS = ("What matters here", "Statement 1", "It helps everybody", "Too soon")


@pytest.mark.parametrize("one", EVERY, ids=name_of)
async def test_nothing_is_changed_and_nothing_is_told(
    run: Run, wall: Callable[..., Wall], one: Press | Form
) -> None:
    acting = Acting(run)
    await acting.prepare(one)
    whole = wall(*WORDS)
    run.bot = away_bot(run.bot)
    for user in FROM_AWAY:
        assert_refused(await acting.act(one, user))
    whole.assert_whole()
