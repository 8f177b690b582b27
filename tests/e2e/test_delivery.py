"""Messages follow rows, whatever Slack answers."""

import asyncio
import itertools

import pytest

from sandbox.harness import Harness
from sandbox.trouble import Fault
from tests.e2e.ranking import (
    CHANNEL,
    FIVE,
    ORLA,
    go_on,
    open_ballot,
    start_ranking,
    until_board_says,
)


@pytest.mark.parametrize(
    "fault",
    [
        Fault("chat.update", status=429, retry_after=1, times=2),
        Fault("chat.update", status=500, times=2),
        Fault("chat.update", kind="broken_json", times=2),
        Fault("chat.update", status=200, error="internal_error", times=2),
    ],
    ids=["429", "500", "broken", "internal"],
)
async def test_an_update_that_slack_did_not_take_is_sent_again(harness: Harness, fault: Fault) -> None:
    await start_ranking(harness)
    harness.web_api.faults.add(fault)
    await go_on(harness, "Go on")
    await until_board_says(harness, "Step 2 of 6")
    assert len(harness.web_api.log.of("chat.update")) == 3


async def test_retry_after_is_honoured(harness: Harness) -> None:
    await start_ranking(harness)
    harness.web_api.faults.add(Fault("chat.update", status=429, retry_after=2))
    await go_on(harness, "Go on")
    await until_board_says(harness, "Step 2 of 6")
    refused, taken = harness.web_api.log.of("chat.update")
    assert taken.at - refused.at >= 2


async def test_many_votes_become_at_most_one_update_a_second_and_the_last_is_right(harness: Harness) -> None:
    await start_ranking(harness)
    await go_on(harness, "Go on")
    await until_board_says(harness, "Step 2 of 6")
    before = len(harness.web_api.log.of("chat.update"))

    async def change_mind(user_id: str) -> None:
        await open_ballot(harness, user_id, "Name one to drop")
        for _ in range(4):
            for label in ("Drop this", "Take back"):
                await harness.click(user_id, label)
        await harness.click(user_id, "Drop this")

    began = harness.workspace.clock()
    await asyncio.gather(*(change_mind(user_id) for user_id in FIVE))
    lasted = harness.workspace.clock() - began
    await until_board_says(harness, "5 of 5 have answered")
    updates = harness.web_api.log.of("chat.update")[before:]
    assert len(updates) <= lasted + 3
    gaps = [later.at - earlier.at for earlier, later in itertools.pairwise(updates)]
    assert all(gap > 0.9 for gap in gaps)


async def test_a_message_refused_for_good_waits_for_the_next_change(harness: Harness) -> None:
    await start_ranking(harness)
    harness.web_api.faults.add(Fault("chat.update", status=200, error="edit_window_closed"))
    await go_on(harness, "Go on")
    await harness.until(
        lambda: "was refused: edit_window_closed" in harness.bot_log or None, "the refusal in the log"
    )
    await go_on(harness, "More", "Stop the ranking")
    await until_board_says(harness, "Stopped")


async def test_a_copy_whose_answer_was_lost_goes_at_the_first_press_on_it(harness: Harness) -> None:
    harness.web_api.faults.add(Fault("chat.postMessage", status=500, is_performed=True))
    await start_ranking(harness)

    def boards() -> list[str]:
        messages = harness.bot_messages(ORLA, CHANNEL)
        return [one.ts for one in messages if one.text.startswith("Ranking:")]

    await harness.until(lambda: len(boards()) == 2 or None, "the second copy")
    stray, kept = boards()
    spot = next(
        one
        for one in harness.spots(ORLA, CHANNEL)
        if one.label == "For the facilitator" and getattr(one.place, "ts", "") == stray
    )
    while stray in boards():
        await harness.acts.press(ORLA, spot.place, spot.block_id, spot.action_id)
    assert boards() == [kept]
    await harness.click(ORLA, "Go on")
    await until_board_says(harness, "Step 2 of 6")
