"""`python -m bench.soak`: this measurement alone; its figures are kept in bench/results."""

import argparse
import sys
from collections.abc import Sequence

from bench.environment import environment
from bench.keeping import keep
from bench.soak.measure import REQUESTS, ROUNDS, WARM_UP, measure_soak, soak_table


def main(arguments: Sequence[str] | None = None) -> int:
    """Send, look, print, keep."""
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__)
    parser.add_argument("--requests", type=int, default=REQUESTS, metavar="N", help="after the warm-up")
    parser.add_argument("--warm-up", type=int, default=WARM_UP, metavar="N", help="before memory is measured")
    parser.add_argument("--rounds", type=int, default=ROUNDS, metavar="N", help="how often it is looked at")
    options = parser.parse_args(arguments)
    where = environment()
    print("\n".join(f"{name:10} {value}" for name, value in where.items()), end="\n\n")
    report = measure_soak(options.requests, options.warm_up, options.rounds)
    print(soak_table(report))
    target = keep(where, {"soak": report.figures()})
    print(f"\nKept in {target}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
