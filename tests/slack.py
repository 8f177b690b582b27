"""What stands in for Slack in the tests of the bot: payloads as it sends them, and a Web API that remembers.

`Slack` is a real HTTP server, so a listener's calls go through slack_sdk unchanged. `Bot` dispatches
payloads to a real Bolt app and finds the buttons and inputs to press in what the bot has shown. Whatever
the bot shows is held against Slack's limits when a test ends.
"""

import asyncio
import itertools
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.delivery import open_views
from sandbox.limits import message_faults, view_faults

Json = dict[str, Any]

TEAM = "T0HOME"
PARTNER_TEAM = "T0AWAY"
BOT_TOKEN = "xoxb-test"
BOT_USER = "U0BOT"
CHANNEL = "C0PARTNERS"
DIRECT_MESSAGE = "D0ANNA"

numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class User:
    """A person and the workspace they belong to."""

    id: str
    team_id: str = TEAM


ANNA = User("U0ANNA")
BEN = User("U0BEN")
PIA = User("U0PIA", PARTNER_TEAM)


@dataclass(frozen=True, slots=True)
class Call:
    """One call to the Web API, or to a response_url (then `method` is "response_url")."""

    method: str
    arguments: Json


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
        method = request.match_info["method"]
        self.calls.append(Call(method, await _arguments(request)))
        headers = self.headers.get(method)
        if method in self.refuse:
            return web.json_response({"ok": False, "error": self.refuse[method]}, headers=headers)
        return web.json_response(
            {"ok": True, **self._usual(method), **self.answers.get(method, {})}, headers=headers
        )

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


@dataclass(frozen=True, slots=True)
class Place:
    """Where a button stands: in a message (private or not), in a modal or in App Home."""

    blocks: list[Json]
    channel: str | None = None
    view: Json | None = None
    private: bool = False
    ts: str = "1700000000.000100"
    thread_ts: str | None = None


def shown_message(arguments: Mapping[str, Any], channel: str = CHANNEL, *, private: bool = False) -> Place:
    """A message that the bot has sent, to be pressed; by default the same for everybody."""
    return Place(
        arguments["blocks"],
        channel=arguments.get("channel", channel),
        private=private,
        ts=f"1700000001.{next(numbers):06}",
        thread_ts=arguments.get("thread_ts"),
    )


def shown_view(view: Mapping[str, Any]) -> Place:
    """A modal or App Home that the bot has shown, to be pressed."""
    return Place(view["blocks"], view={"id": f"V{next(numbers)}", "hash": "h", "team_id": TEAM, **view})


class Bot:
    """A Bolt app with people in front of it. Every method returns what Slack got back."""

    def __init__(self, app: AsyncApp, slack: Slack) -> None:
        self.app = app
        self.slack = slack

    async def send(self, body: Json, headers: Mapping[str, list[str]] | None = None) -> BoltResponse:
        """Dispatch one payload as Slack sends it, and wait for the modals that follow it.

        The answer is remembered as a call named "answer".
        """
        response = await self.app.async_dispatch(
            AsyncBoltRequest(body=body, headers=dict(headers or {}), mode="socket_mode")
        )
        if response.body.startswith("{"):
            self.slack.calls.append(Call("answer", json.loads(response.body)))
        if following := [task for task in asyncio.all_tasks() if task.get_name() == open_views.TASK]:
            await asyncio.wait(following)
        return response

    async def command(self, name: str, text: str = "", user: User = ANNA, channel: str = CHANNEL) -> Json:
        """Type a slash command; returns the answer, {} when it is empty."""
        body = {
            "command": name,
            "text": text,
            "user_id": user.id,
            "user_name": "somebody",
            "team_id": user.team_id,
            "team_domain": "home",
            "channel_id": channel,
            "channel_name": "directmessage" if channel.startswith("D") else "partners",
            "api_app_id": "A0APP",
            "response_url": self.slack.response_url(),
            "trigger_id": f"trigger-{next(numbers)}",
        }
        return answer_of(await self.send(body))

    async def press(self, place: Place, label: str, user: User = ANNA, nth: int = 0) -> Json:
        """Press the nth button with that label (or choose the option with it); returns the answer."""
        return await self.act(place, find_action(place.blocks, label, nth), user)

    async def act(self, place: Place, action: Json, user: User = ANNA, state: Json | None = None) -> Json:
        """Send one action of a place, as `find_action` gives it."""
        body: Json = {
            "type": "block_actions",
            "user": {"id": user.id, "team_id": user.team_id, "username": "somebody"},
            "team": {"id": TEAM, "domain": "home"},
            "api_app_id": "A0APP",
            "trigger_id": f"trigger-{next(numbers)}",
            "actions": [{**action, "action_ts": f"1700000002.{next(numbers):06}"}],
            "state": {"values": state or {}},
        }
        if place.view:
            body["view"] = {**place.view, "app_installed_team_id": TEAM, "state": {"values": state or {}}}
            body["container"] = {"type": "view", "view_id": place.view["id"]}
        else:
            name = "directmessage" if str(place.channel).startswith("D") else "partners"
            body["channel"] = {"id": place.channel, "name": name}
            body["response_url"] = self.slack.response_url()
            body["container"] = {
                "type": "message",
                "message_ts": place.ts,
                "channel_id": place.channel,
                "is_ephemeral": place.private,
            }
            if place.thread_ts:
                body["container"]["thread_ts"] = place.thread_ts
            if not place.private:
                body["message"] = {
                    "ts": place.ts,
                    "blocks": place.blocks,
                    "user": BOT_USER,
                    "type": "message",
                }
                if place.thread_ts:
                    body["message"]["thread_ts"] = place.thread_ts
        return answer_of(await self.send(body))

    async def submit(
        self, place: Place, values: Mapping[str, Any] | None = None, user: User = ANNA, **more: Any
    ) -> Json:
        """Submit a modal with values by block id (text, a chosen value, or a list); returns the answer."""
        body = {
            "type": "view_submission",
            "user": {"id": user.id, "team_id": user.team_id, "username": "somebody"},
            "team": {"id": TEAM, "domain": "home"},
            "api_app_id": "A0APP",
            "trigger_id": f"trigger-{next(numbers)}",
            "response_urls": [],
            "view": {
                **(place.view or {}),
                "app_installed_team_id": TEAM,
                "state": {"values": state_of(place.blocks, values or {})},
            },
            **more,
        }
        return answer_of(await self.send(body))

    async def shortcut(self, callback_id: str, user: User = ANNA) -> Json:
        """Run a global shortcut; returns the answer."""
        return answer_of(await self.send(self._interaction("shortcut", user) | {"callback_id": callback_id}))

    async def message_shortcut(
        self, callback_id: str, message: Json, channel: str = CHANNEL, user: User = ANNA
    ) -> Json:
        """Run a shortcut from a message's menu; returns the answer."""
        body = self._interaction("message_action", user) | {
            "callback_id": callback_id,
            "channel": {"id": channel, "name": "partners"},
            "message_ts": message["ts"],
            "message": message,
            "response_url": self.slack.response_url(),
        }
        return answer_of(await self.send(body))

    async def suggest(self, place: Place, action_id: str, typed: str, user: User = ANNA) -> list[Json]:
        """Type into an external select of a modal; returns the options, or the groups of options."""
        body = self._interaction("block_suggestion", user) | {
            "view": place.view,
            "container": {"type": "view"},
            "action_id": action_id,
            "block_id": "",
            "value": typed,
        }
        answer = answer_of(await self.send(body))
        return list(answer.get("option_groups") or answer["options"])

    def _interaction(self, kind: str, user: User) -> Json:
        return {
            "type": kind,
            "user": {"id": user.id, "team_id": user.team_id, "username": "somebody"},
            "team": {"id": TEAM, "domain": "home"},
            "api_app_id": "A0APP",
            "action_ts": f"1700000002.{next(numbers):06}",
            "trigger_id": f"trigger-{next(numbers)}",
        }

    async def event(
        self, event: Json, event_id: str | None = None, headers: Mapping[str, list[str]] | None = None
    ) -> BoltResponse:
        """Send an event; give `event_id` to repeat one."""
        body = {
            "type": "event_callback",
            "team_id": TEAM,
            "api_app_id": "A0APP",
            "event_id": event_id or f"Ev{next(numbers)}",
            "event_time": 1700000000,
            "authorizations": [
                {"team_id": TEAM, "user_id": BOT_USER, "is_bot": True, "is_enterprise_install": False}
            ],
            "event": event,
        }
        return await self.send(body, headers)


def answer_of(response: BoltResponse) -> Json:
    """The JSON that Slack got as the answer, {} for an empty one; anything but 200 fails."""
    assert response.status == 200, f"{response.status}: {response.body}"
    return dict(json.loads(response.body)) if response.body else {}


def message_event(
    text: str, user: User = ANNA, channel: str = DIRECT_MESSAGE, ts: str | None = None, **more: Any
) -> Json:
    """Somebody writes to the bot in a direct message."""
    return {
        "type": "message",
        "channel_type": "im",
        "channel": channel,
        "user": user.id,
        "team": user.team_id,
        "text": text,
        "ts": ts or f"1700000003.{next(numbers):06}",
        **more,
    }


def mention_event(
    text: str, user: User = ANNA, channel: str = CHANNEL, ts: str | None = None, **more: Any
) -> Json:
    """Somebody mentions the bot in a channel; `text` without the mention."""
    return {
        "type": "app_mention",
        "channel": channel,
        "user": user.id,
        "team": user.team_id,
        "text": f"<@{BOT_USER}> {text}",
        "ts": ts or f"1700000003.{next(numbers):06}",
        **more,
    }


def step_event(callback_id: str, inputs: Json, execution_id: str | None = None) -> Json:
    """A workflow comes to a step of ours."""
    return {
        "type": "function_executed",
        "function": {"id": "Fn0STEP", "callback_id": callback_id, "type": "app", "app_id": "A0APP"},
        "inputs": inputs,
        "function_execution_id": execution_id or f"Fx{next(numbers)}",
        "workflow_execution_id": f"Wx{next(numbers)}",
        "event_ts": f"1700000003.{next(numbers):06}",
        "bot_access_token": "xwfp-test",
    }


def elements_of(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Each interactive element with its block."""
    for block in blocks:
        if block["type"] == "actions":
            yield from ((block, element) for element in block["elements"])
        elif block["type"] == "section" and "accessory" in block:
            yield block, block["accessory"]
        elif block["type"] == "input":
            yield block, block["element"]


def find_action(blocks: list[Json], label: str, nth: int = 0) -> Json:
    """The action of the nth button (or menu option) with this label; fails when there is none."""
    found: list[Json] = []
    for block, element in elements_of(blocks):
        action = {
            "type": element["type"],
            "block_id": block.get("block_id", ""),
            "action_id": element.get("action_id", ""),
        }
        if element["type"] == "button" and element["text"]["text"] == label:
            found.append({**action, "value": element.get("value")})
        groups = element.get("option_groups") or [{"options": element.get("options") or []}]
        for option in itertools.chain.from_iterable(group["options"] for group in groups):
            if option["text"]["text"] == label:
                found.append({**action, "selected_option": option})
    assert len(found) > nth, f"no {label!r} among {labels_of(blocks)}"
    return found[nth]


def labels_of(blocks: list[Json]) -> list[str]:
    """The words on all buttons, in order."""
    return [element["text"]["text"] for _, element in elements_of(blocks) if element["type"] == "button"]


def words_of(blocks: list[Json]) -> str:
    """All that the blocks say, buttons too, one text a line."""
    return "\n".join(_texts(blocks))


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, Mapping):
        if part.get("type") == "user" and "user_id" in part:
            yield f"<@{part['user_id']}>"
        for name, value in part.items():
            if name == "text" and isinstance(value, str):
                yield value
            elif name not in {"value", "block_id", "action_id", "accessibility_label"}:
                yield from _texts(value)
    elif isinstance(part, list):
        for one in part:
            yield from _texts(one)


def state_of(blocks: list[Json], values: Mapping[str, Any]) -> Json:
    """`view.state.values` as Slack sends it for these inputs; one that is not named was left alone."""
    state: Json = {}
    for block, element in elements_of(blocks):
        if block["type"] != "input":
            continue
        given = values.get(block["block_id"])
        state[block["block_id"]] = {element["action_id"]: _input_state(element, given)}
    unknown = set(values) - set(state)
    assert not unknown, f"no such inputs: {sorted(unknown)}; there are {sorted(state)}"
    return state


def _input_state(element: Json, given: Any) -> Json:
    kind = element["type"]
    state: Json = {"type": kind}
    if kind in {"static_select", "radio_buttons", "external_select"}:
        return {**state, "selected_option": _option(element, given) if given else None}
    if kind in {"checkboxes", "multi_static_select", "multi_external_select"}:
        return {**state, "selected_options": [_option(element, one) for one in given or []]}
    if kind == "datetimepicker":
        return {**state, "selected_date_time": given or None}
    for noun in ("user", "conversation", "channel"):
        if kind == f"{noun}s_select":
            return {**state, f"selected_{noun}": given}
        if kind == f"multi_{noun}s_select":
            return {**state, f"selected_{noun}s": given or []}
    name = {"datepicker": "selected_date", "file_input": "files"}.get(kind, "value")
    return {**state, name: given or ([] if name == "files" else None)}


def _option(element: Json, value: str) -> Json:
    if element["type"].endswith("external_select"):
        return {"text": {"type": "plain_text", "text": value}, "value": value}
    groups = element.get("option_groups") or [{"options": element.get("options") or []}]
    for option in itertools.chain.from_iterable(group["options"] for group in groups):
        if option["value"] == value:
            return dict(option)
    raise AssertionError(f"no option {value!r}")
