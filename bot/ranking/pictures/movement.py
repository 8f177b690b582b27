"""How each statement moved between two rounds: a line from its place before to its place now."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.ranking.bands import Band, change_text, rise
from bot.ranking.pictures.canvas import (
    BLUE,
    HEADING,
    LINE,
    MARGIN,
    QUIET,
    SMALL,
    TEXT,
    VERMILION,
    Canvas,
    Fonts,
    stretched,
    text_height,
)
from bot.ranking.pictures.chart import UPLOAD_ALT, fitted, place_label, place_words, shortened

WIDTH = 1720
TITLES = 420
PLACE = 135
CHANGE = 150
GAP = 26


@dataclass(frozen=True, slots=True)
class MovementRow:
    """One statement's range of places before and now."""

    label: str
    before: Band
    after: Band

    @property
    def up(self) -> float:
        return rise(self.before, self.after)

    @property
    def change(self) -> str:
        return change_text(self.before, self.after)

    def words(self, length: int) -> str:
        moved = f"{place_words(self.before)}, now {place_words(self.after)}, {self.change}"
        return f"{shortened(self.label, length)}: {moved}."

    def few_words(self, length: int) -> str:
        return f"{shortened(self.label, length)}: {place_label(self.before)}, {place_label(self.after)}."


@dataclass(frozen=True, slots=True)
class MovementChart:
    """Statements in the order of the round `round`; the round before it stands on the left."""

    heading: str
    rows: tuple[MovementRow, ...]
    round: int = 2

    @property
    def name(self) -> str:
        return "movement"

    @property
    def title(self) -> str:
        return f"How places moved from round {self.round - 1} to round {self.round}"

    def alt_text(self, limit: int = UPLOAD_ALT) -> str:
        return fitted(
            [
                (f"Chart: {self.title[0].lower()}{self.title[1:]}.", [row.words for row in self.rows]),
                (
                    f"Chart: each statement's place in round {self.round - 1} and in round {self.round}.",
                    [row.few_words for row in self.rows],
                ),
            ],
            limit,
        )

    def draw(self) -> bytes:
        fonts = Fonts()
        before = sorted(self.rows, key=lambda row: (sum(row.before), row.before))
        titles = {row.label: fonts.plain.wrapped(row.label, TITLES - 20, TEXT) for row in self.rows}
        heading = fonts.bold.wrapped(self.heading, WIDTH - 2 * MARGIN, HEADING)
        top = MARGIN + text_height(len(heading), HEADING) + 190
        height = max(text_height(len(lines)) for lines in titles.values()) + GAP
        height = stretched([height] * len(self.rows), top)[0]
        canvas = Canvas(WIDTH, top + height * len(self.rows) + MARGIN, fonts)
        middle = MARGIN + text_height(len(heading), HEADING) / 2
        canvas.write_lines(MARGIN, middle, heading, size=HEADING, bold=True)
        below = MARGIN + text_height(len(heading), HEADING) + 30
        canvas.write(MARGIN, below, f"{self.title}.", colour=QUIET)
        self._key(canvas, below + 46)
        left, right = MARGIN + TITLES + PLACE, WIDTH - MARGIN - CHANGE - TITLES - PLACE
        canvas.write(left, top - 34, f"Round {self.round - 1}", size=SMALL, bold=True, align="right")
        canvas.write(right, top - 34, f"Round {self.round}", size=SMALL, bold=True)
        canvas.write(WIDTH - MARGIN, top - 34, "Change", size=SMALL, bold=True, align="right")
        slots = {row.label: top + height * (at + 0.5) for at, row in enumerate(before)}
        for at, row in enumerate(self.rows):
            start, end = slots[row.label], top + height * (at + 0.5)
            colour, style = _manner(row)
            canvas.line(
                (left + 25, start),
                (right - 25, end),
                colour=colour,
                style=style,
                thick=6 if row.up else 3,
                mark="o",
            )
            lines = titles[row.label]
            canvas.write_lines(left - PLACE, start, lines, align="right")
            canvas.write(left, start, place_label(row.before), bold=True, align="right")
            canvas.write(right, end, place_label(row.after), bold=True)
            canvas.write_lines(right + PLACE, end, lines)
            canvas.write(WIDTH - MARGIN, end, row.change, align="right", bold=bool(row.up))
        return canvas.png()

    def _key(self, canvas: Canvas, y: float) -> None:
        x: float = MARGIN
        for example in ((2, 1), (1, 2), (1, 1)):
            row = MovementRow("", (example[0], example[0]), (example[1], example[1]))
            colour, style = _manner(row)
            canvas.line((x, y), (x + 110, y), colour=colour, style=style, thick=6 if row.up else 3, mark="o")
            canvas.write(x + 135, y, row.change.split()[0], colour=QUIET)
            x += 280


def _manner(row: MovementRow) -> tuple[str, str]:
    """Colour and dashes, so that either alone tells up, down and same apart."""
    if not row.up:
        return LINE, ":"
    return (BLUE, "-") if row.up > 0 else (VERMILION, "--")


def movement_chart(
    heading: str, moves: Sequence[tuple[str, Band, Band]], round_number: int = 2
) -> MovementChart:
    """The chart of statements with their ranges before and now, in the order of the round `round_number`."""
    return MovementChart(heading, tuple(MovementRow(*move) for move in moves), round_number)
