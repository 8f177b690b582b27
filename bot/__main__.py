"""The command line: `python -m bot COMMAND`."""

import argparse
import asyncio
import logging
import os
import runpy
import sys
from collections.abc import Sequence
from pathlib import Path

from dotenv import load_dotenv

from bot.settings import Settings, SettingsError, load_settings, missing_tokens


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    load_dotenv(Path.cwd() / ".env")
    if (sys.argv[1:] if arguments is None else list(arguments))[:1] == ["sandbox"]:
        return _sandbox()
    options = _parser().parse_args(arguments)
    try:
        settings = load_settings(os.environ)
    except SettingsError as error:
        if options.command != "check":
            return _refuse(error.faults)
        settings = None
    logging.basicConfig(
        level=settings.log_level if settings else "INFO",
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
    )
    return int(options.action(options, settings))


def _sandbox() -> int:
    # By name, because the bot's code never depends on the sandbox.
    sys.argv = ["sandbox", *sys.argv[2:]]
    runpy.run_module("sandbox", run_name="__main__")
    return 0


def _run(options: argparse.Namespace, settings: Settings) -> int:
    from bot.server import StartError, run_http, run_socket_mode  # noqa: PLC0415
    from knowledge.loader import ContentError  # noqa: PLC0415
    from storage.store import UnavailableError  # noqa: PLC0415

    faults = missing_tokens(settings, http=options.http)
    if faults:
        return _refuse(faults)
    try:
        asyncio.run(run_http(settings) if options.http else run_socket_mode(settings))
    except ContentError as error:
        return _refuse(error.faults)
    except (StartError, UnavailableError) as error:
        return _refuse([str(error)])
    return 0


def _refuse(faults: Sequence[str]) -> int:
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description="Common Ground, a Slack app.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    run = commands.add_parser("run", help="run the bot in your Slack workspace")
    run.add_argument("--http", action="store_true", help="receive Slack's requests at /slack/events")
    run.set_defaults(action=_run)
    commands.add_parser("sandbox", help="open the sandbox with the bot in it", add_help=False)
    return parser


if __name__ == "__main__":
    sys.exit(main())
