"""Charts drawn in a process of their own, one order at a time: nothing else in the bot waits or grows.

matplotlib takes about 50 MB, holds the interpreter while it draws, and is not safe in threads.
"""

import asyncio
import pickle
import sys
from asyncio.subprocess import PIPE
from collections.abc import Sequence

from bot.ranking.pictures.chart import Chart, Picture

MAX_SECONDS = 60.0
COMMAND = (sys.executable, "-m", "bot.ranking.pictures")


class PictureError(Exception):
    """The pictures could not be drawn; everything they show is in the record in words."""


class Studio:
    """Draws for the whole bot; charts that come meanwhile wait their turn."""

    def __init__(self, command: Sequence[str] = COMMAND, max_seconds: float = MAX_SECONDS) -> None:
        self._command = tuple(command)
        self._max_seconds = max_seconds
        self._turn = asyncio.Lock()

    async def draw(self, charts: Sequence[Chart]) -> list[Picture]:
        """Each chart with its PNG; :raises PictureError: when that fails or takes too long."""
        if not charts:
            return []
        async with self._turn:
            drawn: list[bytes] = pickle.loads(await self._drawn(pickle.dumps(list(charts))))
        return [Picture(chart, png) for chart, png in zip(charts, drawn, strict=True)]

    async def _drawn(self, order: bytes) -> bytes:
        process = await asyncio.create_subprocess_exec(*self._command, stdin=PIPE, stdout=PIPE, stderr=PIPE)
        try:
            async with asyncio.timeout(self._max_seconds):
                out, complaint = await process.communicate(order)
        except TimeoutError:
            raise PictureError(f"The pictures took more than {self._max_seconds:g} seconds.") from None
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode:
            last = complaint.decode(errors="replace").strip().splitlines()[-1:]
            raise PictureError(f"Drawing ended with {process.returncode}: {' '.join(last)}")
        return out
