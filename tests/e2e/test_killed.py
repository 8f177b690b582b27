"""SIGKILL at any moment: nothing that was acknowledged is lost, and the messages are right afterwards."""

import asyncio
import itertools

import pytest

from sandbox.harness import Harness
from storage.open import open_store
from storage.records.people import Person
from tests.e2e.ranking import (
    CHANNEL,
    FIVE,
    close_modal,
    go_on,
    open_ballot,
    press_on_board,
    start_ranking,
    until_board_says,
)

HOME, PARTNER = "T0MARLBROOK", "T0FERNLEIGH"


class Voter:
    """Somebody who presses one button after the other until the bot no longer answers."""

    def __init__(self, harness: Harness, user_id: str) -> None:
        self.harness, self.user_id = harness, user_id
        self.acknowledged = ""
        self.unanswered = ""

    async def press_on(self) -> None:
        for at in itertools.count():
            spots = [one for one in self.harness.spots(self.user_id) if one.label == "Drop this"]
            spot = spots[at % len(spots)]
            self.unanswered = spot.element["value"].split("|")[2]
            trouble = await self.harness.acts.press(self.user_id, spot.place, spot.block_id, spot.action_id)
            if trouble:
                return
            self.acknowledged, self.unanswered = self.unanswered, ""


@pytest.mark.parametrize("after", [0.05, 0.2, 0.45])
async def test_every_acknowledged_vote_survives_a_kill(
    harness: Harness, database_url: str, after: float
) -> None:
    await start_ranking(harness)
    await go_on(harness, "Go on")
    voters = [Voter(harness, user_id) for user_id in FIVE]
    for voter in voters:
        await open_ballot(harness, voter.user_id, "Name one to drop")
    storm = [asyncio.create_task(voter.press_on()) for voter in voters]
    await asyncio.sleep(after)
    await harness.kill_bot()
    await asyncio.gather(*storm)
    assert any(voter.acknowledged for voter in voters)

    store = await open_store(database_url)
    ranking = (await store.rankings.list_rankings(HOME))[0]
    stored = {a.person: a.choice for a in await store.rankings.list_answers(HOME, ranking.id, 2)}
    await store.close()
    for voter in voters:
        team = harness.workspace.people[voter.user_id].team_id
        choice = stored.get(Person(team, voter.user_id), ("",))
        assert choice in ((voter.acknowledged,), (voter.unanswered,))

    await harness.start_bot()
    await until_board_says(harness, f"{len(stored)} of 5 have answered")
    boards = [m for m in harness.bot_messages(FIVE[0], CHANNEL) if m.text.startswith("Ranking:")]
    assert len(boards) == 1


async def test_messages_that_were_not_sent_are_sent_after_the_restart(harness: Harness) -> None:
    await start_ranking(harness)
    await press_on_board(harness, FIVE[0], "For the facilitator")
    await harness.click(FIVE[0], "Go on")
    await harness.kill_bot()
    await harness.start_bot()
    await until_board_says(harness, "Step 2 of 6")


async def test_a_press_while_the_bot_is_down_is_told_and_works_afterwards(harness: Harness) -> None:
    await start_ranking(harness)
    await harness.kill_bot()
    spot = harness.find_button(FIVE[0], "For the facilitator", CHANNEL)
    assert spot is not None
    assert await harness.acts.press(FIVE[0], spot.place, spot.block_id, spot.action_id)
    await harness.start_bot()
    await go_on(harness, "Go on")
    await until_board_says(harness, "Step 2 of 6")


async def test_a_section_that_was_sent_survives_a_kill(harness: Harness) -> None:
    writer = FIVE[0]
    await harness.acts.run_command(writer, CHANNEL, "/casestudy")
    await harness.click(writer, "Start")
    await harness.click(writer, "Write")
    fields = {one.block_id for one in harness.spots(writer) if one.element["type"] == "plain_text_input"}
    for field in fields:
        await harness.fill(writer, field, f"Words for {field} & more")
    assert await harness.submit(writer) == {}
    await harness.kill_bot()
    await harness.start_bot()
    await close_modal(harness, writer)
    await harness.acts.open_home(writer)
    await harness.click(writer, "Go on")
    await harness.click(writer, "Write")
    shown = {one.block_id: one.element.get("initial_value") for one in harness.spots(writer)}
    assert fields
    for field in fields:
        assert shown[field] == f"Words for {field} & more"
