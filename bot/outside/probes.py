"""What the app answers to balancers, supervisors and Prometheus.

`/live` is for whoever restarts what hangs, `/health` for whoever sends requests to a process that can answer
them; both are cheap and say nothing that people wrote. `/metrics` is for our own network only.
"""

import asyncio
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.outside.figures import CONTENT_TYPE, exposition
from bot.outside.slack_contact import SLACK
from bot.outside.store_condition import StoreWatch
from storage.store import Store

UNWRITABLE = "The database cannot be used, so nothing can be saved at the moment. The log says why."
SLACK_WORDS = {
    True: "reachable",
    False: "not reachable, messages wait until it is",
    None: "not asked yet",
}


class Probes:
    """The state of this process; `loops` are what has to run for as long as it lives, by name."""

    def __init__(self, store: Store, loops: Mapping[str, asyncio.Task[None]]) -> None:
        self._store = StoreWatch(store)
        self._loops = loops

    def public_routes(self) -> list[Route]:
        """What anybody may ask."""
        return [
            Route("/live", self._live, methods=["GET"]),
            Route("/health", self._health, methods=["GET"]),
        ]

    def private_routes(self) -> list[Route]:
        """What our own network may ask."""
        return [*self.public_routes(), Route("/metrics", self._metrics, methods=["GET"])]

    async def _live(self, _request: Request) -> Response:
        """503 when only a new process can help."""
        stopped = sorted(name for name, task in self._loops.items() if task.done())
        return JSONResponse({"ok": not stopped, "stopped": stopped}, status_code=503 if stopped else 200)

    async def _health(self, _request: Request) -> Response:
        """503 when nothing can be saved here; not for Slack's sake, which no other process reaches better."""
        condition = await self._store.condition()
        slack = SLACK_WORDS[SLACK.is_reachable]
        if not condition.is_writable:
            return JSONResponse({"ok": False, "store": UNWRITABLE, "slack": slack}, status_code=503)
        return JSONResponse(
            {
                "ok": True,
                "store": "writable",
                "slack": slack,
                "oldest_message_seconds": round(condition.oldest_message or 0.0, 1),
            }
        )

    async def _metrics(self, _request: Request) -> Response:
        condition = await self._store.condition()
        figures = exposition(
            is_writable=condition.is_writable,
            messages_waiting=condition.messages_waiting,
            oldest_message=condition.oldest_message,
            oldest_work=condition.oldest_work,
            is_slack_reachable=SLACK.is_reachable,
        )
        return Response(figures, media_type=CONTENT_TYPE)
