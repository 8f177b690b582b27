"""The whole count of one ranking: the group's order with its doubts, the checks beside it, and agreement."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, permutations
from pathlib import Path
from typing import Any, Literal

from bot.ranking.bands import Band
from bot.ranking.counting.ballots import Ballot, Weighting, ballot_weights
from bot.ranking.counting.file_faults import BallotFileError
from bot.ranking.counting.files import read_ballots

Pair = tuple[str, str]
Bands = dict[str, Band]


@dataclass(frozen=True)
class Choice:
    """The `wanted` first items: `chosen` are among them in every order, `tied` compete for what is left."""

    wanted: int
    chosen: tuple[str, ...]
    tied: tuple[str, ...]


@dataclass(frozen=True)
class SchulzeRelation:
    """The items that nothing beats, and every pair (winner, loser)."""

    winners: tuple[str, ...]
    beats: tuple[Pair, ...]


@dataclass(frozen=True)
class Tally:
    """A count of `ballots` people over `items`.

    With method "kemeny" (up to 16 items) the orders are those with the fewest pairwise disagreements, and
    `distance` (disagreements) and `agreement` (its complement) are the same for each of them. With method
    "schulze" (more items) they are those that respect the beatpath relation: they are not counted, so
    `orders_optimal` is None, and `distance` and `agreement` are None unless only one order is left.
    `order` is the order if there is only one. `bands` gives each item's best and worst place over all orders,
    `settled` the pairs (first, second) that all orders agree on, `open_pairs` the others.

    `distance`, `agreement` and `borda` are exact, in votes: of people, or of agencies when each of those
    counts once. `kendall_w` and `mean_correlation` always look at people.
    """

    items: tuple[str, ...]
    ballots: int
    weights: Weighting
    method: Literal["kemeny", "schulze"]
    orders_optimal: int | None
    order: tuple[str, ...] | None
    bands: Bands
    settled: tuple[Pair, ...]
    open_pairs: tuple[Pair, ...]
    distance: Fraction | None
    agreement: Fraction | None
    borda: dict[str, Fraction]
    schulze: SchulzeRelation
    kendall_w: float | None
    mean_correlation: float | None
    choice: Choice | None = None


def count_ballots(
    ballots: Sequence[Ballot], items: Sequence[str], weights: Weighting = "person", choose: int | None = None
) -> Tally:
    """Count the ballots over `items`.

    Raises ValueError for ballots that do not fit the items (see `Profile`) and for a `choose` that is not
    between 1 and the number of items.
    """
    from bot.ranking.counting import agreement, borda, kemeny, profile, schulze  # noqa: PLC0415 - loads numpy

    table = profile.Profile(items, ballots)
    if choose is not None and not 1 <= choose <= len(table.items):
        raise ValueError(f"Choose between 1 and {len(table.items)} items, not {choose}.")
    weight, scale = ballot_weights(table.ballots, weights)
    preferences = table.preferences(weight)
    beaten = schulze.beats(preferences)
    exact = kemeny.kemeny(preferences) if len(table.items) <= kemeny.MAX_ITEMS else None
    places = exact.bands if exact else schulze.bands(beaten)
    bands = dict(zip(table.items, places, strict=True))
    settled = _pairs(table.items, exact.settled if exact else beaten)
    order = _only_order(bands)
    distance = exact.distance if exact else None
    if exact is None and order:
        distance = sum(
            int(preferences[second, first]) for first, second in zip(*beaten.nonzero(), strict=True)
        )
    judged = sum(int(row) for row in preferences.sum(axis=1))
    points = borda.borda_points(preferences, sum(weight), scale)
    beats = _pairs(table.items, beaten)
    losers = {loser for _, loser in beats}
    return Tally(
        items=table.items,
        ballots=sum(table.counts),
        weights=weights,
        method="kemeny" if exact else "schulze",
        orders_optimal=exact.orders_optimal if exact else None,
        order=order,
        bands=bands,
        settled=settled,
        open_pairs=_open_pairs(table.items, settled),
        distance=None if distance is None else Fraction(distance, scale),
        agreement=None if distance is None else Fraction(judged - distance, scale),
        borda=dict(zip(table.items, points, strict=True)),
        schulze=SchulzeRelation(tuple(item for item in table.items if item not in losers), beats),
        kendall_w=agreement.kendall_w(table),
        mean_correlation=agreement.mean_correlation(table),
        choice=None if choose is None else first_items(bands, choose),
    )


def tally_file(path: Path, weights: Weighting = "person", choose: int | None = None) -> Tally:
    """Count a file of ballots. Raises BallotFileError, with what is wrong and what to do, if it cannot."""
    file = read_ballots(path)
    if weights == "agency" and all(ballot.agency is None for ballot in file.ballots):
        raise BallotFileError(
            "No ballot names an agency, so agencies cannot be weighted. "
            "Fill in the agency of each ballot, or leave out --weights agency."
        )
    if choose is not None and not 1 <= choose <= len(file.items):
        raise BallotFileError(f"--choose must be between 1 and {len(file.items)}, the number of items.")
    return count_ballots(file.ballots, file.items, weights, choose)


def first_items(bands: Bands, wanted: int) -> Choice:
    """The `wanted` items that the group puts first, and those that tie across the cut."""
    by_place = sorted(bands, key=lambda item: bands[item])
    chosen = tuple(item for item in by_place if bands[item][1] <= wanted)
    tied = tuple(item for item in by_place if bands[item][0] <= wanted < bands[item][1])
    return Choice(wanted, chosen, tied)


def tally_as_json(tally: Tally) -> dict[str, Any]:
    """The tally as plain JSON values; `chosen` only if a choice was asked for.

    Votes are whole numbers where they are whole and the nearest float elsewhere (parts of an agency's vote).
    """
    values: dict[str, Any] = {
        "items": list(tally.items),
        "ballots": tally.ballots,
        "method": tally.method,
        "orders_optimal": tally.orders_optimal,
        "order": None if tally.order is None else list(tally.order),
        "bands": {item: list(band) for item, band in tally.bands.items()},
        "distance": _number(tally.distance),
        "agreement": _number(tally.agreement),
        "borda": {item: _number(points) for item, points in tally.borda.items()},
        "schulze": {
            "winners": list(tally.schulze.winners),
            "beats": [list(pair) for pair in tally.schulze.beats],
        },
        "kendall_w": tally.kendall_w,
        "mean_correlation": tally.mean_correlation,
    }
    if tally.choice is not None:
        values["chosen"] = {"in": list(tally.choice.chosen), "tied": list(tally.choice.tied)}
    return values


def _number(votes: Fraction | None) -> int | float | None:
    if votes is None:
        return None
    return votes.numerator if votes.denominator == 1 else float(votes)


def _only_order(bands: Bands) -> tuple[str, ...] | None:
    if any(best != worst for best, worst in bands.values()):
        return None
    return tuple(sorted(bands, key=lambda item: bands[item]))


def _pairs(items: tuple[str, ...], relation: Any) -> tuple[Pair, ...]:
    return tuple((items[first], items[second]) for first, second in zip(*relation.nonzero(), strict=True))


def _open_pairs(items: tuple[str, ...], settled: tuple[Pair, ...]) -> tuple[Pair, ...]:
    known = set(settled)
    return tuple(
        (one, other) for one, other in combinations(items, 2) if not known & set(permutations((one, other)))
    )
