"""Where people put each statement: how many gave it each place, and the group's range of places over it."""

from dataclasses import dataclass

from bot.ranking.bands import Band
from bot.ranking.pictures.canvas import (
    HEADING,
    INK,
    LINE,
    MARGIN,
    QUIET,
    SMALL,
    TEXT,
    VERMILION,
    Canvas,
    Fonts,
    shade,
    stretched,
    text_height,
)
from bot.ranking.pictures.chart import UPLOAD_ALT, fitted, place_label, place_words, shortened
from bot.ranking.results import GroupOrder

TITLES = 540
PLACE = 145
CELLS = 860
NO_PLACE = 170
NARROWEST = 60
CELL_HEIGHT = 56
GAP = 24


@dataclass(frozen=True, slots=True)
class PlacesRow:
    """One statement: `places[k]` people gave it place k + 1, `unranked` none."""

    label: str
    band: Band
    places: tuple[int, ...]
    unranked: int

    def words(self, length: int) -> str:
        given = [f"{count} at {place}" for place, count in enumerate(self.places, start=1) if count]
        given += [f"{self.unranked} unplaced"] if self.unranked else []
        return f"{shortened(self.label, length)}: {place_words(self.band)} ({', '.join(given)})."

    def few_words(self, length: int) -> str:
        given = [place for place, count in enumerate(self.places, start=1) if count]
        spread = f"given {given[0]} to {given[-1]}" if given else "unplaced"
        return f"{shortened(self.label, length)}: {place_words(self.band)}, {spread}."

    def figures(self, length: int) -> str:
        given = [place for place, count in enumerate(self.places, start=1) if count]
        spread = f"{given[0]} to {given[-1]}" if given else "unplaced"
        return f"{shortened(self.label, length)}: {place_label(self.band)}, {spread}."


@dataclass(frozen=True, slots=True)
class PlacesChart:
    """All statements, in the group's order, on `people` ballots."""

    heading: str
    people: int
    rows: tuple[PlacesRow, ...]
    round: int = 1

    @property
    def name(self) -> str:
        return "places"

    @property
    def title(self) -> str:
        return "Where people put each statement"

    def alt_text(self, limit: int = UPLOAD_ALT) -> str:
        start = f"Table: where {self.people} people put each statement. Each with the group's place, then"
        return fitted(
            [
                (f"{start} how many people gave it which place.", [row.words for row in self.rows]),
                (f"{start} the best and worst place given.", [row.few_words for row in self.rows]),
                (f"{start} the best to worst given.", [row.figures for row in self.rows]),
            ],
            limit,
        )

    def draw(self) -> bytes:
        fonts = Fonts()
        columns = len(self.rows[0].places)
        unplaced = any(row.unranked for row in self.rows)
        cell = max(NARROWEST, (CELLS - (NO_PLACE if unplaced else 0)) / columns)
        left = MARGIN + PLACE + TITLES
        width = left + cell * columns + (NO_PLACE if unplaced else 0) + MARGIN
        titles = [fonts.plain.wrapped(row.label, TITLES - 30, TEXT) for row in self.rows]
        heights = [max(text_height(len(lines)), CELL_HEIGHT) + GAP for lines in titles]
        heading = fonts.bold.wrapped(self.heading, width - 2 * MARGIN, HEADING)
        top = MARGIN + text_height(len(heading), HEADING) + 190
        heights = stretched(heights, top)
        canvas = Canvas(width, top + sum(heights) + MARGIN, fonts)
        self._head(canvas, heading, left, top, cell)
        y = top
        for row, lines, height in zip(self.rows, titles, heights, strict=True):
            canvas.line((MARGIN, y), (width - MARGIN, y), thick=1)
            self._row(canvas, row, lines, (left, y + height / 2), cell)
            y += height
        return canvas.png()

    def _head(self, canvas: Canvas, heading: list[str], left: float, top: float, cell: float) -> None:
        middle = MARGIN + text_height(len(heading), HEADING) / 2
        canvas.write_lines(MARGIN, middle, heading, size=HEADING, bold=True)
        below = MARGIN + text_height(len(heading), HEADING) + 30
        canvas.write(MARGIN, below, f"{self.title} ({self.people} ballots).", colour=QUIET)
        canvas.box(MARGIN, below + 28, 70, 34, edge=VERMILION, thick=6, corner=8)
        canvas.write(
            MARGIN + 90,
            below + 46,
            "The group's place. In a cell: how many people gave that place.",
            colour=QUIET,
        )
        canvas.write(MARGIN, top - 30, "Place", size=SMALL, bold=True)
        canvas.write(MARGIN + PLACE, top - 30, "Statement", size=SMALL, bold=True)
        columns = len(self.rows[0].places)
        for place in range(1, columns + 1):
            canvas.write(left + cell * (place - 0.5), top - 30, str(place), bold=True, align="center")
        if any(row.unranked for row in self.rows):
            canvas.write(
                left + cell * columns + NO_PLACE / 2,
                top - 30,
                "no place",
                size=SMALL,
                bold=True,
                align="center",
            )

    def _row(
        self, canvas: Canvas, row: PlacesRow, lines: list[str], at: tuple[float, float], cell: float
    ) -> None:
        left, middle = at
        canvas.write(MARGIN, middle, place_label(row.band), bold=True)
        canvas.write_lines(MARGIN + PLACE, middle, lines)
        top = middle - CELL_HEIGHT / 2
        for place, count in enumerate(row.places):
            x = left + cell * place
            fill, ink = shade(count / self.people) if count else ("none", INK)
            canvas.box(
                x + 3, top, cell - 6, CELL_HEIGHT, fill=fill, edge=LINE if not count else fill, thick=1
            )
            if count:
                canvas.write(x + cell / 2, middle, str(count), colour=ink, align="center")
        if row.unranked:
            canvas.write(
                left + cell * len(row.places) + NO_PLACE / 2, middle, str(row.unranked), align="center"
            )
        best, worst = row.band
        canvas.box(
            left + cell * (best - 1) - 1,
            top - 6,
            cell * (worst - best + 1) + 2,
            CELL_HEIGHT + 12,
            edge=VERMILION,
            thick=6,
            corner=8,
        )


def places_chart(heading: str, order: GroupOrder, round_number: int = 1) -> PlacesChart:
    """The chart of one count; the order's items are the statements' titles."""
    return PlacesChart(
        heading=heading,
        people=order.tally.ballots,
        rows=tuple(
            PlacesRow(
                label=item,
                band=order.tally.bands[item],
                places=order.spreads[item].places,
                unranked=order.spreads[item].unranked,
            )
            for item in order.items
        ),
        round=round_number,
    )
