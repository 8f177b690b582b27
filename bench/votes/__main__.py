"""`python -m bench.votes`: this measurement alone, on either engine."""

import argparse
import sys
from collections.abc import Sequence

from bench.environment import environment
from bench.keeping import keep
from bench.votes.databases import ENGINES
from bench.votes.measure import LARGE, REQUESTS, ROUNDS, measure_votes, votes_table


def main(arguments: Sequence[str] | None = None) -> int:
    """Make, measure, print, keep."""
    parser = argparse.ArgumentParser(prog="python -m bench.votes", description=__doc__)
    parser.add_argument("--requests", type=int, default=REQUESTS, metavar="N", help="requests in a burst")
    parser.add_argument("--rounds", type=int, default=ROUNDS, metavar="N", help="how often all take turns")
    parser.add_argument("--ballots", type=int, default=LARGE, metavar="N", help="in the large ranking")
    parser.add_argument("--engine", choices=ENGINES, default="sqlite")
    options = parser.parse_args(arguments)
    where = environment()
    print("\n".join(f"{name:10} {value}" for name, value in where.items()), end="\n\n")
    report = measure_votes(options.requests, options.rounds, options.ballots, options.engine)
    print(votes_table(report))
    print(f"\nKept in {keep(where, {'votes': {options.engine: report.figures()}})}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
