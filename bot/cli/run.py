"""`run`: the bot in a Slack workspace; `sandbox`: the bot in a workspace of its own."""

import argparse
import asyncio
import os
import runpy
import sys
from collections.abc import Sequence
from typing import Any

from bot.cli.refusals import refuse
from bot.settings import Settings, hide_from_bolt, missing_tokens


def add(commands: Any) -> None:
    """Add `run` and `sandbox` to the subparsers."""
    run = commands.add_parser("run", help="run the bot in your Slack workspace")
    run.add_argument("--http", action="store_true", help="receive Slack's requests at /slack/events")
    run.set_defaults(action=run_bot)
    commands.add_parser("sandbox", help="open the sandbox with the bot in it", add_help=False)


def run_bot(options: argparse.Namespace, settings: Settings) -> int:
    """Serve until a signal; 1 when it cannot start, with every reason named."""
    from uvicorn.loops.auto import auto_loop_factory

    from bot.server import StartError, run_http, run_socket_mode
    from knowledge.loader import ContentError
    from storage.store import UnavailableError

    faults = missing_tokens(settings, http=options.http)
    if faults:
        return refuse(faults)
    hide_from_bolt(os.environ)
    try:
        serving = run_http(settings) if options.http else run_socket_mode(settings)
        with asyncio.Runner(loop_factory=auto_loop_factory()) as runner:
            runner.run(serving)
    except ContentError as error:
        return refuse(error.faults)
    except (StartError, UnavailableError) as error:
        return refuse([str(error)])
    return 0


def run_sandbox(arguments: Sequence[str]) -> int:
    """Hand over to the sandbox, by name: the bot's code never depends on it."""
    sys.argv = ["sandbox", *arguments]
    runpy.run_module("sandbox", run_name="__main__")
    return 0
