"""A Web API that remembers: a real HTTP server, so that a listener's calls go through slack_sdk unchanged.

Whatever the bot shows is held against Slack's limits when a test ends.
"""

import json
from dataclasses import dataclass, field

from aiohttp import web
from aiohttp.test_utils import TestServer

from sandbox.limits import message_faults, view_faults
from tests.slack.people import BOT_USER, TEAM, Json, numbers


@dataclass(frozen=True, slots=True)
class Call:
    """One call to the Web API with this token, or to a response_url (then `method` is "response_url")."""

    method: str
    arguments: Json
    token: str = ""


@dataclass
class Slack:
    """A Web API that says yes, unless told to refuse, and remembers every call.

    `refuse["chat.postMessage"] = "not_in_channel"` refuses every call of that method.
    `answers["conversations.members"] = {...}` is added to its answer.
    """

    calls: list[Call] = field(default_factory=list)
    refuse: dict[str, str] = field(default_factory=dict)
    answers: dict[str, Json] = field(default_factory=dict)
    headers: dict[str, dict[str, str]] = field(default_factory=dict)
    users: dict[str, Json] = field(default_factory=dict)
    """What users.info says of each person beyond the usual, by id."""
    members: list[str] = field(default_factory=list)
    """Who is in every channel."""
    uploads: dict[str, bytes] = field(default_factory=dict)
    """What was uploaded, by file name."""
    shown: dict[str, Json] = field(default_factory=dict)
    """What stands in Slack now: each message by its ts, and each person's App Home by their id."""
    connections: set[object] = field(default_factory=set)
    """The addresses that calls came from."""
    people: dict[str, str] = field(default_factory=dict)
    """The names that users.info gives; who is not in it is somebody without a name."""

    async def start(self) -> None:
        application = web.Application()
        application.router.add_route("*", "/api/{method}", self._answer_call)
        application.router.add_post("/response/{number}", self._answer_response_url)
        application.router.add_post("/upload/{name}", self._take_upload)
        self._server = TestServer(application)
        await self._server.start_server()

    async def stop(self) -> None:
        await self._server.close()

    @property
    def api_url(self) -> str:
        return str(self._server.make_url("/api/"))

    def shared_in(self, file_id: str) -> list[str]:
        """The conversations in which this file has been shared."""
        shares = self.called("files.completeUploadExternal")
        return [share["channel_id"] for share in shares if f'"{file_id}"' in share["files"]]

    def response_url(self) -> str:
        return str(self._server.make_url(f"/response/{next(numbers)}"))

    def called(self, *methods: str) -> list[Json]:
        """The arguments of the calls of these methods, in order."""
        return [call.arguments for call in self.calls if call.method in methods]

    def last(self, *methods: str) -> Json:
        """The arguments of the last call of these methods; fails when there was none."""
        return self.called(*methods)[-1]

    def faults(self) -> list[str]:
        """What Slack would have refused in any message or view that it was given."""
        found: list[str] = []
        for call in self.calls:
            if "blocks" in call.arguments:
                found += message_faults(call.arguments)
            if "view" in call.arguments:
                found += view_faults(call.arguments["view"])
        return found

    async def _answer_call(self, request: web.Request) -> web.Response:
        self.connections.add(request.transport and request.transport.get_extra_info("peername"))
        method = request.match_info["method"]
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        self.calls.append(Call(method, await _arguments(request), token))
        headers = self.headers.get(method)
        if method in self.refuse:
            return web.json_response({"ok": False, "error": self.refuse[method]}, headers=headers)
        answer = {"ok": True, **self._usual(method), **self.answers.get(method, {})}
        self._show(method, answer)
        return web.json_response(answer, headers=headers)

    def _show(self, method: str, answer: Json) -> None:
        given = self.calls[-1].arguments
        match method:
            case "chat.postMessage" | "chat.update":
                self.shown[given.get("ts") or answer["ts"]] = given
            case "chat.delete":
                self.shown.pop(given["ts"], None)
            case "views.publish":
                self.shown[given["user_id"]] = given

    async def _answer_response_url(self, request: web.Request) -> web.Response:
        self.calls.append(Call("response_url", await request.json()))
        if "response_url" in self.refuse:
            return web.Response(status=404, text=self.refuse["response_url"])
        return web.Response(text="ok")

    async def _take_upload(self, request: web.Request) -> web.Response:
        self.uploads[request.match_info["name"]] = await request.read()
        return web.Response(text="OK")

    def _usual(self, method: str) -> Json:
        given = self.calls[-1].arguments
        answer: Json = {}
        match method:
            case "auth.test":
                answer = {
                    "team_id": TEAM,
                    "user_id": BOT_USER,
                    "bot_id": "B0BOT",
                    "url": "https://home.slack.com/",
                }
            case "apps.connections.open":
                answer = {"url": "ws://127.0.0.1:1/"}
            case "chat.postMessage":
                answer = {"channel": given["channel"], "ts": f"1700000000.{next(numbers):06}"}
            case "users.info":
                user_id = given["user"]
                answer = {"user": {"id": user_id, "team_id": TEAM, **self.users.get(user_id, {})}}
            case "conversations.open":
                answer = {"channel": {"id": f"D0{given['users'][2:]}"}}
            case "conversations.members":
                answer = {"members": self.members}
            case "views.open" | "views.push" | "views.update":
                answer = {"view": {"id": f"V{next(numbers)}", "hash": "h", "type": "modal"}}
            case "files.getUploadURLExternal":
                upload_url = self._server.make_url(f"/upload/{given['filename']}")
                answer = {"file_id": f"F{next(numbers)}", "upload_url": str(upload_url)}
            case "canvases.create":
                answer = {"canvas_id": f"F{next(numbers)}"}
            case "files.info":
                answer = {"file": {"id": given["file"], "channels": self.shared_in(given["file"])}}
            case "files.completeUploadExternal":
                answer = {"files": json.loads(given["files"])}
        return answer


async def _arguments(request: web.Request) -> Json:
    """Slack's three encodings: query, form and JSON; a view or blocks given as text become JSON."""
    found: Json = dict(request.query)
    if request.content_type == "application/json":
        found.update(json.loads(await request.text() or "{}"))
    else:
        found.update(
            {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
        )
    for name in ("view", "blocks"):
        if isinstance(found.get(name), str):
            found[name] = json.loads(found[name])
    return found
