"""How far a measured value may be off, by drawing the sample again and again."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Sample = NDArray[np.float64]
Statistic = Callable[[Sample], Sample]

SEED = 20071
DRAWS = 2000


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value and the ends of its 95% interval."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.2f} ({self.low:.2f}-{self.high:.2f})"


def estimate(sample: Sample, statistic: Statistic, draws: int = DRAWS, seed: int = SEED) -> Estimate:
    """The statistic of a sample with its percentile bootstrap interval; the same for the same sample.

    :param sample: one row an observation, one column a measured value of it; at least one row
    :param statistic: takes an array of shape (..., rows, columns) and gives one of shape (...)
    """
    rows = np.random.default_rng(seed).integers(len(sample), size=(draws, len(sample)))
    low, high = np.percentile(statistic(sample[rows]), [2.5, 97.5])
    return Estimate(float(statistic(sample)), float(low), float(high))


def mean(sample: Sample) -> Sample:
    """The mean of the first column."""
    return np.asarray(sample[..., 0].mean(axis=-1))


def ratio_of_means(sample: Sample) -> Sample:
    """The mean of the first column as a share of the mean of the second; 0 where the second is 0."""
    return share(sample[..., 0].mean(axis=-1), sample[..., 1].mean(axis=-1))


def share(part: Sample, whole: Sample) -> Sample:
    """The part of the whole, 0 where the whole is 0."""
    return np.divide(part, whole, out=np.zeros_like(part), where=whole != 0)
