"""A Bolt app of a few lines: it notes what Slack sends and does what a test has told it to do.

Run as a module it is a bot for `BotProcess`, with one command of its own.
"""

import asyncio
import os
import re
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

Reaction = Callable[..., Awaitable[None]]


async def _acknowledge(ack: Any, **_: Any) -> None:
    await ack()


class TinyBot:
    """`seen` holds the bodies that came, by kind; `reactions` what is done with each kind, `ack()` by
    default.
    """

    def __init__(self, client: AsyncWebClient, signing_secret: str = "") -> None:
        self.client = client
        self.seen: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.retries: list[str] = []
        self.reactions: dict[str, Reaction] = {}
        self.app = AsyncApp(client=client, signing_secret=signing_secret, process_before_response=True)
        everything = {"type": "block_actions"}
        for command in ("/tiny", "/escaped"):
            self.app.command(command)(self._listener("command"))
        self.app.shortcut({"type": "shortcut", "callback_id": "start"})(self._listener("shortcut"))
        self.app.shortcut({"type": "message_action", "callback_id": "take"})(self._listener("message_action"))
        self.app.action(everything | {"action_id": _ANY})(self._listener("action"))
        self.app.options({"action_id": _ANY})(self._listener("options"))
        self.app.view({"type": "view_submission", "callback_id": _ANY})(self._listener("submission"))
        self.app.view({"type": "view_closed", "callback_id": _ANY})(self._listener("closed"))
        for step in ("look_up", "greet"):
            self.app.function(step)(self._listener("step"))
        for event in (
            "app_home_opened",
            "app_mention",
            "message",
            "member_joined_channel",
            "member_left_channel",
            "channel_archive",
            "channel_unarchive",
            "channel_left",
            "group_archive",
        ):
            self.app.event(event)(self._listener(event))

    def _listener(self, kind: str) -> Reaction:
        async def listen(
            ack: Any, body: dict[str, Any], client: AsyncWebClient, respond: Any, request: Any
        ) -> None:
            self.seen[kind].append(body)
            self.retries.extend(request.headers.get("x-slack-retry-num", []))
            reaction: Reaction = self.reactions.get(kind, _acknowledge)
            await reaction(ack=ack, body=body, client=client, respond=respond)

        return listen

    def last(self, kind: str) -> dict[str, Any]:
        """The newest body of this kind."""
        return self.seen[kind][-1]


_ANY = re.compile(".*")


async def main() -> None:
    """Connect by Socket Mode with what the environment gives; `/tiny` answers with the process id."""
    bot = TinyBot(AsyncWebClient(os.environ["SLACK_BOT_TOKEN"], os.environ["SLACK_API_URL"]))

    async def answer(ack: Any, **_: Any) -> None:
        await ack(f"I am process {os.getpid()}.")

    bot.reactions["command"] = answer
    await AsyncSocketModeHandler(bot.app, os.environ["SLACK_APP_TOKEN"]).start_async()


if __name__ == "__main__":
    asyncio.run(main())
