"""The bot as it runs, which also says on SIGUSR1 what tasks it has: `python -m bench.soak.bot FOLDER`."""

import asyncio
import gc
import json
import os
import signal
import sys
from collections import Counter
from pathlib import Path

from bot.__main__ import main

PID, TASKS = "pid", "tasks.json"
"""Files in the folder: the process's id, and how many tasks of each name it had when it was asked."""


def run(folder: Path) -> int:
    """Run the bot over HTTP until a signal ends it."""

    def tell(_number: int, _frame: object) -> None:
        gc.collect()
        names = Counter(getattr(task.get_coro(), "__qualname__", "?") for task in asyncio.all_tasks())
        part = folder / f"{TASKS}.part"
        part.write_text(json.dumps(names), encoding="utf-8")
        part.rename(folder / TASKS)

    signal.signal(signal.SIGUSR1, tell)
    (folder / PID).write_text(str(os.getpid()), encoding="utf-8")
    return main(["run", "--http"])


if __name__ == "__main__":
    sys.exit(run(Path(sys.argv[1])))
