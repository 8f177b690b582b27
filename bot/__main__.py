"""The command line: `python -m bot COMMAND`."""

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from dotenv import load_dotenv

from bot.cli import database, run, tally, transfer
from bot.cli.refusals import refuse
from bot.settings import SettingsError, load_settings


def main(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit status."""
    load_dotenv(Path.cwd() / ".env")
    if arguments[:1] == ["sandbox"]:
        return run.run_sandbox(arguments[1:])
    options = parser().parse_args(arguments)
    try:
        settings = load_settings(os.environ)
    except SettingsError as error:
        return refuse(error.faults)
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    return int(options.action(options, settings))


def parser() -> argparse.ArgumentParser:
    """The parser with every command."""
    top = argparse.ArgumentParser(prog="python -m bot", description="Common Ground, a Slack app.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in (run, tally, database, transfer):
        module.add(commands)
    return top


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
