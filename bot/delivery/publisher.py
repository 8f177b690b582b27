"""Messages follow rows.

A change in the store marks its messages dirty; the publisher renders the newest
state of each and sends it. Many changes become one update: a channel gets at most
one a second. What Slack did not take stays dirty and is tried again, after a
restart too. What Slack refuses for good is put aside until the next change, and
told to whoever can do something about it.
"""

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import TypeAlias

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.content import Content, HomeContent, Renderer, fingerprint
from bot.delivery.direct_messages import DirectMessages
from bot.delivery.pins import pin_message
from bot.delivery.replies import is_temporary, reason_of, retry_after
from storage.records.messages import Message
from storage.store import MessageStore

log = logging.getLogger(__name__)

ClientFor: TypeAlias = Callable[[str], Awaitable[AsyncWebClient | None]]
Refused: TypeAlias = Callable[[Message, str], Awaitable[None]]
"""What a feature does about a message that Slack refused for good, and why; it may be told twice, and of
messages that are not its own."""
ChannelKey: TypeAlias = tuple[str, str]

LOOK_EVERY = 0.25
"""Seconds between two looks for dirty messages."""
PACE = 1.0
"""Seconds between two sends to one channel."""
LONGEST_WAIT = 60.0
"""Seconds after which a failing channel is tried again at the latest."""
REMEMBERED = 10_000
"""Messages whose last content is remembered, so that what looks the same is not sent again."""


class Publisher:
    """Sends dirty messages until it is cancelled."""

    def __init__(
        self,
        messages: MessageStore,
        client_for: ClientFor,
        renderers: Mapping[str, Renderer],
        refused: Sequence[Refused] = (),
    ) -> None:
        self._messages = messages
        self._client_for = client_for
        self._renderers = renderers
        self._refused = refused
        self._direct_messages = DirectMessages()
        self._not_before: dict[ChannelKey, float] = defaultdict(float)
        self._failures: dict[ChannelKey, int] = defaultdict(int)
        self._sending: dict[ChannelKey, asyncio.Task[None]] = {}
        self._shown: dict[tuple[str, str], int] = {}

    async def run(self) -> None:
        """Look for dirty messages for ever; one task a channel sends them."""
        try:
            while True:
                try:
                    await self._look()
                except Exception as error:  # the store may be away for a while; nothing is lost
                    log.warning("Could not look for messages to send: %s", type(error).__name__)
                await asyncio.sleep(LOOK_EVERY)
        finally:
            await self._finish()

    async def _look(self) -> None:
        waiting: dict[ChannelKey, list[Message]] = defaultdict(list)
        for message in await self._messages.dirty_messages():
            waiting[message.workspace_id, message.channel_id].append(message)
        now = time.monotonic()
        for key, messages in waiting.items():
            if key not in self._sending and now >= self._not_before[key]:
                task = asyncio.create_task(self._send_first(key, messages))
                self._sending[key] = task
                task.add_done_callback(partial(self._forget, key))

    def _forget(self, key: ChannelKey, _task: asyncio.Task[None]) -> None:
        self._sending.pop(key, None)

    async def _finish(self) -> None:
        if self._sending:
            await asyncio.wait(list(self._sending.values()), timeout=2)

    async def _send_first(self, key: ChannelKey, messages: list[Message]) -> None:
        """Send the first message that needs it, and set when the channel may get its next."""
        wait = 0.0
        try:
            for message in messages:
                if await self._send(message):
                    wait = PACE
                    break
            self._failures.pop(key, None)
        except Exception as error:
            self._failures[key] += 1
            wait = retry_after(error) or min(LONGEST_WAIT, PACE * 2 ** self._failures[key])
            log.warning(
                "Channel %s: %s, trying again in %.0f s",
                key[1],
                reason_of(error) or type(error).__name__,
                wait,
            )
        self._not_before[key] = time.monotonic() + wait

    async def _send(self, message: Message) -> bool:
        """Render and send one message; False when nothing had to be sent, or not yet."""
        thread_ts = None
        if message.parent_id:
            parent = await self._messages.get_message(message.workspace_id, message.parent_id)
            if parent is None or parent.ts is None:
                return False
            thread_ts = parent.ts
        content = await self._renderers[message.kind](message)
        client = await self._client_for(message.workspace_id)
        if content is None or client is None:
            reason = "nothing to show" if client else "app not installed"
            await self._put_aside(message, reason)
            return False
        looks = hash(fingerprint(content))
        if message.ts and self._shown.get((message.workspace_id, message.id)) == looks:
            await self._messages.record_sent(message.workspace_id, message.id, message.version, message.ts)
            return False
        try:
            ts = await self._deliver(client, message, content, thread_ts)
        except SlackApiError as error:
            if is_temporary(error):
                raise
            log.warning("Message %s was refused: %s", message.id, reason_of(error))
            for told in self._refused:
                await told(message, reason_of(error))
            await self._put_aside(message, reason_of(error))
            return True
        if isinstance(content, Content) and content.pin and not message.sent_version:
            # Kept as not yet sent in any version, so that a pin that fails for now is tried again.
            await self._messages.record_sent(message.workspace_id, message.id, 0, ts)
            await pin_message(client, message.channel_id, ts, content.pin)
        await self._messages.record_sent(message.workspace_id, message.id, message.version, ts)
        if len(self._shown) >= REMEMBERED:
            self._shown.clear()
        self._shown[message.workspace_id, message.id] = looks
        return True

    async def _put_aside(self, message: Message, reason: str) -> None:
        await self._messages.record_unsendable(message.workspace_id, message.id, message.version, reason)

    async def _deliver(
        self,
        client: AsyncWebClient,
        message: Message,
        content: Content | HomeContent,
        thread_ts: str | None,
    ) -> str:
        if isinstance(content, HomeContent):
            await client.views_publish(user_id=message.channel_id, view=content.view)
            return "home"
        channel_id = await self._direct_messages.channel_of(client, message.workspace_id, message.channel_id)
        if message.ts:
            await client.chat_update(
                channel=channel_id,
                ts=message.ts,
                parse="none",
                link_names=False,
                **content.arguments(message.id),
            )
            return message.ts
        posted = await client.chat_postMessage(
            channel=channel_id,
            thread_ts=thread_ts,
            unfurl_links=False,
            unfurl_media=False,
            **content.arguments(message.id),
        )
        return str(posted["ts"])
