"""The yardstick, a Bolt app that does nothing, on the bot's server: `python -m bench.votes.bare PORT`."""

import asyncio
import sys

import uvicorn
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from starlette.applications import Starlette
from starlette.routing import Route

from bench.votes.presses import SECRET, TEAM
from bot.case_studies.ids import SAVE_SECTION
from bot.ranking.ids import PLACE


async def answer(ack: AsyncAck) -> None:
    """Nothing but the ack."""
    await ack()


async def authorize() -> AuthorizeResult:
    """The one workspace, without asking Slack."""
    return AuthorizeResult(enterprise_id=None, team_id=TEAM, bot_id="B0BENCH", bot_token="xoxb-bench")


def serve(port: int) -> None:
    """Serve until a signal."""
    app = AsyncApp(signing_secret=SECRET, authorize=authorize, process_before_response=True)
    app.action(PLACE)(answer)
    app.view(SAVE_SECTION)(answer)
    handler = AsyncSlackRequestHandler(app)
    web = Starlette(routes=[Route("/slack/events", handler.handle, methods=["POST"])])
    config = uvicorn.Config(web, port=port, log_config=None, access_log=False)
    with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
        runner.run(uvicorn.Server(config).serve())


if __name__ == "__main__":
    serve(int(sys.argv[1]))
