"""What each item does to a group: brings it together, or divides agencies, or people inside them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from bot.ranking.counting.ballots import Ballot

AGREED = 0.25
"""Up to this share of chance's variance an item is agreed: places half as far apart as by chance."""
CONTESTED = 0.5
"""From this share of chance's variance on an item is contested."""
UNLIKELY = 0.05
SAMPLES = 1_000
SEED = 1925  # any fixed number: the same ballots get the same answer

Divides = Literal["agencies", "people"]


@dataclass(frozen=True, slots=True)
class Division:
    """How far apart people put one item, overall and inside their agencies.

    `total` is the variance of its places over that of orders drawn by chance: 0 when all agree, about 1 when
    chance rules, more when the group is split in two. `within` is the same inside the agencies, pooled; None
    unless there are two agencies or more and one of them has two ballots.
    `between` is the share, 0 to 1, of the variance of places that lies between the agencies (the squared
    correlation ratio); chance alone gives `expected`, and in `by_chance` of the random ways to deal the same
    ballots out to agencies of these sizes some item reaches `between`.
    """

    total: float | None
    within: float | None = None
    between: float | None = None
    expected: float | None = None
    by_chance: float | None = None

    @property
    def agreed(self) -> bool:
        """People put it close together."""
        return self.total is not None and self.total <= AGREED

    @property
    def contested(self) -> bool:
        """People put it far apart."""
        return self.total is not None and self.total >= CONTESTED

    @property
    def divides(self) -> Divides | None:
        """Whom a contested item divides: "agencies", but not the people inside them, or "people" everywhere.

        None for what is not contested, and where the ballots do not tell.
        """
        if not self.contested or self.within is None or self.by_chance is None:
            return None
        if self.within >= CONTESTED:
            return "people"
        return "agencies" if self.by_chance <= UNLIKELY else None


def divisions(ballots: Sequence[Ballot], items: Sequence[str]) -> dict[str, Division]:
    """The division of each item, one voice a person; ballots without an agency are in no agency.

    Tied and unranked items share the average of their places. `total` looks at all ballots, the rest at those
    with an agency. Sources: the correlation ratio is K. Pearson's (On the General Theory of Skew Correlation,
    1905); the chance that any of several items reaches a value is taken from the largest of them in
    each permutation (P. Westfall and S. Young, Resampling-Based Multiple Testing, 1993).
    """
    import numpy as np  # noqa: PLC0415 - loaded at the first count, not when the bot starts

    people = [ballot for ballot in ballots for _ in range(ballot.count)]
    places = average_places(people, items)
    by_chance = (len(items) ** 2 - 1) / 12
    totals: list[float | None] = [None] * len(items)
    if len(people) > 1 and by_chance:
        totals = (places.var(axis=0, ddof=1) / by_chance).tolist()
    agency_of = [ballot.agency for ballot in people]
    names = sorted({agency for agency in agency_of if agency})
    member = np.array([[agency == name for name in names] for agency in agency_of if agency], dtype=float)
    inside = len(member) - len(names)
    if len(names) < 2 or inside < 1:
        return {item: Division(total) for item, total in zip(items, totals, strict=True)}
    theirs = places[[bool(agency) for agency in agency_of]]
    away = theirs - theirs.mean(axis=0)
    whole = (away**2).sum(axis=0)
    shares = _between(member, away, whole)
    draw = np.random.default_rng(SEED)
    largest = np.sort([_between(draw.permutation(member), away, whole).max() for _ in range(SAMPLES)])
    within = whole * (1 - shares) / inside / by_chance
    reached = SAMPLES - np.searchsorted(largest, shares - 1e-9)
    return {
        item: Division(
            total,
            float(within[at]),
            float(shares[at]) if whole[at] > 0 else None,
            (len(names) - 1) / (len(member) - 1),
            float((reached[at] + 1) / (SAMPLES + 1)) if whole[at] > 0 else None,
        )
        for at, (item, total) in enumerate(zip(items, totals, strict=True))
    }


def average_places(ballots: Sequence[Ballot], items: Sequence[str]) -> Any:
    """Row: a ballot, column: an item, cell: its place, 1 for the first; ties share the average."""
    from bot.ranking.counting.profile import Profile  # noqa: PLC0415 - loads numpy

    return Profile(items, ballots).double_ranks[0] / 2


def _between(member: Any, away: Any, whole: Any) -> Any:
    """The share of each column's squared deviations `whole` that the agencies' means make up."""
    import numpy as np  # noqa: PLC0415 - loaded at the first count, not when the bot starts

    sums = member.T @ away
    squares = (sums**2 / member.sum(axis=0)[:, None]).sum(axis=0)
    return np.divide(squares, whole, out=np.zeros_like(squares), where=whole > math.ulp(1.0))
