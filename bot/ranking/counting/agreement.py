"""How alike the ballots are: Kendall's W and the mean rank correlation, both aware of ties.

Both look at people whatever the weighting of the count: they say how alike the ballots are, not who wins.
Unranked items tie for last.
"""

from fractions import Fraction

import numpy as np

from bot.ranking.counting.profile import Profile, weighted_sum


def kendall_w(profile: Profile) -> float | None:
    """Kendall's coefficient of concordance, corrected for ties, 0 to 1.

    None below two ballots, and where no ballot tells two items apart.
    Source: Kendall and Gibbons, Rank Correlation Methods (5th ed.), ch. 6.
    """
    people, n = sum(profile.counts), len(profile.items)
    if people < 2:
        return None
    ranks, level = profile.double_ranks
    rank_sums = [int(total) for total in weighted_sum(profile.counts, ranks)]
    ties = int(weighted_sum(profile.counts, (level**2 - 1).sum(axis=1)))
    most = people**2 * (n**3 - n) - people * ties
    if most == 0:
        return None
    spread = 3 * sum(total**2 for total in rank_sums) - 3 * people**2 * n * (n + 1) ** 2
    return float(Fraction(spread, most))


def mean_correlation(profile: Profile) -> float | None:
    """Mean of Spearman's rank correlation over all pairs of ballots, -1 to 1, to twelve decimals.

    Ballots that tell no two items apart have no correlation and are left out; None if fewer than two
    are left.
    """
    ranks, _ = profile.double_ranks
    away = ranks - (len(profile.items) + 1)
    length = np.sqrt((away**2).sum(axis=1))
    telling = length > 0
    counts = np.array(profile.counts, dtype=np.float64)[telling]
    people = sum(count for count, tells in zip(profile.counts, telling.tolist(), strict=True) if tells)
    if people < 2:
        return None
    # The squared length of the sum of unit vectors is the sum of all their products, own pairs included.
    total = counts @ (away[telling] / length[telling][:, None])
    return round((float(total @ total) - people) / (people * (people - 1)), 12) + 0.0
