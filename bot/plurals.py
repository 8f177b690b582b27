"""Several things in words: how many they are, and which."""

from collections.abc import Sequence


def counted(number: int, one: str, many: str) -> str:
    """Such as "1 draft" or "2 drafts"."""
    return f"{number:,} {one if number == 1 else many}"


def people_counted(number: int) -> str:
    """Such as "1 person" or "12 people"."""
    return counted(number, "person", "people")


def joined(names: Sequence[str]) -> str:
    """Such as "A, B and C"; "" for none."""
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)
