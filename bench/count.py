"""How long the count of a ranking takes."""

import random
from functools import partial

from bench.timing import median_seconds
from bot.ranking.counting.agreement import kendall_w, mean_correlation
from bot.ranking.counting.ballots import Ballot
from bot.ranking.counting.profile import Profile
from bot.ranking.counting.tally import count_ballots

RUNS = 7


def measure_count() -> dict[str, float]:
    """Milliseconds for the whole count, and for W and correlation alone, at several sizes.

    Up to 16 items the count is exact Kemeny with bands, above that Schulze's.
    """
    figures: dict[str, float] = {}
    for items, voters in ((10, 100), (10, 10_000), (16, 1_000), (16, 10_000), (25, 1_000), (25, 10_000)):
        names = [f"item-{number}" for number in range(items)]
        ballots = _ballots(names, voters)
        profile = Profile(names, ballots)
        took = median_seconds(partial(count_ballots, ballots, names), RUNS)
        alike = median_seconds(partial(_alike, profile), RUNS)
        figures[f"whole count, {items} items, {voters} ballots (ms)"] = took * 1000
        figures[f"W and correlation, {items} items, {voters} ballots (ms)"] = alike * 1000
    return figures


def _alike(profile: Profile) -> tuple[float | None, float | None]:
    return kendall_w(profile), mean_correlation(profile)


def _ballots(items: list[str], voters: int) -> list[Ballot]:
    draw = random.Random(1)
    return [
        Ballot(f"voter-{number}", tuple((item,) for item in draw.sample(items, len(items))))
        for number in range(voters)
    ]
