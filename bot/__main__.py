"""The command line: `python -m bot COMMAND`."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.cli import check, database, datasheet, forgetting, keys, lookup, misses, run, tally, transfer
from bot.cli.refusals import refuse
from bot.env_file import ENV_FILE, load_env_file
from bot.logs import start_logging
from bot.settings import SettingsError, load_settings


def main(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit status."""
    options = None if arguments[:1] == ["sandbox"] else parser().parse_args(arguments)
    if options and options.command == check.NAME:
        return check.run_checks(options)
    try:
        load_env_file(Path.cwd() / ENV_FILE)
        if options is None:
            return run.run_sandbox(arguments[1:])
        settings = load_settings(os.environ)
    except SettingsError as error:
        return refuse(error.faults)
    start_logging(settings.log_level, settings.log_format)
    return int(options.action(options, settings))


def parser() -> argparse.ArgumentParser:
    """The parser with every command."""
    top = argparse.ArgumentParser(prog="python -m bot", description="Common Ground, a Slack app.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in (run, check, lookup, misses, tally, database, transfer, keys, datasheet, forgetting):
        module.add(commands)
    return top


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
