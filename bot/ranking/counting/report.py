"""A tally in plain words: the report for a terminal, and the phrases that other views use too."""

import textwrap
from collections.abc import Sequence
from fractions import Fraction

from bot.plurals import counted, joined
from bot.ranking.bands import band_text
from bot.ranking.counting.chance import chance_of_w, expected_w
from bot.ranking.counting.tally import Choice, Pair, Tally

WIDTH = 80
MAX_PAIRS = 8
"""Pairs named one by one; the rest are given as a number."""


def tally_report(tally: Tally) -> str:
    """The whole tally as lines of at most WIDTH characters (a long item wraps), without a last line break."""
    parts = [
        [_ballots_text(tally), order_text(tally)],
        _table(tally),
        [pairs_text(tally), *([choice_text(tally.choice)] if tally.choice else [])],
        ["How alike the ballots are", *agreement_texts(tally)],
        ["Other ways of counting", *check_texts(tally)],
    ]
    return "\n\n".join("\n".join(_wrap(line) for line in part if line) for part in parts)


def order_text(tally: Tally) -> str:
    """How the order was found and how sure it is."""
    if tally.method == "schulze":
        how = "There are more than 16 items, so the order is counted by Schulze's beatpath method."
        if tally.order:
            return f"{how} It gives one clear order."
        return f'{how} It leaves some places open: a place such as "2-3" spans all that are possible.'
    how = "The order is counted by Kemeny-Young, exactly. Of all choices between two items on the ballots,"
    agree, differ = _votes(tally.agreement or Fraction(0)), _votes(tally.distance or Fraction(0))
    how = f"{how} {agree} agree with it and {differ} do not."
    if tally.order:
        return f"{how} No other order does as well."
    return (
        f"{how} {tally.orders_optimal:,} orders do equally well, so there is no single order: "
        'a place such as "2-3" spans all of them.'
    )


def pairs_text(tally: Tally) -> str:
    """How many pairs of items are settled, and which are open."""
    if not tally.open_pairs:
        return "" if len(tally.items) < 2 else "Every pair of items is settled."
    settled = counted(len(tally.settled), "pair is", "pairs are")
    pairs = _listed([f"{one} and {other}" for one, other in tally.open_pairs])
    return f"{settled} settled, {len(tally.open_pairs)} open: {pairs}."


def choice_text(choice: Choice) -> str:
    """Which items the group's order puts first, and which tie for the last of the places wanted."""
    if not choice.tied:
        return f"The first {choice.wanted}: {joined(choice.chosen)}."
    left = choice.wanted - len(choice.chosen)
    places = "the last place" if left == 1 else f"the last {left} places"
    if not choice.chosen:
        return f"The first {choice.wanted}: no item is sure of a place. Tied: {joined(choice.tied)}."
    return f"The first {choice.wanted}: {joined(choice.chosen)}. Tied for {places}: {joined(choice.tied)}."


def agreement_texts(tally: Tally) -> list[str]:
    """Kendall's W and the mean rank correlation, each against what chance gives."""
    if tally.kendall_w is None or tally.mean_correlation is None:
        return ["This cannot be measured: it takes two ballots or more that tell items apart."]
    people, items = tally.ballots, len(tally.items)
    reached = chance_text(chance_of_w(tally.kendall_w, people, items))
    return [
        f"Kendall's W is {tally.kendall_w:.2f}, where 0 is no common order and 1 is the same order from "
        f"everybody. If {people:,} people ordered the items at random it would be {expected_w(people):.2f} "
        f"on average, and as high as here in {reached} such groups.",
        f"The mean rank correlation between two ballots is {tally.mean_correlation:.2f}, where 1 is the same "
        "order and -1 the opposite one. Random orders would give 0.00 on average.",
        *(["Both look at people, not at agencies."] if tally.weights == "agency" else []),
    ]


def chance_text(probability: float) -> str:
    """A probability as a share, to stand before a plural: "about 1 in 40", "fewer than 1 in 1,000"."""
    if probability < 0.001:
        return "fewer than 1 in 1,000"
    if probability < 0.15:
        odds = 1 / probability
        return f"about 1 in {round(odds, -1 if odds >= 20 else 0):,.0f}"
    tenths = round(probability * 10)
    return f"about {tenths} in 10" if tenths < 10 else "nearly all"


def check_texts(tally: Tally) -> list[str]:
    """Whether Borda and Schulze contradict a pair that the count has settled."""
    borda = [pair for pair in tally.settled if tally.borda[pair[1]] > tally.borda[pair[0]]]
    texts = [_check("Borda's points", borda)]
    if tally.method == "kemeny":
        beats = set(tally.schulze.beats)
        schulze = [pair for pair in tally.settled if (pair[1], pair[0]) in beats]
        texts.append(_check("Schulze's beatpath method", schulze))
    return texts


def _check(method: str, contradicted: Sequence[Pair]) -> str:
    if not contradicted:
        return f"{method}: nothing that contradicts this order."
    pairs = _listed([f"{second} before {first}" for first, second in contradicted])
    return f"{method}: another order for {counted(len(contradicted), 'pair', 'pairs')}, {pairs}."


def _ballots_text(tally: Tally) -> str:
    each = "Each agency counts once." if tally.weights == "agency" else "Each person counts once."
    ballots = counted(tally.ballots, "ballot", "ballots")
    return f"{ballots} on {counted(len(tally.items), 'item', 'items')}. {each}"


def _table(tally: Tally) -> list[str]:
    by_place = sorted(tally.items, key=lambda item: tally.bands[item])
    rows = [(band_text(tally.bands[item]), _votes(tally.borda[item]), item) for item in by_place]
    place = max(len("Place"), *(len(row[0]) for row in rows))
    points = max(len("Borda"), *(len(row[1]) for row in rows))
    lines = [("Place", "Borda", "Item"), *rows]
    indent = " " * (place + points + 4)
    return [
        textwrap.fill(
            f"{band:<{place}}  {borda:>{points}}  {item}",
            WIDTH,
            subsequent_indent=indent,
            break_on_hyphens=False,
        )
        for band, borda, item in lines
    ]


def _wrap(line: str) -> str:
    return line if "\n" in line or len(line) <= WIDTH else textwrap.fill(line, WIDTH)


def _votes(votes: Fraction) -> str:
    return f"{votes.numerator:,}" if votes.denominator == 1 else f"{float(votes):,.2f}"


def _listed(names: Sequence[str]) -> str:
    more = len(names) - MAX_PAIRS
    return "; ".join(names[:MAX_PAIRS]) + (f"; and {more:,} more" if more > 0 else "")
