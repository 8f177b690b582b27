"""Send requests in rounds, and look after each at what the process holds."""

import dataclasses
import random
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from multiprocessing import get_context
from pathlib import Path

from bench.soak.mix import Mix
from bench.soak.process import Held, held_by
from bench.votes.data import make_forms, make_rankings
from bench.votes.load import send_all
from bench.votes.servers import bot_server, slack_server
from knowledge.loader import load_library

REQUESTS, WARM_UP, ROUNDS = 100_000, 20_000, 10
CONNECTIONS = 16
BATCH = 2_000
"""Requests signed together: Slack's signatures are good for five minutes."""
RANKINGS, VOTERS, DRAFTS = 20, 100, 100
QUIET = 6.0
"""Seconds without requests before what is left is looked at: a server keeps idle connections for five."""


@dataclasses.dataclass(frozen=True, slots=True)
class SoakReport:
    """What was held after the warm-up and after each round; `seconds` is how long it all took."""

    requests: int
    warm_up: int
    seconds: float
    rounds: tuple[Held, ...]

    @property
    def growth(self) -> float:
        """By how much of itself memory has grown since the warm-up."""
        return self.rounds[-1].memory / self.rounds[0].memory - 1

    @property
    def left_behind(self) -> dict[str, int]:
        """How many more there are of each kind of task, of connections, files and threads."""
        first, last = self.rounds[0], self.rounds[-1]
        more = {name: count - first.tasks.get(name, 0) for name, count in last.tasks.items()}
        for name in ("connections", "files", "threads"):
            more[name] = getattr(last, name) - getattr(first, name)
        return {name: count for name, count in more.items() if count > 0}

    def figures(self) -> dict[str, object]:
        """For the JSON."""
        return dataclasses.asdict(self) | {"growth": self.growth, "left_behind": self.left_behind}


def measure_soak(requests: int = REQUESTS, warm_up: int = WARM_UP, rounds: int = ROUNDS) -> SoakReport:
    """Start a bot on a file of its own, warm it up, and send it so many requests in so many rounds."""
    began = time.monotonic()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="commonground-soak-")))
        url = f"sqlite:///{folder / 'soak.db'}"
        rankings = make_rankings(url, {f"soak{number}": (0, VOTERS) for number in range(RANKINGS)})
        forms = make_forms(url, DRAFTS)
        mix = Mix(list(rankings.values()), forms, load_library(), random.Random(1))
        slack = stack.enter_context(slack_server())
        port = stack.enter_context(bot_server(url, slack.port, ("bench.soak.bot", str(folder)))).port
        pool = stack.enter_context(ProcessPoolExecutor(1, get_context("spawn")))
        held = []
        for count in [warm_up] + [requests // rounds] * rounds:
            for begun in range(0, count, BATCH):
                batch = mix.requests(min(BATCH, count - begun))
                pool.submit(send_all, port, batch, CONNECTIONS).result()
            time.sleep(QUIET)
            held.append(held_by(folder))
    return SoakReport(requests, warm_up, time.monotonic() - began, tuple(held))


def soak_table(report: SoakReport) -> str:
    """The report as lines of plain text."""
    lines = [f"{'requests':>9}{'memory, MB':>12}{'tasks':>7}{'connections':>13}{'files':>7}{'threads':>9}"]
    a_round = report.requests // (len(report.rounds) - 1)
    for number, held in enumerate(report.rounds):
        sent = report.warm_up + number * a_round
        lines.append(
            f"{sent:>9,}{held.memory:>12.1f}{sum(held.tasks.values()):>7}{held.connections:>13}"
            f"{held.files:>7}{held.threads:>9}"
        )
    left = ", ".join(f"{name} {count}" for name, count in report.left_behind.items())
    return "\n".join(
        [
            *lines,
            f"memory grew by {report.growth:.1%} after the warm-up; left behind: {left or 'nothing'}",
            f"{report.warm_up + report.requests:,} requests in {report.seconds:.0f} s",
        ]
    )
