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
from dataclasses import dataclass
from pathlib import Path

import psutil

from bench.votes.presses import SECRET
from sandbox.ports import ReservedPort

ROOT = Path(__file__).parents[2]
READY_SECONDS = 30
ONE_WORKSPACE = {"SLACK_BOT_TOKEN": "xoxb-bench"}


class NotReadyError(Exception):
    """A server did not come up."""


@dataclass(frozen=True, slots=True)
class Server:
    """A process that answers on a port."""

    port: int
    process: psutil.Process

    def processor_seconds(self) -> float:
        """What it has used of the processors so far."""
        times = self.process.cpu_times()
        return float(times.user + times.system)


@contextlib.contextmanager
def slack_server() -> Iterator[Server]:
    """A stand-in for Slack's Web API."""
    with ReservedPort() as port, _running(["bench.votes.slack", str(port)], port, {}) as server:
        yield server


@contextlib.contextmanager
def bare_server() -> Iterator[Server]:
    """The app that does nothing."""
    with ReservedPort() as port, _running(["bench.votes.bare", str(port)], port, {}) as server:
        yield server


@contextlib.contextmanager
def bot_server(
    database_url: str,
    slack_port: int,
    module: Sequence[str] = ("bot", "run", "--http"),
    tokens: Mapping[str, str] = ONE_WORKSPACE,
) -> Iterator[Server]:
    """The bot as it runs, on this database; `module` starts it, with its arguments."""
    with ReservedPort() as port:
        environment = {
            **tokens,
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_API_URL": f"http://127.0.0.1:{slack_port}/api/",
            "DATABASE_URL": database_url,
            "PORT": str(port),
            "LOG_LEVEL": "ERROR",
        }
        with _running(module, port, environment) as server:
            yield server


def calls_of(slack_port: int) -> dict[str, int]:
    """How often each method of the Web API has been called."""
    with urllib.request.urlopen(f"http://127.0.0.1:{slack_port}/api/bench.counts") as answer:
        counts: dict[str, int] = json.load(answer)
    return counts


@contextlib.contextmanager
def _running(module: Sequence[str], port: int, environment: Mapping[str, str]) -> Iterator[Server]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("SLACK_")}
    # No `.env` of the person who measures is to be found.
    process = subprocess.Popen(
        [sys.executable, "-m", *module],
        cwd=ROOT / "bench",
        env={**inherited, "PYTHONPATH": str(ROOT), **environment},
    )
    try:
        _wait_for(port, process)
        yield Server(port, psutil.Process(process.pid))
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
