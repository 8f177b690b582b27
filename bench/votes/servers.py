"""The processes that are measured, each on a port of its own."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bench.votes.presses import SECRET

ROOT = Path(__file__).parents[2]
READY_SECONDS = 30


class NotReadyError(Exception):
    """A server did not come up."""


@contextlib.contextmanager
def slack_server() -> Iterator[int]:
    """A stand-in for Slack's Web API; gives its port."""
    port = _free_port()
    with _running(["bench.votes.slack", str(port)], port, {}):
        yield port


@contextlib.contextmanager
def bare_server() -> Iterator[int]:
    """The app that does nothing; gives its port."""
    port = _free_port()
    with _running(["bench.votes.bare", str(port)], port, {}):
        yield port


@contextlib.contextmanager
def bot_server(
    database: str, slack_port: int, module: Sequence[str] = ("bot", "run", "--http")
) -> Iterator[int]:
    """The bot as it runs, on this SQLite file; gives its port. `module` starts it, with its arguments."""
    port = _free_port()
    environment = {
        "SLACK_BOT_TOKEN": "xoxb-bench",
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": f"http://127.0.0.1:{slack_port}/api/",
        "DATABASE_URL": f"sqlite:///{database}",
        "PORT": str(port),
        "LOG_LEVEL": "ERROR",
    }
    with _running(module, port, environment):
        yield port


def calls_of(slack_port: int) -> dict[str, int]:
    """How often each method of the Web API has been called."""
    with urllib.request.urlopen(f"http://127.0.0.1:{slack_port}/api/bench.counts") as answer:
        counts: dict[str, int] = json.load(answer)
    return counts


@contextlib.contextmanager
def _running(module: Sequence[str], port: int, environment: Mapping[str, str]) -> Iterator[None]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("SLACK_")}
    # No `.env` of the person who measures is to be found.
    process = subprocess.Popen(
        [sys.executable, "-m", *module],
        cwd=ROOT / "bench",
        env={**inherited, "PYTHONPATH": str(ROOT), **environment},
    )
    try:
        _wait_for(port, process)
        yield
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.05)
    raise NotReadyError(f"{process.args!r} did not come up")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
    return port
