"""`python -m bench.fuzz`: hostile requests to the bot as it runs."""

import argparse
import sys
from collections.abc import Sequence

from bench.environment import environment
from bench.fuzz.measure import fuzz_table, measure_fuzz
from bench.keeping import keep


def main(arguments: Sequence[str] | None = None) -> int:
    """Send, look, print, keep; 1 when anything is not as it should be."""
    parser = argparse.ArgumentParser(prog="python -m bench.fuzz", description=__doc__)
    parser.add_argument("--requests", type=int, default=100_000, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="the same seed sends the same")
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    options = parser.parse_args(arguments)
    where = environment()
    print("\n".join(f"{name:10} {value}" for name, value in where.items()), end="\n\n", flush=True)
    found = measure_fuzz(options.requests, options.seed, options.engine)
    print(fuzz_table(found))
    print(f"\nKept in {keep(where, {f'fuzz_{options.engine}': found.figures()})}.")
    return 0 if found.is_well else 1


if __name__ == "__main__":
    sys.exit(main())
