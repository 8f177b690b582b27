"""A partnership of twelve people of five agencies, in a sandbox whose days pass when the test says so."""

import asyncio
import contextlib
import sys
import time
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sandbox.harness import PATIENCE_SECONDS, Harness, running_harness
from sandbox.running import Options, RunningSandbox
from tests.databases import sqlite_database

TWELVE = Path(__file__).with_name("twelve.yml")
BOT = Path(__file__).with_name("bot_in_days.py")
TWELVE_PEOPLE = Options(partnership=TWELVE)
LOOK_EVERY = 0.02


class Days:
    """The clock of the sandbox and of its bot: the real one, moved on."""

    def __init__(self, file: Path, begins: datetime) -> None:
        self._file = file
        self._followed = file.with_suffix(".followed")
        self._seconds = begins.timestamp() - time.time()
        self._write()

    def time(self) -> float:
        """Seconds since 1970, as `time.time`."""
        return time.time() + self._seconds

    @property
    def now(self) -> datetime:
        return datetime.fromtimestamp(self.time(), UTC)

    def pass_by(self, span: timedelta) -> None:
        """Let this much time pass at once."""
        self._seconds += span.total_seconds()
        self._write()

    def pass_until(self, at: datetime) -> None:
        """Let time pass until then; `at` is aware and not before now."""
        assert at >= self.now
        self.pass_by(at - self.now)

    async def reach_bot(self) -> None:
        """Wait until the bot goes by this time too."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while self._followed.read_text() != self._file.read_text():  # noqa: ASYNC110 - another process
                await asyncio.sleep(LOOK_EVERY)

    def _write(self) -> None:
        # Replaced whole, for the bot reads it at any moment.
        new = self._file.with_suffix(".new")
        new.write_text(str(self._seconds))
        new.replace(self._file)


@contextlib.asynccontextmanager
async def running_days(
    folder: Path,
    begins: datetime,
    prepare: Callable[[RunningSandbox], None] = lambda sandbox: None,
    bot_settings: Mapping[str, str] | None = None,
    options: Options = TWELVE_PEOPLE,
) -> AsyncIterator[tuple[Harness, Days]]:
    """The sandbox on a clock that begins then; the database is `commonground.db` in `folder`.

    `bot_settings` is further environment of the bot.
    """
    days = Days(folder / "seconds", begins)
    command = [sys.executable, str(BOT), str(folder / "seconds"), *(["--http"] if options.is_http else [])]
    options = replace(options, bot_command=command, clock=days.time)
    database_url = sqlite_database(folder)
    async with running_harness(
        database_url, options=options, prepare=prepare, bot_settings=bot_settings
    ) as harness:
        yield harness, days
