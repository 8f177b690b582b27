"""Agency against agency: the mean place each gives each statement, and how far apart they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.plurals import counted, people_counted
from bot.ranking.bands import Band
from bot.ranking.pictures.canvas import (
    HEADING,
    MARGIN,
    QUIET,
    SMALL,
    TEXT,
    Canvas,
    Fonts,
    shade,
    stretched,
    text_height,
)
from bot.ranking.pictures.chart import UPLOAD_ALT, fitted, place_label, shortened
from bot.ranking.results import GroupOrder

TITLES = 500
PLACE = 145
COLUMN = 190
NARROWEST = 1500
APART = 130
CELL_HEIGHT = 62
GAP = 22
MOST_AGENCIES = 8
"""Columns that are drawn; the record has all agencies."""
MOST_NAMED = 60
"""Characters of an agency's name that are drawn."""


@dataclass(frozen=True, slots=True)
class Agency:
    """A column: `people` gave a ballot."""

    name: str
    people: int


@dataclass(frozen=True, slots=True)
class AgenciesRow:
    """One statement with its mean place in each agency, in the order of the columns."""

    label: str
    band: Band
    means: tuple[float, ...]

    @property
    def apart(self) -> float:
        """Places between the agencies that are furthest apart."""
        return max(self.means) - min(self.means)

    def words(self, length: int) -> str:
        places = ", ".join(f"{mean:.1f}" for mean in self.means)
        return f"{shortened(self.label, length)}: {places}; apart {self.apart:.1f}."

    def few_words(self, length: int) -> str:
        return f"{shortened(self.label, length)}: {min(self.means):.1f} to {max(self.means):.1f}."


@dataclass(frozen=True, slots=True)
class AgenciesChart:
    """All statements, in the group's order, by two agencies or more; `left_out` agencies are not drawn."""

    heading: str
    agencies: tuple[Agency, ...]
    rows: tuple[AgenciesRow, ...]
    left_out: int = 0
    round: int = 1

    @property
    def name(self) -> str:
        return "agencies"

    @property
    def title(self) -> str:
        return "The mean place that each agency gives"

    def alt_text(self, limit: int = UPLOAD_ALT) -> str:
        names = ", ".join(f"{shortened(agency.name, 40)} ({agency.people})" for agency in self.agencies)
        start = f"Table: the mean place of each statement by agency (and how many people): {names}."
        count = len(self.agencies)
        return fitted(
            [
                (start, [row.words for row in self.rows]),
                (
                    f"Table: the lowest and highest mean place of each statement among {count} agencies.",
                    [row.few_words for row in self.rows],
                ),
            ],
            limit,
        )

    def draw(self) -> bytes:
        fonts = Fonts()
        left = MARGIN + PLACE + TITLES
        column = max(COLUMN, (NARROWEST - PLACE - TITLES - APART) / len(self.agencies))
        width = left + column * len(self.agencies) + APART + MARGIN
        titles = [fonts.plain.wrapped(row.label, TITLES - 30, TEXT) for row in self.rows]
        heights = [max(text_height(len(lines)), CELL_HEIGHT) + GAP for lines in titles]
        heading = fonts.bold.wrapped(self.heading, width - 2 * MARGIN, HEADING)
        names = [
            [
                *fonts.bold.wrapped(shortened(agency.name, MOST_NAMED), column - 24, SMALL),
                people_counted(agency.people),
            ]
            for agency in self.agencies
        ]
        head = text_height(max(map(len, names)), SMALL)
        top = MARGIN + text_height(len(heading), HEADING) + 120 + head
        heights = stretched(heights, top)
        canvas = Canvas(width, top + sum(heights) + MARGIN, fonts)
        middle = MARGIN + text_height(len(heading), HEADING) / 2
        canvas.write_lines(MARGIN, middle, heading, size=HEADING, bold=True)
        canvas.write(MARGIN, top - head - 85, f"{self.title}. {self._note()}", colour=QUIET)
        bottom = top - 14 - text_height(1, SMALL) / 2
        canvas.write(MARGIN, bottom, "Place", size=SMALL, bold=True)
        canvas.write(MARGIN + PLACE, bottom, "Statement", size=SMALL, bold=True)
        canvas.write(width - MARGIN, bottom, "Apart", size=SMALL, bold=True, align="right")
        for at, lines in enumerate(names):
            above = top - 14 - text_height(len(lines), SMALL) / 2
            canvas.write_lines(
                left + column * (at + 0.5), above, lines, size=SMALL, bold=True, align="center"
            )
        y = top
        for row, lines, height in zip(self.rows, titles, heights, strict=True):
            canvas.line((MARGIN, y), (width - MARGIN, y), thick=1)
            middle = y + height / 2
            canvas.write(MARGIN, middle, place_label(row.band), bold=True)
            canvas.write_lines(MARGIN + PLACE, middle, lines)
            self._cells(canvas, row, (left, middle), column)
            canvas.write(width - MARGIN, middle, f"{row.apart:.1f}", align="right")
            y += height
        return canvas.png()

    def _note(self) -> str:
        note = "Darker is nearer the top."
        if self.left_out:
            left_out = counted(self.left_out, "more agency is", "more agencies are")
            note = f"{note} {left_out} in the record."
        return note

    def _cells(self, canvas: Canvas, row: AgenciesRow, at: tuple[float, float], column: float) -> None:
        left, middle = at
        for number, mean in enumerate(row.means):
            fill, ink = shade(1 - (mean - 1) / max(1, len(self.rows) - 1))
            x = left + column * number
            canvas.box(x + 4, middle - CELL_HEIGHT / 2, column - 8, CELL_HEIGHT, fill=fill)
            canvas.write(x + column / 2, middle, f"{mean:.1f}", colour=ink, align="center")


def agencies_chart(
    heading: str,
    order: GroupOrder,
    agencies: Sequence[Agency],
    means: Sequence[Mapping[str, float]],
    round_number: int = 1,
) -> AgenciesChart | None:
    """The chart of agencies and their mean places by statement, alike in order; None below two agencies.

    Of more than MOST_AGENCIES those with the most people are drawn.
    """
    if len(agencies) < 2:
        return None
    by_size = sorted(range(len(agencies)), key=lambda at: -agencies[at].people)
    drawn = sorted(by_size[:MOST_AGENCIES])
    return AgenciesChart(
        heading=heading,
        agencies=tuple(agencies[at] for at in drawn),
        rows=tuple(
            AgenciesRow(item, order.tally.bands[item], tuple(means[at][item] for at in drawn))
            for item in order.items
        ),
        left_out=len(agencies) - len(drawn),
        round=round_number,
    )
