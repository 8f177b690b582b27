"""The places, best and worst, between which ballots leave something open."""

from typing import TypeAlias

Band: TypeAlias = tuple[int, int]


def band_text(band: Band) -> str:
    """A place or a range of places: "1", "2-3"."""
    best, worst = band
    return str(best) if best == worst else f"{best}-{worst}"


def rise(before: Band, after: Band) -> float:
    """Places gained, from the middle of one range to that of the other; negative: lost."""
    return (sum(before) - sum(after)) / 2


def change_text(before: Band, after: Band) -> str:
    """Such as "up 2", "down 1.5" or "same"."""
    gained = rise(before, after)
    return "same" if not gained else f"{'up' if gained > 0 else 'down'} {abs(gained):g}"
