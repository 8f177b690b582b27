"""The diamond of nine: the first statement on top, then two, three, two, and the last at the foot."""

from dataclasses import dataclass

from bot.ranking.bands import Band
from bot.ranking.pictures.canvas import (
    HEADING,
    INK,
    MARGIN,
    QUIET,
    SMALL,
    TEXT,
    VERMILION,
    Canvas,
    Fonts,
    text_height,
)
from bot.ranking.pictures.chart import UPLOAD_ALT, fitted, place_label, place_words, shortened
from bot.ranking.results import GroupOrder

WIDTH = 1600
ROWS = ((1, 1), (2, 3), (4, 6), (7, 8), (9, 9))
"""First and last place of each row."""
NINE = ROWS[-1][1]
CARD = 480
BETWEEN = 30
FILL = "#eaf3fa"


@dataclass(frozen=True, slots=True)
class DiamondCard:
    """One statement, drawn at `place`, which ties leave open within `band`."""

    label: str
    place: int
    band: Band

    @property
    def row(self) -> int:
        return next(at for at, (_first, last) in enumerate(ROWS) if self.place <= last)

    @property
    def sure(self) -> bool:
        """Whether all its places are in its row."""
        first, last = ROWS[self.row]
        return first <= self.band[0] and self.band[1] <= last

    def words(self, length: int) -> str:
        tie = "" if self.sure else ", could stand in another row"
        return f"Row {self.row + 1}, {place_words(self.band)}{tie}: {shortened(self.label, length)}."


@dataclass(frozen=True, slots=True)
class DiamondChart:
    """Nine statements, the first on top."""

    heading: str
    cards: tuple[DiamondCard, ...]
    round: int = 1

    @property
    def name(self) -> str:
        return "diamond"

    @property
    def title(self) -> str:
        return "The diamond of nine"

    @property
    def note(self) -> str:
        """What ties mean for the picture."""
        if all(card.sure for card in self.cards):
            return "The most important on top."
        return "The most important on top. Dashed: a tie, so it could stand in another row too."

    def alt_text(self, limit: int = UPLOAD_ALT) -> str:
        opening = f"Diamond of nine statements in rows of one, two, three, two and one. {self.note}"
        return fitted([(opening, [card.words for card in self.cards])], limit)

    def draw(self) -> bytes:
        fonts = Fonts()
        texts = [fonts.plain.wrapped(card.label, CARD - 40, TEXT) for card in self.cards]
        height = max(150.0, text_height(max(map(len, texts))) + 100)
        heading = fonts.bold.wrapped(self.heading, WIDTH - 2 * MARGIN, HEADING)
        note = fonts.plain.wrapped(self.note, WIDTH - 2 * MARGIN, TEXT)
        top = MARGIN + text_height(len(heading), HEADING) + text_height(len(note)) + 50
        canvas = Canvas(WIDTH, top + (height + BETWEEN) * len(ROWS) - BETWEEN + MARGIN, fonts)
        middle = MARGIN + text_height(len(heading), HEADING) / 2
        canvas.write_lines(MARGIN, middle, heading, size=HEADING, bold=True)
        middle = MARGIN + text_height(len(heading), HEADING) + 12 + text_height(len(note)) / 2
        canvas.write_lines(MARGIN, middle, note, colour=QUIET)
        for card, lines in zip(self.cards, texts, strict=True):
            first, last = ROWS[card.row]
            wide = (last - first + 1) * (CARD + BETWEEN) - BETWEEN
            x = (WIDTH - wide) / 2 + (card.place - first) * (CARD + BETWEEN)
            y = top + card.row * (height + BETWEEN)
            canvas.box(
                x,
                y,
                CARD,
                height,
                fill=FILL,
                edge=INK if card.sure else VERMILION,
                thick=3 if card.sure else 5,
                dashed=not card.sure,
                corner=14,
            )
            place = "Place" if card.band[0] == card.band[1] else "Places"
            canvas.write(
                x + CARD / 2,
                y + 34,
                f"{place} {place_label(card.band)}",
                size=SMALL,
                bold=True,
                align="center",
            )
            canvas.write_lines(x + CARD / 2, y + 26 + height / 2, lines, align="center")
        return canvas.png()


def diamond_chart(heading: str, order: GroupOrder, round_number: int = 1) -> DiamondChart | None:
    """The diamond of a count of nine statements; None for any other number."""
    if len(order.items) != NINE:
        return None
    cards = (
        DiamondCard(item, place, order.tally.bands[item]) for place, item in enumerate(order.items, start=1)
    )
    return DiamondChart(heading, tuple(cards), round_number)
