"""Our counts against independent ones: pref_voting for the methods, SciPy for the correlations."""

import random
from itertools import combinations

import numpy as np
import pytest
from pref_voting.margin_based_methods import beat_path
from pref_voting.other_methods import kemeny_young_rankings
from pref_voting.profiles import Profile as OracleProfile
from pref_voting.profiles_with_ties import ProfileWithTies
from scipy import stats

from bot.ranking.counting.agreement import kendall_w, mean_correlation
from bot.ranking.counting.ballots import Ballot
from bot.ranking.counting.chance import chi_square_tail
from bot.ranking.counting.profile import Profile
from bot.ranking.counting.schulze import beatpaths, beats
from bot.ranking.counting.tally import Tally, count_ballots

ITEMS = tuple("ABCDE")


def _orders(seed: int) -> tuple[list[list[int]], list[int]]:
    rng = random.Random(seed)
    orders = [rng.sample(range(5), 5) for _ in range(rng.randint(2, 9))]
    return orders, [rng.randint(1, 4) for _ in orders]


def _tally(orders: list[list[int]], counts: list[int]) -> Tally:
    ballots = [
        Ballot(str(number), tuple((ITEMS[at],) for at in order), count=count)
        for number, (order, count) in enumerate(zip(orders, counts, strict=True))
    ]
    return count_ballots(ballots, ITEMS)


@pytest.mark.parametrize("seed", range(25))
def test_kemeny(seed: int) -> None:
    orders, counts = _orders(seed)
    rankings, distance = kemeny_young_rankings(OracleProfile(orders, counts))
    tally = _tally(orders, counts)
    assert tally.orders_optimal == len(rankings)
    assert tally.distance == distance
    for at, item in enumerate(ITEMS):
        places = [list(ranking).index(at) + 1 for ranking in rankings]
        assert tally.bands[item] == (min(places), max(places))


@pytest.mark.parametrize("seed", range(25))
def test_borda(seed: int) -> None:
    orders, counts = _orders(seed)
    scores = OracleProfile(orders, counts).borda_scores()
    assert _tally(orders, counts).borda == {item: scores[at] for at, item in enumerate(ITEMS)}


@pytest.mark.parametrize("seed", range(25))
def test_schulze_winners(seed: int) -> None:
    orders, counts = _orders(seed)
    winners = beat_path(OracleProfile(orders, counts))
    assert _tally(orders, counts).schulze.winners == tuple(ITEMS[at] for at in winners)


@pytest.mark.parametrize("seed", range(25))
def test_schulze_winners_with_ties_and_winning_votes(seed: int) -> None:
    rng = random.Random(seed)
    places = [{at: rng.randint(1, 3) for at in range(5)} for _ in range(rng.randint(2, 9))]
    oracle = ProfileWithTies(places)
    support = np.array(
        [[oracle.support(one, other) if one != other else 0 for other in range(5)] for one in range(5)]
    )
    winners = beat_path(oracle, strength_function=oracle.support)
    beaten = beats(support)
    assert [at for at in range(5) if not beaten[:, at].any()] == winners


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


def test_beatpath_of_a_chain_is_its_weakest_link() -> None:
    preferences = np.array([[0, 8, 0], [2, 0, 6], [0, 4, 0]])
    assert beatpaths(preferences).tolist() == [[0, 8, 6], [0, 0, 6], [0, 0, 0]]
