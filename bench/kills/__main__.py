"""`python -m bench.kills`: this measurement alone; its figures are kept in bench/results."""

import argparse
import sys
from collections.abc import Sequence

from bench.environment import environment
from bench.keeping import keep
from bench.kills.measure import KILLS, VARIANTS, VOTERS, kills_table, measure_kills


def main(arguments: Sequence[str] | None = None) -> int:
    """Kill, look, print, keep."""
    parser = argparse.ArgumentParser(prog="python -m bench.kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=KILLS, metavar="N", help="of each variant")
    parser.add_argument("--voters", type=int, default=VOTERS, metavar="N", help="people who press at once")
    parser.add_argument("--seed", type=int, metavar="N", help="chooses the moments; by chance without it")
    parser.add_argument("--variant", choices=VARIANTS, action="append", help="may be repeated")
    options = parser.parse_args(arguments)
    where = environment()
    print("\n".join(f"{name:10} {value}" for name, value in where.items()), end="\n\n")
    reports = [
        measure_kills(variant, options.kills, options.voters, options.seed)
        for variant in options.variant or VARIANTS
    ]
    print(kills_table(reports))
    target = keep(where, {"kills": {each.variant: each.figures() for each in reports}})
    print(f"\nKept in {target}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
