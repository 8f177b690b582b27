"""Pictures that are really drawn, looked at with a reader of images."""

import io
import subprocess
import sys

import pytest
from PIL import Image

from bot.ranking.pictures.canvas import MISSING, TEXT, Canvas, Fonts, Typeface
from tests.bot.ranking.pictures.examples import HARD, LONG, make_charts


@pytest.mark.parametrize(
    ("count", "people", "title"), [(3, 2, "Trust"), (9, 12, LONG), (10, 2, HARD), (25, 12, LONG)]
)
def test_every_chart_becomes_a_picture_that_a_phone_can_show(count: int, people: int, title: str) -> None:
    charts = make_charts(count, people, title)
    assert len(charts) == (4 if count == 9 else 3)
    for chart in charts:
        image = Image.open(io.BytesIO(chart.draw()))
        assert image.format == "PNG"
        assert 1_400 <= image.width <= 2_500
        assert 600 <= image.height <= 5_000
        colours = image.convert("RGB").getcolors(maxcolors=1_000_000)
        assert colours is not None
        assert len(colours) > 10


def test_many_agencies_are_drawn_as_far_as_a_page_goes() -> None:
    (_places, chart, *_rest) = make_charts(3, 2, agencies=14)
    image = Image.open(io.BytesIO(chart.draw()))
    assert image.width < 3_200
    assert "Trust agency 14 (14)" in chart.alt_text()
    assert "Trust agency 4 (4)" not in chart.alt_text()


def test_text_is_drawn_as_it_is_and_never_read_as_mathematics() -> None:
    def drawn(text: str) -> bytes:
        canvas = Canvas(600, 100, Fonts())
        canvas.write(20, 50, text)
        return canvas.png()

    # Read as mathematics, the first would be an error and the second have no dollar signs.
    assert drawn("$\\frac{1$") != drawn("")
    assert drawn("$x$") != drawn("x")


def test_what_the_typeface_lacks_is_a_box_or_dropped_if_it_shows_nothing() -> None:
    face = Typeface()
    assert face.drawable("Trust é مرحبا") == "Trust é مرحبا"
    assert face.drawable("漢\U000e0067\U0001fae0字") == MISSING * 3
    assert face.drawable("a\x07\ud800b") == "ab"


@pytest.mark.parametrize("text", [LONG, "W" * 200, "A " + "W" * 60 + " B", "", "Trust"])
def test_lines_stay_in_their_width_and_keep_every_letter(text: str) -> None:
    face = Typeface()
    lines = face.wrapped(text, 400, TEXT)
    assert all(face.width(line, TEXT) <= 400 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(lines) or not text


def test_matplotlib_is_loaded_only_to_draw() -> None:
    code = "import sys, bot.ranking.pictures.studio, bot.ranking.record.charts, bot.ranking.record.word\n"
    code += "sys.exit(bool({'matplotlib', 'docx'} & set(sys.modules)))"
    subprocess.run([sys.executable, "-c", code], check=True)
