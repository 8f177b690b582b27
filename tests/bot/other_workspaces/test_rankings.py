"""Everything about a ranking, pressed in another workspace that has the app too, with our ids."""

from collections.abc import Callable

import pytest

from tests.bot.other_workspaces.reached import Reached
from tests.bot.other_workspaces.two_workspaces import FROM_AWAY, OUTSIDE, Wall, away_bot
from tests.bot.ranking.acting import Acting, assert_refused
from tests.bot.ranking.acts_table import EVERY, Form, Press, name_of, right_of
from tests.bot.ranking.running import Run, person
from tests.slack import TEAM

WORDS = ("What matters here", "Statement 1", "It helps everybody", "Too soon")


@pytest.mark.parametrize("one", EVERY, ids=name_of)
async def test_nothing_is_changed_and_nothing_is_told(
    run: Run, wall: Callable[..., Wall], reached: Reached, one: Press | Form
) -> None:
    acting = Acting(run)
    await acting.prepare(one)
    whole = wall(*WORDS)
    reached.names.clear()
    run.bot = away_bot(run.bot)
    for user in FROM_AWAY:
        assert_refused(await acting.act(one, user))
    await whole.assert_whole()
    assert len(reached.names) == len(FROM_AWAY)


@pytest.mark.parametrize("one", [one for one in EVERY if right_of(one) != "anybody"], ids=name_of)
async def test_who_has_no_part_in_it_is_refused_whoever_they_are(
    run: Run, wall: Callable[..., Wall], one: Press | Form
) -> None:
    acting = Acting(run)
    await acting.prepare(one)
    for user in OUTSIDE:
        await run.store.people.set_agency(TEAM, person(user), "")
    whole = wall("Statement 1", "It helps everybody", "Too soon")
    for user in OUTSIDE:
        assert_refused(await acting.act(one, user))
    whole.assert_silent()
