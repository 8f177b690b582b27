"""`check`: everything that could keep the app from starting or working."""

import argparse
import os
from pathlib import Path
from typing import Any

NAME = "check"


def add(commands: Any) -> None:
    """Add `check` to the subparsers."""
    check = commands.add_parser(
        NAME,
        help="name every fault of settings, content, manifest, database and tokens",
        description="Names every fault, each on a line of its own; the exit status is 1 if there is any.",
    )
    check.add_argument("--offline", action="store_true", help="ask neither for tokens nor Slack")


def run_checks(options: argparse.Namespace) -> int:
    """Print each fault; unlike other commands it reads the settings itself, to name all that is wrong."""
    from bot.checks import check

    report = check(Path.cwd(), os.environ, offline=options.offline)
    for fault in report.faults:
        print(fault)
    if report.faults:
        return 1
    well = "All is well: settings, content, manifest and database are in order."
    if report.has_tokens or options.offline:
        print(well)
    else:
        print(f"{well} There are no Slack tokens, so `make run` opens the sandbox.")
    return 0
