"""Agencies as people write them: the same one spelt differently is one."""

from collections.abc import Iterable

LONGEST = 75
"""Characters of an agency's name."""


def known_spelling(typed: str, known: Iterable[str]) -> str:
    """The spelling that is known already of what was typed, or else what was typed, on one line."""
    name = " ".join(typed.split())[:LONGEST].strip()
    return next((one for one in known if _sense(one) == _sense(name)), name)


def without_repeats(names: Iterable[str]) -> list[str]:
    """Each agency once, as it is spelt first, in the order given."""
    found: dict[str, str] = {}
    for name in names:
        if name.strip():
            found.setdefault(_sense(name), " ".join(name.split())[:LONGEST])
    return list(found.values())


def _sense(name: str) -> str:
    return " ".join(name.casefold().split())
