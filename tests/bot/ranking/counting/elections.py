"""Elections for the tests: ballots written as strings, and a slow count that is plainly right."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, permutations

from bot.ranking.counting.ballots import Ballot


def election(*groups: tuple[int, str]) -> list[Ballot]:
    """Groups of voters who agree: (42, "MNCK"); each letter is an item, a blank parts tiers: "A BC D"."""
    return [
        Ballot(f"group {number}", tiers(ranking), count=count)
        for number, (count, ranking) in enumerate(groups, start=1)
    ]


def tiers(ranking: str) -> tuple[tuple[str, ...], ...]:
    parts = ranking.split(" ") if " " in ranking else list(ranking)
    return tuple(tuple(part) for part in parts)


def from_places(items: str, *rows: str) -> list[Ballot]:
    """One judge a row: the place given to each item, one digit an item."""
    return [
        Ballot(
            f"judge {number}",
            tuple(
                tuple(item for item, given in zip(items, row, strict=True) if given == place)
                for place in sorted(set(row))
            ),
        )
        for number, row in enumerate(rows, start=1)
    ]


def slow_kemeny(
    ballots: Sequence[Ballot], items: Sequence[str]
) -> tuple[Fraction, int, dict[str, tuple[int, int]], set[tuple[str, str]]]:
    """Distance, number of optimal orders, bands and settled pairs, by trying every order."""
    preferred: dict[tuple[str, str], int] = dict.fromkeys(permutations(items, 2), 0)
    for ballot in ballots:
        tier_of = {item: number for number, tier in enumerate(ballot.ranking) for item in tier}
        for one, other in preferred:
            if tier_of.get(one, len(items)) < tier_of.get(other, len(items)):
                preferred[one, other] += ballot.count
    distances = {
        order: sum(preferred[later, earlier] for earlier, later in combinations(order, 2))
        for order in permutations(items)
    }
    least = min(distances.values())
    optimal = [order for order, distance in distances.items() if distance == least]
    places = {item: [order.index(item) + 1 for order in optimal] for item in items}
    bands = {item: (min(found), max(found)) for item, found in places.items()}
    settled = {
        (one, other)
        for one, other in permutations(items, 2)
        if all(order.index(one) < order.index(other) for order in optimal)
    }
    return Fraction(least), len(optimal), bands, settled
