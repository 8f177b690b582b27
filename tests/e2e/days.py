"""A partnership of twelve people of five agencies, in a sandbox whose days pass when the test says so."""

import contextlib
import sys
import time
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sandbox.harness import Harness, running_harness
from sandbox.running import Options, RunningSandbox

TWELVE = Path(__file__).with_name("twelve.yml")
BOT = Path(__file__).with_name("bot_in_days.py")


class Days:
    """The clock of the sandbox and of its bot: the real one, moved on."""

    def __init__(self, file: Path, begins: datetime) -> None:
        self._file = file
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

    def _write(self) -> None:
        # Replaced whole, for the bot reads it at any moment.
        new = self._file.with_suffix(".new")
        new.write_text(str(self._seconds))
        new.replace(self._file)


@contextlib.asynccontextmanager
async def running_days(
    folder: Path, begins: datetime, prepare: Callable[[RunningSandbox], None] = lambda sandbox: None
) -> AsyncIterator[tuple[Harness, Days]]:
    """The sandbox on a clock that begins then; the database is `commonground.db` in `folder`."""
    days = Days(folder / "seconds", begins)
    options = Options(
        bot_command=[sys.executable, str(BOT), str(folder / "seconds")],
        clock=days.time,
        partnership=TWELVE,
    )
    database_url = f"sqlite:///{folder}/commonground.db"
    async with running_harness(database_url, options=options, prepare=prepare) as harness:
        yield harness, days
