"""Whether agreement changed between two rounds by more than chance explains."""

from collections.abc import Sequence
from typing import Any

from bot.ranking.counting.ballots import Ballot
from bot.ranking.counting.division import average_places

SAMPLES = 2_000
SEED = 1935  # any fixed number: the same ballots get the same answer


def chance_of_change(pairs: Sequence[tuple[Ballot, Ballot]], items: Sequence[str]) -> float | None:
    """Probability that Kendall's W differs between the rounds by as much as it does, up or down.

    Each pair holds one person's ballots of the first and the second round. If talking changed nothing
    in how alike people are, either could be either: each person's two are swapped by a coin, and W counted
    again (R. A. Fisher, The Design of Experiments, 1935, on pairs). None below two people, and where
    a round's ballots tell no two items apart.
    """
    import numpy as np  # noqa: PLC0415 - loaded at the first count, not when the bot starts

    if len(pairs) < 2 or len(items) < 2:
        return None
    first = average_places([one for one, _other in pairs], items)
    second = average_places([other for _one, other in pairs], items)
    kept = np.vstack([np.ones(len(pairs)), np.random.default_rng(SEED).integers(0, 2, (SAMPLES, len(pairs)))])
    before, after = _w(first, second, kept), _w(second, first, kept)
    if not np.isfinite(before[0]) or not np.isfinite(after[0]):
        return None
    change = np.abs(after - before)
    return float(((change[1:] >= change[0] - 1e-9).sum() + 1) / (SAMPLES + 1))


def _w(own: Any, other: Any, kept: Any) -> Any:
    """Kendall's W, corrected for ties, of the ballots `own` where `kept` is 1 and `other` where it is 0.

    The largest sum of squares that the ties leave room for is people times that of the ballots themselves.
    """
    import numpy as np  # noqa: PLC0415 - loaded at the first count, not when the bot starts

    people, items = own.shape
    middle = (items + 1) / 2
    sums = kept @ (own - middle) + (1 - kept) @ (other - middle)
    room = kept @ ((own - middle) ** 2).sum(axis=1) + (1 - kept) @ ((other - middle) ** 2).sum(axis=1)
    return np.divide((sums**2).sum(axis=1), people * room, out=np.full(len(kept), np.nan), where=room > 0)
