"""One person's ranking, and how much each ballot weighs."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Weighting = Literal["person", "agency"]


@dataclass(frozen=True)
class Ballot:
    """What one voter, or `count` voters alike, put first, second and so on.

    `ranking` lists tiers, best first; items in one tier tie. Items left out are unranked: every
    placed item beats them, and among each other they count for neither side.
    """

    voter: str
    ranking: tuple[tuple[str, ...], ...]
    agency: str | None = None
    count: int = 1


def ballot_weights(ballots: Sequence[Ballot], weighting: Weighting) -> tuple[list[int], int]:
    """Whole-number weights, one a ballot, and the scale that they are multiples of 1 in.

    By person a ballot weighs its `count` and the scale is 1. By agency the ballots of an agency share
    one vote; all ballots without an agency share one vote too, so that leaving the agency out never
    gains weight. The scale is the least common multiple of the agencies' sizes: ties stay exact.
    """
    if weighting == "person":
        return [ballot.count for ballot in ballots], 1
    people: Counter[str | None] = Counter()
    for ballot in ballots:
        people[ballot.agency] += ballot.count
    scale = math.lcm(*people.values())
    return [ballot.count * (scale // people[ballot.agency]) for ballot in ballots], scale
