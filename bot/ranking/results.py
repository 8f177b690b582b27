"""What a stage's answers come to: counts, the group's order, suggestions for a proposal."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.ranking.counting.ballots import Ballot, Weighting
from bot.ranking.counting.spread import Spread, spreads
from bot.ranking.counting.tally import Tally, count_ballots
from storage.records.rankings import Answer


@dataclass(frozen=True, slots=True)
class Marks:
    """How many people named or marked each item, most first; `voters` is how many answered."""

    counts: tuple[tuple[str, int], ...]
    voters: int

    @property
    def unanimous(self) -> tuple[str, ...]:
        """Items that everybody marked."""
        return tuple(item for item, count in self.counts if self.voters and count == self.voters)


@dataclass(frozen=True, slots=True)
class GroupOrder:
    """The count of a ranking stage, and the spread of places of each item."""

    tally: Tally
    spreads: dict[str, Spread]

    @property
    def items(self) -> tuple[str, ...]:
        """Best first: by band, and inside a band by Borda points, which decides nothing."""
        return tuple(sorted(self.tally.items, key=self._sort_key))

    def _sort_key(self, item: str) -> tuple[int, int, int, float]:
        best, worst = self.tally.bands[item]
        return (best + worst, best, -int(self.tally.borda[item] * 1000), self.tally.items.index(item))


@dataclass(frozen=True, slots=True)
class Difference:
    """One item where a person's place is far from the group's; `gap` in places."""

    item: str
    own: int
    gap: float


def count_marks(answers: Sequence[Answer], items: Sequence[str]) -> Marks:
    """Count who named or marked what; items nobody marked are left out."""
    given = [answer for answer in answers if answer.complete]
    counts = Counter(item for answer in given for item in answer.choice)
    in_order = sorted(counts.items(), key=lambda pair: (-pair[1], items.index(pair[0])))
    return Marks(tuple(in_order), len(given))


def count_order(
    answers: Sequence[Answer], items: Sequence[str], weights: Weighting = "person"
) -> GroupOrder | None:
    """The group's order from all ballots that place something; None when there are none.

    What somebody left unplaced counts as last together on their ballot. With `weights` "agency" the ballots
    of an agency share one vote, and those without an agency share one vote too; spreads are of people.
    """
    ballots = as_ballots(answers)
    if not ballots:
        return None
    return GroupOrder(count_ballots(ballots, items, weights), spreads(ballots, items))


def as_ballots(answers: Sequence[Answer]) -> list[Ballot]:
    """The answers of a ranking stage that place something, as ballots with their agencies."""
    return [
        Ballot(
            f"{answer.person.team_id}:{answer.person.user_id}", _tiers(answer.choice), answer.agency or None
        )
        for answer in answers
        if answer.choice
    ]


def suggest_discard(marks: Marks, tried: Sequence[str]) -> str | None:
    """The item named most that was not proposed before; None when there is a tie for it."""
    left = [(item, count) for item, count in marks.counts if item not in tried]
    if not left or (len(left) > 1 and left[0][1] == left[1][1]):
        return None
    return left[0][0]


def suggest_chosen(marks: Marks, order: GroupOrder | None, count: int) -> tuple[str, ...]:
    """The `count` items marked most, in the group's order; a start for the proposal, no decision."""
    ranked = order.items if order else tuple(item for item, _count in marks.counts)
    by_marks = dict(marks.counts)
    most = sorted(ranked, key=lambda item: (-by_marks.get(item, 0), ranked.index(item)))
    return tuple(sorted(most[:count], key=ranked.index))


def own_differences(order: GroupOrder, own: Sequence[str], limit: int = 3) -> tuple[Difference, ...]:
    """Where a person's `own` order differs most from the middle of the group's bands, largest gap first."""
    found = []
    for at, item in enumerate(own, start=1):
        best, worst = order.tally.bands[item]
        found.append(Difference(item, at, abs(at - (best + worst) / 2)))
    found.sort(key=lambda difference: (-difference.gap, difference.own))
    return tuple(difference for difference in found[:limit] if difference.gap >= 1)


def _tiers(order: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    return tuple((item,) for item in order)
