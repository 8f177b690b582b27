"""The group's order of a round that has ended, counted once and beside the event loop.

The ballots of such a round no longer change, and every later answer shows its order again;
sixteen statements take a tenth of a second.
"""

import asyncio
from collections.abc import Sequence
from functools import lru_cache

from bot.ranking.counting.ballots import Weighting
from bot.ranking.results import GroupOrder, count_order
from storage.records.rankings import Answer

REMEMBERED = 256


async def counted_order(
    answers: Sequence[Answer], items: Sequence[str], weights: Weighting
) -> GroupOrder | None:
    """As `count_order`."""
    return await asyncio.to_thread(_count, tuple(answers), tuple(items), weights)


@lru_cache(maxsize=REMEMBERED)
def _count(answers: tuple[Answer, ...], items: tuple[str, ...], weights: Weighting) -> GroupOrder | None:
    return count_order(answers, items, weights)
