"""What a ranked answer is worth, against the ids that are known to be relevant."""

import math
from collections.abc import Sequence

from bench.bootstrap import Sample, share


def hit_at_1(found: Sequence[str], relevant: Sequence[str]) -> float:
    """1 when the first of the found is relevant, else 0."""
    return float(bool(found) and found[0] in relevant)


def recall_at_5(found: Sequence[str], relevant: Sequence[str]) -> float:
    """How many of the first five are relevant, as a share of how many could be. `relevant` is not empty."""
    return len(set(found[:5]) & set(relevant)) / min(5, len(relevant))


def ndcg_at_10(found: Sequence[str], relevant: Sequence[str]) -> float:
    """Gain of the relevant among the first ten, discounted by place, as a share of the best order's.

    Järvelin and Kekäläinen, 2002, with a gain of 1 for each relevant id. `relevant` is not empty.
    """
    gain = sum(1 / math.log2(place + 1) for place, each in enumerate(found[:10], start=1) if each in relevant)
    best = sum(1 / math.log2(place + 1) for place in range(1, min(10, len(relevant)) + 1))
    return gain / best


def refusal_precision(sample: Sample) -> Sample:
    """Of those refused, the share out of scope; 0 when none is. Columns: out of scope, refused."""
    return share((sample[..., 0] * sample[..., 1]).sum(axis=-1), sample[..., 1].sum(axis=-1))


def refusal_recall(sample: Sample) -> Sample:
    """Of those out of scope, the share refused; 0 when there are none. Columns: out of scope, refused."""
    return share((sample[..., 0] * sample[..., 1]).sum(axis=-1), sample[..., 0].sum(axis=-1))


def refusal_f1(sample: Sample) -> Sample:
    """The harmonic mean of precision and recall; 0 when nothing is right. Columns: out of scope, refused."""
    right = (sample[..., 0] * sample[..., 1]).sum(axis=-1)
    return share(2 * right, sample.sum(axis=(-2, -1)))
