"""Our figures of agreement against SciPy's."""

import random
from itertools import combinations

import numpy as np
import pytest
from scipy import stats

from bot.ranking.counting.agreement import kendall_w, mean_correlation
from bot.ranking.counting.ballots import Ballot
from bot.ranking.counting.chance import chi_square_tail
from bot.ranking.counting.profile import Profile


@pytest.mark.parametrize("seed", range(25))
def test_correlation_and_w_with_ties_and_counts(seed: int) -> None:
    rng = random.Random(seed)
    items = "ABCDEF"
    ballots = []
    for number in range(rng.randint(2, 6)):
        place_of = dict(zip(items, rng.choices(range(4), k=6), strict=True))
        place_of["A"], place_of["B"] = 0, 1  # no ballot ties everything
        tiers = (tuple(item for item in items if place_of[item] == place) for place in range(4))
        ballots.append(Ballot(str(number), tuple(tier for tier in tiers if tier), count=rng.randint(1, 3)))
    profile = Profile(items, ballots)
    ranks = [
        stats.rankdata(tiers)
        for tiers, count in zip(profile.tiers, profile.counts, strict=True)
        for _ in range(count)
    ]
    correlations = [stats.spearmanr(one, other).statistic for one, other in combinations(ranks, 2)]
    assert mean_correlation(profile) == pytest.approx(np.mean(correlations), abs=1e-9)
    friedman = stats.friedmanchisquare(*np.array(ranks).T).statistic if len(ranks) > 2 else None
    if friedman is not None:
        assert kendall_w(profile) == pytest.approx(friedman / (len(ranks) * (len(items) - 1)), abs=1e-9)


@pytest.mark.parametrize("degrees", [1, 2, 3, 8, 9, 24])
@pytest.mark.parametrize("x", [0.0, 0.5, 3.0, 20.0, 90.0, 1e7])
def test_chi_square(x: float, degrees: int) -> None:
    assert chi_square_tail(x, degrees) == pytest.approx(stats.chi2.sf(x, degrees), rel=1e-9, abs=1e-300)
