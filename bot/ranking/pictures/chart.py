"""What every chart of a ranking can do, and what it is once it is drawn."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from bot.ranking.bands import Band, band_text

IMAGE_ALT = 2_000
"""Characters of alt_text in Slack's image block."""
UPLOAD_ALT = 1_000
"""Characters of alt_txt of an upload."""
TITLE_LENGTHS = (75, 50, 35, 25, 20)
"""How long a statement's title may be in words beside a picture, tried in turn."""
Row: TypeAlias = Callable[[int], str]
"""One row in words; it is given how long a title may be."""


class Chart(Protocol):
    """A plain value. `name` is short and fit for a file's name; `round` is that of the ordering."""

    @property
    def name(self) -> str: ...

    @property
    def round(self) -> int: ...

    @property
    def title(self) -> str: ...

    def alt_text(self, limit: int = UPLOAD_ALT) -> str:
        """The picture in words with its numbers, in at most so many characters."""

    def draw(self) -> bytes:
        """The picture as PNG. Blocks for part of a second, and loads matplotlib."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart with its PNG."""

    chart: Chart
    png: bytes


def place_words(band: Band) -> str:
    """Such as "place 1" or "places 2 to 3"."""
    best, worst = band
    return f"place {best}" if best == worst else f"places {best} to {worst}"


def place_label(band: Band) -> str:
    """The place or range of places with an en dash, as it is printed."""
    return band_text(band).replace("-", "–")


def fitted(ways: Sequence[tuple[str, Sequence[Row]]], limit: int) -> str:
    """An opening and its rows as sentences in at most `limit` characters, by the first of `ways` that fits.

    Ways begin with the most telling. In each, titles are shortened as far as needed; where even the last way
    does not fit, rows are left off and their number is told.
    """
    for opening, rows in ways:
        for length in TITLE_LENGTHS:
            text = " ".join([opening, *(row(length) for row in rows)])
            if len(text) <= limit:
                return text
    opening, rows = ways[-1]
    for kept in range(len(rows) - 1, 0, -1):
        shown = [row(TITLE_LENGTHS[-1]) for row in rows[:kept]]
        text = " ".join([opening, *shown, f"{len(rows) - kept} more are in the record."])
        if len(text) <= limit:
            return text
    return shortened(opening, limit)


def shortened(text: str, length: int) -> str:
    """The text in at most `length` characters, with an ellipsis if it was longer."""
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"
