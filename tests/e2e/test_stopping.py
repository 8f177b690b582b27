"""A bot that is asked to stop ends what it has begun, and lets go of what it holds."""

import asyncio

import pytest

from sandbox.harness import running_harness
from tests.e2e.ranking import FIVE, go_on, open_ballot, start_ranking, until_board_says


@pytest.mark.parametrize("is_http", [False, True], ids=["socket mode", "signed requests"])
async def test_what_was_pressed_before_the_stop_is_shown_after_the_next_start(
    database_url: str, is_http: bool
) -> None:
    async with running_harness(database_url, is_http=is_http) as harness:
        await start_ranking(harness)
        await go_on(harness, "Go on")
        await until_board_says(harness, "Step 2 of 6")
        for user_id in FIVE:
            await open_ballot(harness, user_id, "Name one to drop")
        await asyncio.gather(*(harness.click(user_id, "Drop this") for user_id in FIVE))
        await harness.stop_bot()
        assert "Stopped." in harness.bot_log
        await harness.start_bot()
        await until_board_says(harness, "5 of 5 have answered")
