"""The five: what everybody marked, what each of the others lacks, and which five to propose next.

All of it is for talk and for a proposal: nothing here decides.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from bot.ranking.results import GroupOrder, Marks, count_marks, suggest_chosen
from storage.records.people import Person
from storage.records.rankings import Answer

MOST_SWAPS = 2
"""A proposal that differs in more statements is a new one, for the facilitator to put together."""


@dataclass(frozen=True, slots=True)
class Shortfall:
    """An item that not everybody marked: `count` of `voters` did.

    `without` are those who did not, empty where names are not shown.
    """

    item: str
    count: int
    voters: int
    without: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Choices(Marks):
    """The marks of a choosing stage, with what each item lacks to be marked by everybody."""

    lacking: tuple[Shortfall, ...] = ()


def count_choices(answers: Sequence[Answer], items: Sequence[str], *, anonymous: bool) -> Choices:
    """Count who marked what, and who did not."""
    marks = count_marks(answers, items)
    return Choices(marks.counts, marks.voters, shortfalls(answers, items, anonymous=anonymous))


def shortfalls(answers: Sequence[Answer], items: Sequence[str], *, anonymous: bool) -> tuple[Shortfall, ...]:
    """What each item lacks to be marked by everybody who answered: nearest first, then as in `items`.

    Items that everybody marked are left out, those that nobody marked are the last.
    """
    given = [answer for answer in answers if answer.complete]
    found = []
    for item in items:
        without = tuple(answer.person for answer in given if item not in answer.choice)
        if without:
            count = len(given) - len(without)
            found.append(Shortfall(item, count, len(given), () if anonymous else without))
    return tuple(sorted(found, key=lambda shortfall: -shortfall.count))


def next_proposals(
    marks: Marks, order: GroupOrder | None, count: int, tried: Sequence[Sequence[str]], limit: int = 3
) -> tuple[tuple[str, ...], ...]:
    """What to propose next, at most `limit` tuples of `count` items in the group's order, best first.

    Before anything was tried that is the items marked most. Then it is the last of `tried` with its least
    marked item replaced by the most marked one outside it, and the next best swaps; two swaps once all single
    ones were tried. What everybody marked stays in, and no set of items that was tried comes again.
    `order` is the group's over all items in play; without ballots the items marked stand in for it.
    """
    ranked = order.items if order else tuple(item for item, _count in marks.counts)
    seen = {frozenset(proposal) for proposal in tried}
    found: list[tuple[str, ...]] = []
    for proposal in _candidates(marks, order, ranked, count, tried):
        if len(found) == limit:
            break
        if frozenset(proposal) not in seen:
            seen.add(frozenset(proposal))
            found.append(tuple(sorted(proposal, key=ranked.index)))
    return tuple(found)


def _candidates(
    marks: Marks, order: GroupOrder | None, ranked: Sequence[str], count: int, tried: Sequence[Sequence[str]]
) -> Iterator[Collection[str]]:
    first = suggest_chosen(marks, order, count)
    if not tried:
        yield first
    base = [item for item in (tried[-1] if tried else first) if item in ranked]
    counts = dict(marks.counts)
    leaving = [item for item in base if item not in marks.unanimous]
    coming = [item for item in ranked if item not in base]
    for swaps in range(1, MOST_SWAPS + 1):
        pairs = [(out, into) for out in combinations(leaving, swaps) for into in combinations(coming, swaps)]
        # Most marks gained; between equals the lower placed goes and the higher placed comes.
        pairs.sort(
            key=lambda pair: (
                sum(counts.get(item, 0) for item in pair[0]) - sum(counts.get(item, 0) for item in pair[1]),
                [-ranked.index(item) for item in pair[0]],
                [ranked.index(item) for item in pair[1]],
            )
        )
        for out, into in pairs:
            yield [item for item in base if item not in out] + list(into)
