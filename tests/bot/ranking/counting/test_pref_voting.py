"""Our counts against pref_voting's, on 2,000 random profiles of three to eight items with ties and gaps.

Both mean the same by a ballot: what is unranked is last together, and a tie counts for neither side.
"""

import random
from collections import Counter
from fractions import Fraction
from itertools import combinations, permutations

import numpy as np
import pytest
from pref_voting.margin_based_methods import beat_path
from pref_voting.other_methods import kemeny_young_rankings
from pref_voting.profiles import Profile as LinearProfile
from pref_voting.profiles_with_ties import ProfileWithTies
from pref_voting.scoring_methods import symmetric_borda_scores

from bot.ranking.counting.ballots import Ballot
from bot.ranking.counting.tally import count_ballots

SIZES = range(3, 9)
EACH = {3: 334, 4: 334, 5: 333, 6: 333, 7: 333, 8: 333}
LISTED = {3: 606, 4: 702, 5: 600, 6: 84, 7: 6, 8: 2}
"""pref_voting tries every order in plain Python: a second and more for one profile of eight.

Large profiles are tried by the hundred over all orders with numpy, from pref_voting's support of each pair.
"""
BLOCKS = 6

assert sum(EACH.values()) == sum(LISTED.values()) == 2_000


def _ballots(size: int, seed: int) -> list[Ballot]:
    """Two to five ballots of which some stand for two or three people; items are numbers as text."""
    rng = random.Random(f"{size} {seed}")
    ballots = []
    for number in range(rng.randint(2, 5)):
        placed = rng.sample(range(size), rng.choice([size, size, rng.randint(1, size)]))
        tiers: list[tuple[str, ...]] = []
        while placed:
            width = rng.choice([1, 1, 1, 2, 3])
            tiers.append(tuple(str(item) for item in placed[:width]))
            placed = placed[width:]
        ballots.append(Ballot(str(number), tuple(tiers), count=rng.randint(1, 3)))
    return ballots


def _items(size: int) -> tuple[str, ...]:
    return tuple(str(number) for number in range(size))


def _with_ties(ballots: list[Ballot], size: int) -> ProfileWithTies:
    places = [
        {int(item): place for place, tier in enumerate(ballot.ranking, start=1) for item in tier}
        for ballot in ballots
    ]
    profile = ProfileWithTies(places, [ballot.count for ballot in ballots], candidates=list(range(size)))
    profile.use_extended_strict_preference()
    return profile


def _linear(ballots: list[Ballot], size: int) -> tuple[LinearProfile, int]:
    """Each ballot as two without ties, the ties forth and back, and what that adds to each order's distance.

    A pair that ties costs one of the two in every order, and a pair that does not costs both or none: the
    distance doubles and grows by the number of tied pairs.
    """
    orders: Counter[tuple[int, ...]] = Counter()
    tied = 0
    for ballot in ballots:
        tiers = [sorted(int(item) for item in tier) for tier in ballot.ranking]
        unranked = sorted(set(range(size)) - {item for tier in tiers for item in tier})
        for turn in (1, -1):
            order = tuple(item for tier in [*tiers, unranked] for item in tier[::turn])
            orders[order] += ballot.count
        tied += ballot.count * sum(len(tier) * (len(tier) - 1) // 2 for tier in [*tiers, unranked])
    return LinearProfile([list(order) for order in orders], list(orders.values())), tied


@pytest.mark.parametrize("block", range(BLOCKS))
@pytest.mark.parametrize("size", SIZES)
def test_kemeny_distance_and_every_optimal_order(size: int, block: int) -> None:
    for seed in range(block, LISTED[size], BLOCKS):
        ballots = _ballots(size, seed)
        profile, tied = _linear(ballots, size)
        orders, distance = kemeny_young_rankings(profile)
        tally = count_ballots(ballots, _items(size))
        assert tally.distance == Fraction(distance - tied, 2)
        assert tally.orders_optimal == len(orders)
        assert tally.bands == {
            str(item): (min(places), max(places))
            for item in range(size)
            for places in [[order.index(item) + 1 for order in orders]]
        }
        assert set(tally.settled) == {
            (str(one), str(other))
            for one, other in permutations(range(size), 2)
            if all(order.index(one) < order.index(other) for order in orders)
        }
        if len(orders) == 1:
            assert tally.order == tuple(str(item) for item in orders[0])


@pytest.mark.parametrize("size", SIZES)
def test_kemeny_by_the_support_of_pairs_over_all_orders(size: int) -> None:
    orders = np.array(list(permutations(range(size))))
    places = orders.argsort(axis=1) + 1
    pairs = list(combinations(range(size), 2))
    for seed in range(EACH[size]):
        ballots = _ballots(size, seed)
        profile = _with_ties(ballots, size)
        support = np.array(
            [[profile.support(a, b) if a != b else 0 for b in range(size)] for a in range(size)]
        )
        distances = sum(support[orders[:, later], orders[:, earlier]] for earlier, later in pairs)
        optimal = places[distances == distances.min()]
        tally = count_ballots(ballots, _items(size))
        assert tally.distance == distances.min()
        assert tally.orders_optimal == len(optimal)
        assert list(tally.bands.values()) == list(
            zip(optimal.min(axis=0).tolist(), optimal.max(axis=0).tolist(), strict=True)
        )
        assert set(tally.settled) == {
            (str(one), str(other))
            for one, other in permutations(range(size), 2)
            if (optimal[:, one] < optimal[:, other]).all()
        }
        if len(optimal) == 1:
            assert tally.order == tuple(str(item) for item in optimal[0].argsort())


@pytest.mark.parametrize("size", SIZES)
def test_borda(size: int) -> None:
    for seed in range(EACH[size]):
        ballots = _ballots(size, seed)
        people = sum(ballot.count for ballot in ballots)
        scores = symmetric_borda_scores(_with_ties(ballots, size))  # from minus to plus all rivals
        assert count_ballots(ballots, _items(size)).borda == {
            str(item): Fraction((size - 1) * people + scores[item], 2) for item in range(size)
        }


@pytest.mark.parametrize("size", SIZES)
def test_beatpath_winners(size: int) -> None:
    for seed in range(EACH[size]):
        ballots = _ballots(size, seed)
        profile = _with_ties(ballots, size)
        winners = beat_path(profile, strength_function=profile.support)
        assert count_ballots(ballots, _items(size)).schulze.winners == tuple(str(item) for item in winners)
