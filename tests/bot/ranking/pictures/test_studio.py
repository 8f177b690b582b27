"""Pictures drawn in a process of their own."""

import asyncio
import io
import sys

import pytest
from PIL import Image

from bot.ranking.pictures.studio import PictureError, Studio
from tests.bot.ranking.pictures.examples import make_charts


async def test_all_charts_come_back_drawn_and_in_their_order() -> None:
    charts = make_charts(9, 4)
    pictures = await Studio().draw(charts)
    assert [picture.chart for picture in pictures] == charts
    for picture in pictures:
        assert Image.open(io.BytesIO(picture.png)).format == "PNG"
    assert "matplotlib" not in sys.modules or pictures[0].png == charts[0].draw()


async def test_orders_that_come_together_are_all_drawn() -> None:
    studio = Studio()
    one, other = make_charts(3, 2), make_charts(4, 2)
    first, second = await asyncio.gather(studio.draw(one[:1]), studio.draw(other[:1]))
    assert (first[0].chart, second[0].chart) == (one[0], other[0])


async def test_nothing_to_draw_starts_nothing() -> None:
    assert await Studio(command=("/nowhere",)).draw([]) == []


async def test_a_process_that_fails_is_told_with_its_last_words() -> None:
    command = (sys.executable, "-c", "import sys; sys.exit('no typeface')")
    with pytest.raises(PictureError, match="ended with 1: no typeface"):
        await Studio(command).draw(make_charts(3, 2))


async def test_a_process_that_takes_too_long_is_ended() -> None:
    studio = Studio((sys.executable, "-c", "import time; time.sleep(600)"), max_seconds=0.2)
    with pytest.raises(PictureError, match=r"more than 0\.2 seconds"):
        await studio.draw(make_charts(3, 2))
