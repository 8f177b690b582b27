"""People who press one button after the other, and remember what was acknowledged."""

import asyncio
import itertools

from bench.kills.partnership import CHANNEL
from sandbox.harness import Harness, Spot

OPEN, DROP = "Name one to drop", "Drop this"
PATIENCE = 0.05
"""Seconds before somebody presses again whose press was not answered."""


class Voter:
    """Somebody with a ballot before them.

    `acknowledged` is the last choice that was, `unanswered` what was pressed since then and may be kept or
    not. `votes` counts presses that were acknowledged, `refused` those answered with a refusal, `silences`
    those that nobody answered.
    """

    def __init__(self, user_id: str) -> None:
        self.user_id = user_id
        self.acknowledged = ""
        self.unanswered: set[str] = set()
        self.votes = 0
        self.refused = 0
        self.silences = 0

    async def open_ballot(self, harness: Harness, ranking_id: str) -> None:
        """Press the button of the ranking's board."""
        spots = harness.spots(self.user_id, CHANNEL)
        spot = next(
            each
            for each in spots
            if each.label == OPEN and each.element["value"].startswith(f"{ranking_id}|")
        )
        trouble = await harness.acts.press(self.user_id, spot.place, spot.block_id, spot.action_id)
        assert trouble is None, f"{self.user_id} could not open the ballot: {trouble}"
        await harness.until(lambda: self._drops(harness), f"the ballot of {self.user_id}")

    async def press_until(self, harness: Harness, stop: asyncio.Event, first: int) -> None:
        """Press until told to stop, beginning with the `first` statement; a press under way is waited for."""
        for at in itertools.count(first):
            if stop.is_set():
                return
            await self._press(harness, at)

    async def close_ballot(self, harness: Harness) -> None:
        """Close all that is open."""
        if (view := harness.open_view(self.user_id)) is not None:
            await harness.acts.close(self.user_id, view.id, all=True)

    async def _press(self, harness: Harness, at: int) -> None:
        spots = self._drops(harness)
        spot = spots[at % len(spots)]
        choice = spot.element["value"].split("|")[2]
        before = harness.open_view(self.user_id)
        self.unanswered.add(choice)
        if await harness.acts.press(self.user_id, spot.place, spot.block_id, spot.action_id):
            self.silences += 1
            await asyncio.sleep(PATIENCE)
            return
        after = harness.open_view(self.user_id)
        assert before is not None
        assert after is not None
        if after.id != before.id:
            self.refused += 1
            await harness.acts.close(self.user_id, after.id)
        else:
            self.votes += 1
            self.acknowledged, self.unanswered = choice, set()

    def _drops(self, harness: Harness) -> list[Spot]:
        return [each for each in harness.spots(self.user_id) if each.label == DROP]
