"""What changed between two ranking rounds: the group's order, one person's, and how alike the ballots are."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.ranking.bands import Band, rise
from bot.ranking.counting.ballots import Ballot, Weighting
from bot.ranking.counting.chance import chance_of_w, expected_w
from bot.ranking.counting.exchange import chance_of_change
from bot.ranking.counting.tally import Tally
from bot.ranking.results import as_ballots, count_order
from storage.records.rankings import Answer


@dataclass(frozen=True, slots=True)
class ItemMove:
    """One item's places in the group's order, best and worst, before and after.

    `up` is how many places its middle rose; negative: it fell. Where the bands overlap the ballots may
    leave open whether it moved at all: `clear` says that they do not.
    """

    item: str
    before: Band
    after: Band

    @property
    def up(self) -> float:
        return rise(self.before, self.after)

    @property
    def clear(self) -> bool:
        return self.after[1] < self.before[0] or self.before[1] < self.after[0]


@dataclass(frozen=True, slots=True)
class OwnMove:
    """One item's places on one person's two ballots; `up` is how many places it rose."""

    item: str
    before: int
    after: int

    @property
    def up(self) -> int:
        return self.before - self.after


@dataclass(frozen=True, slots=True)
class RoundAgreement:
    """How alike the ballots of a round are: `w` is Kendall's, `expected_w` what chance gives for that many.

    `by_chance` is the probability that random orders reach `w`; chance gives a mean correlation of 0.
    """

    ballots: int
    w: float | None
    expected_w: float
    by_chance: float | None
    mean_correlation: float | None


@dataclass(frozen=True, slots=True)
class Movement:
    """Two rounds side by side: items that moved furthest first, and the agreement in each.

    `people` ranked in both rounds, and only they can have moved. `change_by_chance` is the probability that
    W changes by as much as theirs did when the two ballots of each are told apart by a coin; None where W
    cannot be counted.
    """

    items: tuple[ItemMove, ...]
    before: RoundAgreement
    after: RoundAgreement
    people: int
    change_by_chance: float | None


def compare_rounds(
    before: Sequence[Answer], after: Sequence[Answer], items: Sequence[str], weights: Weighting = "person"
) -> Movement | None:
    """The answers of two ranking stages over the same items; None when one of them has no ballot."""
    first, second = count_order(before, items, weights), count_order(after, items, weights)
    if first is None or second is None:
        return None
    moved = [ItemMove(item, first.tally.bands[item], second.tally.bands[item]) for item in items]
    pairs = _both(before, after)
    return Movement(
        items=tuple(sorted(moved, key=lambda move: -abs(move.up))),
        before=_agreement(first.tally),
        after=_agreement(second.tally),
        people=len(pairs),
        change_by_chance=chance_of_change(pairs, items),
    )


def own_moves(before: Sequence[str], after: Sequence[str]) -> tuple[OwnMove, ...]:
    """What one person moved between their two orders, furthest first; items placed in both only."""
    moves = [
        OwnMove(item, before.index(item) + 1, place)
        for place, item in enumerate(after, start=1)
        if item in before
    ]
    return tuple(sorted((move for move in moves if move.up), key=lambda move: (-abs(move.up), move.after)))


def _both(before: Sequence[Answer], after: Sequence[Answer]) -> list[tuple[Ballot, Ballot]]:
    firsts = {ballot.voter: ballot for ballot in as_ballots(before)}
    return [(firsts[ballot.voter], ballot) for ballot in as_ballots(after) if ballot.voter in firsts]


def _agreement(tally: Tally) -> RoundAgreement:
    w = tally.kendall_w
    return RoundAgreement(
        tally.ballots,
        w,
        expected_w(tally.ballots),
        None if w is None else chance_of_w(w, tally.ballots, len(tally.items)),
        tally.mean_correlation,
    )
