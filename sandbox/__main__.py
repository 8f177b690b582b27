"""`python -m sandbox`: a Slack workspace on this machine with the bot in it."""

import argparse
import asyncio
import signal
import sys
from pathlib import Path

from sandbox import archive, pages
from sandbox.bot_process import BotDidNotStartError
from sandbox.installing import install_in
from sandbox.partnership import SHIPPED, TWO_WORKSPACES
from sandbox.ports import PortInUseError, next_free_port
from sandbox.running import BOT_LOG, Options, RunningSandbox

THREE_THINGS = """\
Three things to try:
  1. In #marlbrook-partnership type  /strategies people keep leaving  and share an answer.
  2. Type  /rank  to agree as a group what matters most, then answer as other people.
  3. Type  /casestudy  to write up what you did, close it, and go on from the app's Home.
You choose who you are at the top of the page. Press Ctrl-C here to stop."""


def main(arguments: list[str] | None = None) -> int:
    """Run the sandbox until it is stopped; the exit code is 1 when it could not start."""
    options = _read(arguments)
    if options.reset and options.data.is_dir():
        _empty(options.data)
    options.data.mkdir(parents=True, exist_ok=True)
    database = f"sqlite:///{(options.data / 'commonground.db').resolve()}"
    try:
        sandbox = RunningSandbox(
            Options(
                port=options.port,
                data=options.data,
                is_http=options.http or options.by_link or options.two,
                is_by_link=options.by_link or options.two,
                bot_settings={"DATABASE_URL": database},
                partnership=TWO_WORKSPACES if options.two else SHIPPED,
            )
        )
    except PortInUseError:
        other = next_free_port(options.port)
        print(
            f"Port {options.port} is in use, perhaps by another sandbox. "
            f"Try port {other}: python -m sandbox --port {other}",
            file=sys.stderr,
        )
        return 1
    pages.mount(sandbox.app, sandbox.workspace, sandbox.acts, sandbox.bot)
    return asyncio.run(_run(sandbox, options.data, is_for_two=options.two))


def _read(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=3456, help="where the pages are (3456)")
    parser.add_argument("--data", type=Path, default=Path("data/sandbox"), help="what is kept between runs")
    parser.add_argument("--reset", action="store_true", help="empty what was kept first")
    parser.add_argument("--http", action="store_true", help="reach the bot by signed HTTP, not Socket Mode")
    parser.add_argument("--by-link", action="store_true", help="begin without the app, which a link installs")
    parser.add_argument("--two", action="store_true", help="two workspaces that install the app by its link")
    return parser.parse_args(arguments)


def _empty(data: Path) -> None:
    archive.empty(data)
    for path in [*data.glob("commonground.db*"), data / BOT_LOG]:
        path.unlink(missing_ok=True)


async def _run(sandbox: RunningSandbox, data: Path, *, is_for_two: bool) -> int:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stopping.set)
    await sandbox.start()
    try:
        starting = asyncio.create_task(sandbox.bot.start())
        waiting = asyncio.create_task(stopping.wait())
        await asyncio.wait({starting, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if starting.done():
            await starting
            for team_id in sandbox.workspace.bots if is_for_two else ():
                await install_in(sandbox, team_id)
            print(f"The sandbox is at {sandbox.address}\n\n{THREE_THINGS}", flush=True)
            print(f"What the bot logs is in {data / BOT_LOG}.", flush=True)
            if not sandbox.workspace.bot_token:
                print(f"Nobody has installed the app yet. Do so at {sandbox.install_link}", flush=True)
            await waiting
        else:
            starting.cancel()
            await asyncio.wait({starting})
    except BotDidNotStartError as failure:
        print(failure, file=sys.stderr)
        return 1
    finally:
        await sandbox.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
