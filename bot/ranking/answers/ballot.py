"""One person's answer as it changes press by press.

Pure functions on tuples of ids. Every change says what it leads to, so that a press
which Slack delivers twice does no harm, and duplicates cannot happen. People press
faster than their form follows: what is added goes to the end, whatever the form showed.
"""

import hashlib
from collections.abc import Sequence


def place(order: tuple[str, ...], item: str, to: int) -> tuple[str, ...]:
    """`item` at place `to` (1 is best), the others keeping their order; beyond the end means last."""
    rest = [other for other in order if other != item]
    at = max(0, min(to - 1, len(rest)))
    return (*rest[:at], item, *rest[at:])


def add(order: tuple[str, ...], item: str) -> tuple[str, ...]:
    """`item` last, or where it stands already."""
    return order if item in order else (*order, item)


def remove(order: tuple[str, ...], item: str) -> tuple[str, ...]:
    """The order without `item`."""
    return tuple(other for other in order if other != item)


def shuffled(items: Sequence[str], seed: str) -> tuple[str, ...]:
    """The items in an order of its own for each seed, the same each time.

    Nobody's list then favours whatever happens to stand first.
    """
    return tuple(sorted(items, key=lambda item: hashlib.sha256(f"{seed}|{item}".encode()).digest()))
