"""Votes and sections against the bare app, in turns within one run, and the rate as rankings grow."""

import sqlite3
import statistics
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import asdict, dataclass
from multiprocessing import get_context

import psycopg

from bench.votes.data import make_forms, make_rankings
from bench.votes.databases import new_database
from bench.votes.load import Burst, send_all
from bench.votes.loads import Anew, Load, Sections, Votes
from bench.votes.servers import Server, bare_server, bot_server, calls_of, slack_server
from storage.database import Engine

ROUNDS = 5
REQUESTS = 4_000
SMALL, LARGE, MANY = 100, 100_000, 1_000
VOTES, SECTIONS = "votes", "sections"


class LostVotesError(Exception):
    """Fewer answers were kept than were acknowledged."""


@dataclass(frozen=True, slots=True)
class Measured(Burst):
    """A burst, with the microseconds of processor time that the server used for each request."""

    processor: float


@dataclass(frozen=True, slots=True)
class Compared:
    """Bursts of the bare app and of ours in turn, the same requests for both."""

    bare: tuple[Measured, ...]
    ours: tuple[Measured, ...]

    @property
    def rate(self) -> float:
        """Our rate as a share of the bare app's: the median of the rounds."""
        return statistics.median(
            mine.rate / other.rate for mine, other in zip(self.ours, self.bare, strict=True)
        )

    @property
    def p99(self) -> float:
        """How many times as long as the bare app's our 99th percentile is: the median of the rounds."""
        return statistics.median(
            mine.p99 / other.p99 for mine, other in zip(self.ours, self.bare, strict=True)
        )

    @property
    def processor(self) -> float:
        """Our processor time as a multiple of the bare app's: the median of the rounds."""
        return statistics.median(
            mine.processor / other.processor for mine, other in zip(self.ours, self.bare, strict=True)
        )

    def figures(self) -> dict[str, object]:
        """For the JSON."""
        ratios = {"rate_ratio": self.rate, "p99_ratio": self.p99, "processor_ratio": self.processor}
        return asdict(self) | ratios


@dataclass(frozen=True, slots=True)
class VotesReport:
    """Each load by its name; `calls` says how often the bot called which method of the Web API."""

    loads: Mapping[str, Compared]
    calls: Mapping[str, int]

    def figures(self) -> dict[str, object]:
        """For the JSON."""
        return {name: each.figures() for name, each in self.loads.items()} | {"slack_calls": self.calls}


def measure_votes(
    requests: int = REQUESTS, rounds: int = ROUNDS, ballots: int = LARGE, engine: Engine = "sqlite"
) -> VotesReport:
    """Make rankings and drafts in a database of its own, and send the same to the bare app and to the bot.

    :raises LostVotesError: what was acknowledged is not all there
    """
    with ExitStack() as stack:
        url = stack.enter_context(new_database(engine))
        # A round before the first warms up both.
        turns = rounds + 1
        voters = requests * turns
        sizes = {f"small{number}": (SMALL, requests) for number in range(turns)}
        sizes |= {"large": (ballots, voters)}
        sizes |= {f"open{number}": (0, voters // MANY + 1) for number in range(MANY)}
        rankings = list(make_rankings(url, sizes).values())
        small, large, many = rankings[:turns], rankings[turns], rankings[turns + 1 :]
        loads: dict[str, Load] = {
            VOTES: Anew([Votes((each,), requests) for each in small]),
            SECTIONS: Sections(tuple(make_forms(url, requests))),
            f"votes, {ballots:,} ballots": Votes((large,), requests),
            f"votes, {MANY:,} rankings": Votes(tuple(many), requests),
        }
        slack = stack.enter_context(slack_server())
        servers = stack.enter_context(bare_server()), stack.enter_context(bot_server(url, slack.port))
        pool = stack.enter_context(ProcessPoolExecutor(1, get_context("spawn")))
        bursts: dict[str, list[tuple[Measured, Measured]]] = {name: [] for name in loads}
        for number in range(rounds + 1):
            for name, load in loads.items():
                bare, ours = (measure(pool, server, load, number) for server in servers)
                if number:
                    bursts[name].append((bare, ours))
        calls = calls_of(slack.port)
        kept, sent = answers_in(url) - SMALL * turns - ballots, 3 * voters
        if kept != sent:
            raise LostVotesError(f"{sent} votes were acknowledged, and {kept} were kept")
    compared = {name: Compared(*zip(*pairs, strict=True)) for name, pairs in bursts.items()}
    return VotesReport(compared, calls)


def votes_table(report: VotesReport) -> str:
    """The report as lines of plain text."""
    width = max(map(len, [*report.loads, "medians; ms, processor µs"]))
    heads = f"{'bare/s':>9}{'ours/s':>9}{'ratio':>7}{'bare p99':>10}{'p99':>8}{'ratio':>7}"
    heads += f"{'bare µs':>9}{'µs':>7}{'ratio':>7}"
    lines = [f"{'medians; ms, processor µs':<{width}}{heads}"]
    for name, each in report.loads.items():
        bare, ours = median(each.bare), median(each.ours)
        lines.append(
            f"{name:<{width}}{bare.rate:>9,.0f}{ours.rate:>9,.0f}{each.rate:>7.2f}"
            f"{bare.p99:>10.1f}{ours.p99:>8.1f}{each.p99:>7.2f}"
            f"{bare.processor:>9.0f}{ours.processor:>7.0f}{each.processor:>7.2f}"
        )
    votes = median(report.loads[VOTES].ours).rate
    for name, each in report.loads.items():
        if name.startswith(f"{VOTES},"):
            held = median(each.ours).rate / votes
            lines.append(f"{name}: {held:.2f} of the rate in one ranking of {SMALL}")
    calls = ", ".join(f"{method} {count}" for method, count in sorted(report.calls.items()))
    return "\n".join([*lines, f"calls of the Web API: {calls}"])


def _send(port: int, load: Load, number: int) -> tuple[Burst, int]:
    """Run in the process of the load: what is sent has been signed before the clock starts."""
    requests = load.requests(number)
    return send_all(port, requests), len(requests)


def measure(pool: ProcessPoolExecutor, server: Server, load: Load, number: int) -> Measured:
    """One round of a load, sent to a server from the pool's process."""
    before = server.processor_seconds()
    burst, requests = pool.submit(_send, server.port, load, number).result()
    used = server.processor_seconds() - before
    return Measured(burst.rate, burst.p50, burst.p99, used / requests * 1e6)


def median(bursts: tuple[Measured, ...]) -> Measured:
    """The median of each figure."""
    return Measured(
        statistics.median(each.rate for each in bursts),
        statistics.median(each.p50 for each in bursts),
        statistics.median(each.p99 for each in bursts),
        statistics.median(each.processor for each in bursts),
    )


def answers_in(url: str) -> int:
    """How many are kept."""
    counting = "SELECT COUNT(*) FROM answers"
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as file:
            return int(file.execute(counting).fetchone()[0])
    with psycopg.connect(url) as connection:
        found = connection.execute(counting).fetchone()
        return int(found[0]) if found else 0
