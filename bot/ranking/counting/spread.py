"""Where people put each item: what nearly all agree on, and what splits the group."""

import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.ranking.counting.ballots import Ballot


@dataclass(frozen=True)
class Spread:
    """`places[k]` people put the item in place k + 1; `unranked` people gave it no place.

    Tied items share the best place of their tie (1, 2, 2, 4). `median`, `best` and `worst` look at those who
    placed the item and are None if nobody did; the median of an even number may end in .5.
    """

    places: tuple[int, ...]
    unranked: int
    median: float | None
    best: int | None
    worst: int | None


def spreads(ballots: Sequence[Ballot], items: Sequence[str]) -> dict[str, Spread]:
    """The spread of each item, one voice a person, in the order of `items`."""
    placed: dict[str, Counter[int]] = {item: Counter() for item in items}
    for ballot in ballots:
        place = 1
        for tier in ballot.ranking:
            for item in tier:
                placed[item][place] += ballot.count
            place += len(tier)
    people = sum(ballot.count for ballot in ballots)
    return {item: _spread(counts, len(items), people) for item, counts in placed.items()}


def _spread(counts: Counter[int], last: int, people: int) -> Spread:
    places = tuple(counts[place] for place in range(1, last + 1))
    if not counts:
        return Spread(places, people, None, None, None)
    return Spread(places, people - counts.total(), _median(counts), min(counts), max(counts))


def _median(counts: Counter[int]) -> float:
    middle = (counts.total() + 1) // 2, counts.total() // 2 + 1
    return statistics.mean(_place_of(counts, person) for person in middle)


def _place_of(counts: Counter[int], person: int) -> float:
    """The place given by the n-th person when people are sorted by the place they gave."""
    for place in sorted(counts):
        person -= counts[place]
        if person <= 0:
            return float(place)
    raise ValueError("There are fewer people than that.")
