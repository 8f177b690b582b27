"""People in front of a real Bolt app: what they type, press and send."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.delivery import open_views
from tests.slack.entered import state_of
from tests.slack.people import ANNA, BOT_USER, CHANNEL, TEAM, Json, User, numbers
from tests.slack.shown import Place, find_action
from tests.slack.web_api import Call, Slack


class Bot:
    """A Bolt app with people in front of it. Every method returns what Slack got back.

    `team_id` is the workspace whose installation of the app they use.
    """

    def __init__(self, app: AsyncApp, slack: Slack, team_id: str = TEAM) -> None:
        self.app = app
        self.slack = slack
        self.team_id = team_id

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
            "team": {"id": self.team_id, "domain": "home"},
            "api_app_id": "A0APP",
            "trigger_id": f"trigger-{next(numbers)}",
            "actions": [{**action, "action_ts": f"1700000002.{next(numbers):06}"}],
            "state": {"values": state or {}},
        }
        if place.view:
            body["view"] = {
                **place.view,
                "app_installed_team_id": self.team_id,
                "state": {"values": state or {}},
            }
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
            "team": {"id": self.team_id, "domain": "home"},
            "api_app_id": "A0APP",
            "trigger_id": f"trigger-{next(numbers)}",
            "response_urls": [],
            "view": {
                **(place.view or {}),
                "app_installed_team_id": self.team_id,
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
            "team": {"id": self.team_id, "domain": "home"},
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
            "team_id": self.team_id,
            "api_app_id": "A0APP",
            "event_id": event_id or f"Ev{next(numbers)}",
            "event_time": 1700000000,
            "authorizations": [
                {"team_id": self.team_id, "user_id": BOT_USER, "is_bot": True, "is_enterprise_install": False}
            ],
            "event": event,
        }
        return await self.send(body, headers)


def answer_of(response: BoltResponse) -> Json:
    """The JSON that Slack got as the answer, {} for an empty one; anything but 200 fails."""
    assert response.status == 200, f"{response.status}: {response.body}"
    return dict(json.loads(response.body)) if response.body else {}
