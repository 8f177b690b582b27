"""What a running bot holds: memory, tasks, connections, open files."""

import os
import signal
import time
from collections.abc import Mapping
from dataclasses import dataclass
from json import loads
from pathlib import Path

import psutil

from bench.soak.bot import PID, TASKS

PATIENCE = 20.0


@dataclass(frozen=True, slots=True)
class Held:
    """At one moment; `memory` is the resident set in MB, `tasks` counts by the name of what they run."""

    memory: float
    tasks: Mapping[str, int]
    connections: int
    files: int
    threads: int


def held_by(folder: Path) -> Held:
    """Ask the bot that was started with this folder.

    :raises TimeoutError: it does not answer
    """
    pid = int((folder / PID).read_text("utf-8"))
    process = psutil.Process(pid)
    (folder / TASKS).unlink(missing_ok=True)
    os.kill(pid, signal.SIGUSR1)
    until = time.monotonic() + PATIENCE
    while not (folder / TASKS).exists():
        if time.monotonic() > until:
            raise TimeoutError("the bot does not say what tasks it has")
        time.sleep(0.02)
    return Held(
        process.memory_info().rss / 1e6,
        loads((folder / TASKS).read_text("utf-8")),
        len(process.net_connections()),
        process.num_fds(),
        process.num_threads(),
    )
