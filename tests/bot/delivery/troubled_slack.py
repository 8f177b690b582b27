"""Slack on bad days: several workspaces, and calls that it refuses, breaks or never answers."""

import asyncio
import json
import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web
from aiohttp.test_utils import TestServer
from slack_sdk.web.async_client import AsyncWebClient

from bot.app import create_client
from bot.settings import Settings
from tests.slack import Json, numbers

NEVER = 3600.0
LIMITED = 7
"""Seconds that a 429 asks for."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One call as it reached Slack, by the clock of the loop."""

    at: float
    workspace_id: str
    method: str
    place: str
    trouble: str


class TroubledSlack:
    """A Web API that keeps what it shows; a bot's token is the id of its workspace."""

    def __init__(self, part: float = 0.0, seed: int = 1) -> None:
        """`part` of the calls fail, one kind of trouble as often as another."""
        self.part = part
        self.arrivals: list[Arrival] = []
        self.shown: dict[tuple[str, str], str] = {}
        """The newest text by workspace and `ts`; a Home tab by workspace and person."""
        self.refuse: dict[str, str] = {}
        """Errors by method, workspace, channel, or "blocks" for all that has blocks."""
        self.limited: dict[tuple[str, str], int] = {}
        """How often a method of a workspace still answers 429."""
        self.before_answering: Callable[[], None] | None = None
        """What happens between Slack's taking a call and its answer."""
        self._random = random.Random(seed)

    async def start(self) -> None:
        application = web.Application()
        application.router.add_route("*", "/api/{method}", self._answer)
        self._server = TestServer(application)
        await self._server.start_server()

    async def stop(self) -> None:
        await self._server.close()

    async def client_for(self, workspace_id: str) -> AsyncWebClient:
        """The client as the bot makes it."""
        return create_client(
            Settings(bot_token=workspace_id, slack_api_url=str(self._server.make_url("/api/")))
        )

    def by_method(self) -> dict[tuple[str, str], list[Arrival]]:
        found: dict[tuple[str, str], list[Arrival]] = defaultdict(list)
        for each in self.arrivals:
            found[each.workspace_id, each.method].append(each)
        return found

    def by_place(self) -> dict[tuple[str, str], list[Arrival]]:
        """The calls that put something before people, by where it is seen."""
        found: dict[tuple[str, str], list[Arrival]] = defaultdict(list)
        for each in self.arrivals:
            if each.method != "conversations.open":
                found[each.workspace_id, each.place].append(each)
        return found

    def _trouble(self, workspace_id: str, method: str) -> str:
        if self.limited.get((workspace_id, method), 0) > 0:
            self.limited[workspace_id, method] -= 1
            return "429"
        if self._random.random() >= self.part:
            return ""
        return self._random.choice(["429", "500", "unanswered", "lost answer", "broken JSON", "cut off"])

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        workspace_id = request.headers["Authorization"].removeprefix("Bearer ")
        given: Json = dict(request.query)
        if request.content_type == "application/json":
            given.update(await request.json())
        trouble = self._trouble(workspace_id, method)
        home = f"home of {given['user_id']}" if method == "views.publish" else ""
        place = home or given.get("channel") or given["users"]
        now = asyncio.get_running_loop().time()
        self.arrivals.append(Arrival(now, workspace_id, method, place, trouble))
        for refused in (
            method,
            workspace_id,
            given.get("channel", ""),
            "blocks" if given.get("blocks") else "",
        ):
            if refused in self.refuse:
                return web.json_response({"ok": False, "error": self.refuse[refused]})
        match trouble:
            case "429":
                refusal = {"ok": False, "error": "ratelimited"}
                return web.json_response(refusal, status=429, headers={"Retry-After": str(LIMITED)})
            case "500":
                return web.Response(status=500, text="<html>Oh no</html>", content_type="text/html")
            case "unanswered":
                await asyncio.sleep(NEVER)
            case "cut off":
                assert request.transport is not None
                request.transport.close()
            case "broken JSON":
                return web.Response(text='{"ok": tr', content_type="application/json")
        answer = self._perform(workspace_id, method, given)
        if self.before_answering:
            self.before_answering()
        if trouble == "lost answer":
            await asyncio.sleep(NEVER)
        return web.json_response(answer)

    def _perform(self, workspace_id: str, method: str, given: Json) -> Json:
        match method:
            case "conversations.open":
                return {"ok": True, "channel": {"id": f"D{given['users'][1:]}"}}
            case "views.publish":
                view = given["view"] if isinstance(given["view"], dict) else json.loads(given["view"])
                self.shown[workspace_id, given["user_id"]] = view["blocks"][0]["text"]["text"]
                return {"ok": True}
            case "chat.postMessage":
                ts = f"1700000000.{next(numbers):06}"
                self.shown[workspace_id, ts] = given["text"]
                return {"ok": True, "channel": given["channel"], "ts": ts}
        if (workspace_id, given["ts"]) not in self.shown:
            return {"ok": False, "error": "message_not_found"}
        self.shown[workspace_id, given["ts"]] = given["text"]
        return {"ok": True, "ts": given["ts"]}
