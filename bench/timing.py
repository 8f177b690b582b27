"""Times of something done several times."""

import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds."""

    median: float
    p99: float
    longest: float


def times_of(seconds: Sequence[float]) -> Times:
    """What many runs took."""
    milliseconds = np.array(seconds) * 1000
    return Times(
        float(np.median(milliseconds)), float(np.percentile(milliseconds, 99)), float(milliseconds.max())
    )


def median_seconds(work: Callable[[], object], runs: int) -> float:
    """The median of `runs` runs after one that is not counted."""
    work()
    return statistics.median(_once(work) for _ in range(runs))


async def seconds_of(work: Awaitable[object]) -> float:
    """How long it takes once."""
    began = time.perf_counter()
    await work
    return time.perf_counter() - began


def _once(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
