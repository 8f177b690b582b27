"""A page to draw on in pixels, with the origin at the top left, by matplotlib's Agg and without pyplot.

No text of a person is read as markup. Letters come from DejaVu Sans alone, which matplotlib brings along, so
that a picture is the same on every machine; what that typeface lacks (many emoji, Chinese) is drawn as an
empty box, and the words in full stand beside every picture.
"""

import io
import unicodedata
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

DPI = 100
INK = "#1a1a1a"
QUIET = "#595959"
LINE = "#8c8c8c"
PAPER = "#ffffff"
BLUE = "#0072b2"
VERMILION = "#d55e00"
"""Okabe and Ito's palette, told apart with every common kind of colour blindness."""
MARGIN = 50
TEXT = 30
"""Size in pixels: on a page 1,600 wide, on a phone held sideways, as large as 11 point."""
SMALL = 26
HEADING = 42
LINE_HEIGHT = 1.3
LOWEST = 1_000
MOST_STRETCH = 60
MISSING = "\u25a1"
INVISIBLE = frozenset({"Cf", "Mn", "Me", "Cc", "Cs"})

Align = Literal["left", "center", "right"]


class Typeface:
    """DejaVu Sans: what it can draw, and how wide."""

    def __init__(self, *, bold: bool = False) -> None:
        import matplotlib as mpl  # noqa: PLC0415 - heavy; only the process that draws needs it
        from matplotlib.ft2font import FT2Font  # noqa: PLC0415 - as above

        self.path = Path(mpl.get_data_path(), "fonts", "ttf", f"DejaVuSans{'-Bold' if bold else ''}.ttf")
        self._font = FT2Font(str(self.path))
        self._font.set_size(TEXT, 72)

    def drawable(self, text: str) -> str:
        """The text with a box for what the typeface lacks, or nothing for what shows nothing."""
        return "".join(self._drawable(character) for character in text)

    def width(self, text: str, size: float) -> float:
        """Width in pixels of one line."""
        if not text:
            return 0.0
        self._font.set_text(text)
        width: float = self._font.get_width_height()[0] / 64
        return width * size / TEXT

    def wrapped(self, text: str, width: float, size: float) -> list[str]:
        """Lines no wider than `width`; a word that is too long for a line is broken."""
        lines = [""]
        for word in self.drawable(text).split():
            longer = f"{lines[-1]} {word}".strip()
            if self.width(longer, size) <= width:
                lines[-1] = longer
                continue
            *whole, rest = self._broken(word, width, size)
            lines += [*whole, rest] if lines[-1] else []
            if not lines[0]:
                lines = [*whole, rest]
        return lines

    def _broken(self, word: str, width: float, size: float) -> list[str]:
        pieces = [""]
        for character in word:
            if pieces[-1] and self.width(pieces[-1] + character, size) > width:
                pieces.append("")
            pieces[-1] += character
        return pieces

    def _drawable(self, character: str) -> str:
        if self._font.get_char_index(ord(character)):
            return character
        return "" if unicodedata.category(character) in INVISIBLE else MISSING


class Fonts:
    """Both weights, loaded at most once for a picture."""

    @cached_property
    def plain(self) -> Typeface:
        return Typeface()

    @cached_property
    def bold(self) -> Typeface:
        return Typeface(bold=True)

    def of(self, bold: bool) -> Typeface:
        return self.bold if bold else self.plain


class Canvas:
    """A page of `width` by `height` pixels."""

    def __init__(self, width: float, height: float, fonts: Fonts) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - as above
        from matplotlib.figure import Figure  # noqa: PLC0415 - as above

        self.fonts = fonts
        self._figure = Figure(figsize=(width / DPI, height / DPI), dpi=DPI, facecolor=PAPER)
        self._canvas = FigureCanvasAgg(self._figure)
        self._axes: Any = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set_xlim(0, width)
        self._axes.set_ylim(height, 0)
        self._axes.axis("off")

    def write(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = TEXT,
        bold: bool = False,
        colour: str = INK,
        align: Align = "left",
    ) -> None:
        """One line with its middle at height y."""
        face = self.fonts.of(bold)
        self._axes.text(
            x,
            y,
            face.drawable(text),
            font=face.path,
            fontsize=size * 72 / DPI,
            color=colour,
            horizontalalignment=align,
            verticalalignment="center_baseline",
            parse_math=False,
        )

    def write_lines(
        self,
        x: float,
        y: float,
        lines: list[str],
        *,
        size: float = TEXT,
        bold: bool = False,
        colour: str = INK,
        align: Align = "left",
    ) -> None:
        """Several lines, the middle of all of them at height y."""
        step = size * LINE_HEIGHT
        top = y - step * (len(lines) - 1) / 2
        for at, line in enumerate(lines):
            self.write(x, top + at * step, line, size=size, bold=bold, colour=colour, align=align)

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str = "none",
        edge: str = "none",
        thick: float = 0,
        dashed: bool = False,
        corner: float = 0,
    ) -> None:
        """A rectangle from its top left corner; `thick` in pixels, `corner` the radius of its corners."""
        from matplotlib.patches import FancyBboxPatch  # noqa: PLC0415 - as above

        style = f"round,pad=0,rounding_size={corner}" if corner else "square,pad=0"
        self._axes.add_patch(
            FancyBboxPatch(
                (x, y),
                width,
                height,
                boxstyle=style,
                facecolor=fill,
                edgecolor=edge,
                linewidth=thick * 72 / DPI,
                linestyle="--" if dashed else "-",
            )
        )

    def line(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        *,
        colour: str = LINE,
        thick: float = 2,
        style: str = "-",
        mark: str = "",
    ) -> None:
        """A line, with `mark` (matplotlib's name of a marker) at both ends."""
        self._axes.plot(
            (start[0], end[0]),
            (start[1], end[1]),
            color=colour,
            linewidth=thick * 72 / DPI,
            linestyle=style,
            marker=mark or None,
            markersize=14,
            solid_capstyle="round",
        )

    def png(self) -> bytes:
        content = io.BytesIO()
        self._figure.savefig(content, format="png", dpi=DPI)
        return content.getvalue()


def text_height(lines: int, size: float = TEXT) -> float:
    """Pixels that so many lines take."""
    return lines * size * LINE_HEIGHT


def stretched(heights: list[float], top: float) -> list[float]:
    """Rows made higher, by at most MOST_STRETCH, where the page would be lower than LOWEST."""
    spare = max(0.0, LOWEST - MARGIN - top - sum(heights)) / len(heights)
    return [height + min(spare, MOST_STRETCH) for height in heights]


def shade(share: float) -> tuple[str, str]:
    """Fill and ink for a share from 0 to 1: light to dark blue, the ink always legible on it."""
    low, high = (0xEA, 0xF3, 0xFA), (0x00, 0x48, 0x80)
    mixed = [round(start + (end - start) * share) for start, end in zip(low, high, strict=True)]
    return "#{:02x}{:02x}{:02x}".format(*mixed), (PAPER if share > 0.5 else INK)
