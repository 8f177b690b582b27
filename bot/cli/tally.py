"""`tally`: count a file of ballots."""

import argparse
import json
from pathlib import Path
from typing import Any

from bot.cli.refusals import refuse
from bot.settings import Settings


def add(commands: Any) -> None:
    """Add `tally` to the subparsers."""
    tally = commands.add_parser(
        "tally",
        help="count a CSV or JSON file of ballots",
        description="Counts by Kemeny-Young, exactly up to 16 items, with Borda and Schulze as checks.",
    )
    tally.add_argument("file", type=Path, help="ballots as CSV or JSON, as docs/ranking.md describes")
    tally.add_argument("--json", action="store_true", help="print JSON")
    tally.add_argument(
        "--weights",
        choices=("person", "agency"),
        default="person",
        help="who counts once: each person, or each agency",
    )
    tally.add_argument("--choose", type=int, metavar="N", help="also name the N items that come first")
    tally.set_defaults(action=count_file)


def count_file(options: argparse.Namespace, _settings: Settings) -> int:
    """Print the tally; 1 when the file cannot be counted."""
    from bot.ranking.counting.file_faults import BallotFileError
    from bot.ranking.counting.report import tally_report
    from bot.ranking.counting.tally import tally_as_json, tally_file

    try:
        tally = tally_file(options.file, options.weights, options.choose)
    except BallotFileError as error:
        return refuse([f"{options.file}: {error}"])
    if options.json:
        print(json.dumps(tally_as_json(tally), ensure_ascii=False))
    else:
        print(tally_report(tally))
    return 0
