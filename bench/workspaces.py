"""`python -m bench.workspaces`: presses with one workspace that installed the app by its link, and with many.

A thousand rankings are open and get the same votes. Where all of a thousand workspaces are busy at once, each
vote's form and board are sent as well: in one workspace Slack's limits hold most of them back.
"""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from multiprocessing import get_context

from cryptography.fernet import Fernet

from bench.environment import environment
from bench.keeping import keep
from bench.votes.data import make_rankings
from bench.votes.databases import new_database
from bench.votes.loads import Votes
from bench.votes.measure import Compared, LostVotesError, Measured, answers_in, measure, median
from bench.votes.servers import Server, bot_server, slack_server
from bot.oauth.vault import Vault
from storage.open import open_store
from storage.records.installations import Installation, SealedTokens

REQUESTS = 4_000
ROUNDS = 5
WORKSPACES = 1_000


@dataclass(frozen=True, slots=True)
class WorkspacesReport:
    """Bursts of votes in one workspace: the only one, and one of many; then in all of the many at once."""

    alone: tuple[Measured, ...]
    among: tuple[Measured, ...]
    everywhere: tuple[Measured, ...]
    workspaces: int

    @property
    def held(self) -> Compared:
        """One busy workspace among many, against one alone."""
        return Compared(self.alone, self.among)

    def figures(self) -> dict[str, object]:
        """For the JSON."""
        return asdict(self) | {
            "rate_ratio": self.held.rate,
            "p99_ratio": self.held.p99,
            "processor_ratio": self.held.processor,
        }


def measure_workspaces(
    requests: int = REQUESTS, rounds: int = ROUNDS, workspaces: int = WORKSPACES
) -> WorkspacesReport:
    """Make as many open rankings for each, and send the same votes by turns.

    :raises LostVotesError: what was acknowledged is not all there
    """
    key = Fernet.generate_key().decode()
    tokens = {"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "bench", "ENCRYPTION_KEY": key}
    sizes = {f"open{number}": (0, requests * (rounds + 1) // workspaces + 1) for number in range(workspaces)}
    places = [f"T0BENCH{number}" for number in range(workspaces)]
    with ExitStack() as stack:
        slack = stack.enter_context(slack_server())
        pool = stack.enter_context(ProcessPoolExecutor(1, get_context("spawn")))
        urls: list[str] = []
        sides: list[tuple[Server, Votes]] = []
        for installed, busy in ((places[:1], places[:1]), (places, places[:1]), (places, places)):
            url = stack.enter_context(new_database("sqlite"))
            asyncio.run(_install(url, Vault([key]), installed))
            load = Votes(tuple(make_rankings(url, sizes, busy).values()), requests)
            sides.append((stack.enter_context(bot_server(url, slack.port, tokens=tokens)), load))
            urls.append(url)
        # A round before the first warms each up: the token of a workspace is read once.
        turns = [[measure(pool, *side, number) for side in sides[:2]] for number in range(rounds + 1)][1:]
        # What it still has to send after a burst would slow down the others.
        everywhere = [measure(pool, *sides[2], number) for number in range(rounds + 1)][1:]
        kept, sent = [answers_in(url) for url in urls], requests * (rounds + 1)
        if kept != [sent] * len(urls):
            raise LostVotesError(f"{sent} votes were acknowledged each, and {kept} were kept")
    alone, among = zip(*turns, strict=True)
    return WorkspacesReport(alone, among, tuple(everywhere), workspaces)


def workspaces_table(report: WorkspacesReport) -> str:
    """The report as lines of plain text."""
    names = ("one installed", f"{report.workspaces:,} installed", "all of them busy")
    width = max(map(len, names)) + 2
    lines = [f"{'medians':<{width}}{'votes/s':>9}{'p50 ms':>9}{'p99 ms':>9}{'µs':>7}"]
    for name, bursts in zip(names, (report.alone, report.among, report.everywhere), strict=True):
        each = median(bursts)
        lines.append(
            f"{name:<{width}}{each.rate:>9,.0f}{each.p50:>9.1f}{each.p99:>9.1f}{each.processor:>7.0f}"
        )
    held = report.held
    share = f"{held.rate:.2f} of the rate with one, {held.p99:.2f} times its p99"
    return "\n".join([*lines, f"{names[1]}: {share}, {held.processor:.2f} times its processor time"])


async def _install(url: str, vault: Vault, places: Sequence[str]) -> None:
    store = await open_store(url)
    try:
        for place in places:
            await store.installations.save(
                Installation(
                    workspace_id=place,
                    enterprise_id=None,
                    name=place,
                    app_id="A0BENCH",
                    bot_id="B0BENCH",
                    bot_user_id="U0BOT",
                    scopes=(),
                    tokens=SealedTokens(vault.seal(f"xoxb-{place}")),
                    installed_by="U0ADMIN",
                    installed_at=datetime.now(UTC),
                )
            )
    finally:
        await store.close()


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(prog="python -m bench.workspaces", description=__doc__)
    parser.add_argument("--requests", type=int, default=REQUESTS, metavar="N", help="requests in a burst")
    parser.add_argument("--rounds", type=int, default=ROUNDS, metavar="N", help="how often both take turns")
    options = parser.parse_args(arguments)
    where = environment()
    print("\n".join(f"{name:10} {value}" for name, value in where.items()), end="\n\n")
    report = measure_workspaces(options.requests, options.rounds)
    print(workspaces_table(report))
    print(f"\nKept in {keep(where, {'workspaces': report.figures()})}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
