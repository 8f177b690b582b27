"""Sending one message: rendered from rows, posted or updated, and recorded as sent."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import Literal, TypeAlias

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.content import HOME_KIND, Content, HomeContent, Renderer, fingerprint
from bot.delivery.direct_messages import DirectMessages
from bot.delivery.pins import pin_message
from bot.delivery.replies import GONE, NO_ACCESS, NOT_SHOWABLE, is_temporary, reason_of
from bot.delivery.turns import Turn
from storage.message_store import MessageStore
from storage.records.messages import Message
from storage.store import StoreError

log = logging.getLogger(__name__)

Refused: TypeAlias = Callable[[Message, str], Awaitable[None]]
"""What a feature does about a message that Slack refused for good, and why; it may be told twice, and of
messages that are not its own."""
Outcome: TypeAlias = Literal["sent", "nothing to send", "waits for its parent"]

REMEMBERED = 10_000
"""Messages whose last content is remembered, so that what looks the same is not sent again."""


class RenderError(Exception):
    """A message cannot be rendered, which is a fault of ours and no reason to keep others waiting."""


class NoAccessError(Exception):
    """Slack refuses the token of the workspace."""


def method_of(kind: str, *, is_posted: bool) -> str:
    """The method of Slack's that sends messages of this kind."""
    if kind == HOME_KIND:
        return "views.publish"
    return "chat.update" if is_posted else "chat.postMessage"


class Sender:
    """Sends single messages, and remembers what each of them shows."""

    def __init__(
        self, messages: MessageStore, renderers: Mapping[str, Renderer], refused: Sequence[Refused]
    ) -> None:
        self._messages = messages
        self._renderers = renderers
        self._refused = refused
        self._direct_messages = DirectMessages()
        self._shown: dict[tuple[str, str], tuple[int, int]] = {}
        self._unshowable: dict[tuple[str, str], int] = {}
        self._posted: dict[tuple[str, str], str] = {}
        self._rendered_in: dict[tuple[str, str], float] = {}

    def rendered_in(self, message: Message) -> float:
        """Seconds that it took to render the message the last time, with what had to be read for it."""
        return self._rendered_in.get((message.workspace_id, message.id), 0.0)

    async def send(self, client: AsyncWebClient, turn: Turn, message: Message) -> Outcome:
        """Send the newest state of a message.

        :raises RenderError: it cannot be rendered
        :raises NoAccessError: nothing can be sent in this workspace
        :raises BusyError: Slack has been called too often
        :raises Exception: it is worth another try later
        """
        key = message.workspace_id, message.id
        thread_ts = None
        if message.parent_id:
            parent = await self._messages.get_message(message.workspace_id, message.parent_id)
            if parent is None or parent.ts is None:
                return "waits for its parent"
            thread_ts = parent.ts
        content = await self._render(message)
        if content is None:
            await self._put_aside(message, "nothing to show")
            return "nothing to send"
        looks = hash(fingerprint(content))
        # Another process may have sent a version in between, and then nobody here knows what it looks like.
        if message.ts and self._shown.get(key) == (message.sent_version, looks):
            await self._record(message, message.ts, looks)
            return "nothing to send"
        # Posted by us, and the store was away when it should have been recorded.
        known = message if message.ts else replace(message, ts=self._posted.get(key))
        try:
            shown = content.plainly() if self._unshowable.get(key) == looks else content
            ts = await self._deliver(client, turn, known, shown, thread_ts)
        except SlackApiError as error:
            return await self._settle(known, looks, error)
        self._remember_post(key, ts)
        if isinstance(content, Content) and content.pin and not message.sent_version:
            # Kept as not yet sent in any version, so that a pin that fails for now is tried again.
            await self._messages.record_sent(message.workspace_id, message.id, 0, ts)
            pin, channel_id = content.pin, message.channel_id
            await turn.call("pins.add", lambda: pin_message(client, channel_id, ts, pin))
        await self._record(message, ts, looks)
        return "sent"

    async def _render(self, message: Message) -> Content | HomeContent | None:
        began = asyncio.get_running_loop().time()
        try:
            content = await self._renderers[message.kind](message)
        except StoreError:
            raise
        except Exception as error:
            raise RenderError(type(error).__name__) from error
        if len(self._rendered_in) >= REMEMBERED:
            self._rendered_in.clear()
        took = asyncio.get_running_loop().time() - began
        self._rendered_in[message.workspace_id, message.id] = took
        return content

    async def _record(self, message: Message, ts: str, looks: int) -> None:
        key = message.workspace_id, message.id
        await self._messages.record_sent(message.workspace_id, message.id, message.version, ts)
        self._posted.pop(key, None)
        if len(self._shown) >= REMEMBERED:
            self._shown.clear()
        self._shown[key] = message.version, looks

    def _remember_post(self, key: tuple[str, str], ts: str) -> None:
        if len(self._posted) >= REMEMBERED:
            self._posted.clear()
        self._posted[key] = ts

    async def _put_aside(self, message: Message, reason: str) -> None:
        await self._messages.record_unsendable(message.workspace_id, message.id, message.version, reason)

    async def _settle(
        self,
        message: Message,
        looks: int,
        error: SlackApiError,
    ) -> Outcome:
        """Settle what Slack refused for good; raises what is worth another try."""
        key = message.workspace_id, message.id
        reason = reason_of(error)
        if is_temporary(error):
            raise error
        if reason in NO_ACCESS:
            raise NoAccessError(reason) from error
        if reason in GONE and message.ts:
            log.info("Message %s is no longer in Slack (%s), so it is posted anew", message.id, reason)
            self._posted.pop(key, None)
            await self._messages.record_lost(message.workspace_id, message.id, message.ts)
            return "sent"
        if reason in NOT_SHOWABLE and self._unshowable.get(key) != looks:
            log.error("Message %s cannot be shown as it is (%s), so it is shown plain", message.id, reason)
            self._unshowable[key] = looks
            return "sent"
        log.warning("Message %s was refused: %s", message.id, reason)
        for told in self._refused:
            await told(message, reason)
        await self._put_aside(message, reason)
        return "sent"

    async def _deliver(
        self,
        client: AsyncWebClient,
        turn: Turn,
        message: Message,
        content: Content | HomeContent,
        thread_ts: str | None,
    ) -> str:
        method = method_of(message.kind, is_posted=message.ts is not None)
        if isinstance(content, HomeContent):
            view = content.view
            await turn.call(method, lambda: client.views_publish(user_id=message.channel_id, view=view))
            return "home"
        channel_id = await self._direct_messages.channel_of(
            client, turn, message.workspace_id, message.channel_id
        )
        arguments = content.arguments(message.id)
        ts = message.ts
        if ts is not None:
            await turn.call(
                method,
                lambda: client.chat_update(
                    channel=channel_id, ts=ts, parse="none", link_names=False, **arguments
                ),
            )
            return ts
        posted = await turn.call(
            method,
            lambda: client.chat_postMessage(
                channel=channel_id,
                thread_ts=thread_ts,
                unfurl_links=False,
                unfurl_media=False,
                **arguments,
            ),
        )
        return str(posted["ts"])
