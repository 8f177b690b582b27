"""Run the bot on a clock that a test moves: `python bot_in_days.py FILE` adds the seconds that FILE holds.

`--http` after it goes to the bot. What it goes by by now is written into a file of the same name that ends
in `.followed`.
"""

import runpy
import sys
import threading
import time
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from freezegun import configure, freeze_time

LOOK_EVERY = 0.05

# Compiled modules look at the size of `datetime` as they load, so they load before the clock is replaced.
for name in ("bot.server", "bot.cli.run", "onnxruntime", "sqlite_utils"):
    import_module(name)
configure(extend_ignore_list=["slack_sdk", "aiohttp", "uvicorn"])


def main(file: Path) -> None:
    """Run the bot, and follow the file until it ends."""
    real_time, real_sleep = time.time, time.sleep

    def now(seconds: float) -> datetime:
        return datetime.fromtimestamp(real_time() + seconds, UTC).replace(tzinfo=None)

    seconds = float(file.read_text())
    clock = freeze_time(now(seconds), tick=True, real_asyncio=True).start()

    followed = file.with_suffix(".followed")
    followed.write_text(str(seconds))

    def follow() -> None:
        kept = seconds
        while True:
            wanted = float(file.read_text() or kept)
            if wanted != kept:
                clock.move_to(now(wanted))
                followed.write_text(str(wanted))
                kept = wanted
            real_sleep(LOOK_EVERY)

    threading.Thread(target=follow, daemon=True).start()
    sys.argv = ["bot", "run", *sys.argv[2:]]
    runpy.run_module("bot", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
