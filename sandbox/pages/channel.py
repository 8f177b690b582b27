"""A conversation: its bar, its messages and the composer."""

from __future__ import annotations

import json
from functools import partial

from nicegui import ui

from sandbox.pages.app_tabs import show_app_tabs
from sandbox.pages.composer import Composer
from sandbox.pages.location import Location
from sandbox.pages.members import MembersDialog
from sandbox.pages.menu import Item, menu
from sandbox.pages.messages import MessageList, read_conversation
from sandbox.pages.sidebar import Go
from sandbox.pages.surface import Viewer
from sandbox.pages.tags import Tag, button
from sandbox.state import Message

_PREVIEW = 90


class ChannelView:
    """The middle of the page while a conversation is open."""

    def __init__(self, viewer: Viewer, location: Location, bar: Tag, main: Tag, go: Go) -> None:
        self._viewer = viewer
        self._channel = viewer.workspace.channels[location.channel_id or ""]
        self._tools_for: tuple[list[str], int] | None = None
        channel = self._channel
        name = viewer.workspace.channel_label(channel, viewer.user_id)
        is_named = channel.kind in ("public", "private")
        with bar:
            Tag("h1", "bar-title", f"# {name}" if is_named else name)
            own_bot = viewer.workspace.bot_user_id
            if channel.kind == "im" and own_bot in channel.members and viewer.workspace.manifest.has_home:
                show_app_tabs(viewer, location, go)
            elif channel.purpose:
                Tag("span", "bar-detail", channel.purpose)
            self._tools = Tag("div", "bar-end")
        with main:
            self._list = MessageList(viewer, f"Messages in {name}", lambda ts: go(location.in_thread(ts)))
            Composer(viewer, channel.id, f"Message {'#' if is_named else ''}{name}")
        self.update()

    def update(self) -> None:
        """Bring messages, pins and members up to date."""
        conversation = read_conversation(self._viewer, self._channel.id)
        self._list.update(conversation.messages, conversation.replies)
        replies = (reply for thread in conversation.replies.values() for reply in thread)
        pinned = [message for message in (*conversation.messages, *replies) if message.is_pinned]
        tools_for = ([message.ts for message in pinned], len(self._channel.members))
        if tools_for != self._tools_for:
            self._tools_for = tools_for
            self._show_tools(pinned)

    def _show_tools(self, pinned: list[Message]) -> None:
        self._tools.clear()
        with self._tools:
            if pinned:
                items = [Item(_preview(message), partial(_scroll_to, message.ts)) for message in pinned]
                menu("Pinned messages", items, "button button-small", text=f"{len(pinned)} pinned")
            if self._channel.kind in ("public", "private"):
                count = len(self._channel.members)
                label = "1 member" if count == 1 else f"{count} members"
                button(label, partial(MembersDialog, self._viewer, self._channel), "button button-small")


def _preview(message: Message) -> str:
    text = " ".join(message.text.split())
    return text if len(text) <= _PREVIEW else f"{text[:_PREVIEW]}…"


def _scroll_to(ts: str) -> None:
    selector = json.dumps(f'[data-ts="{ts}"]')
    ui.run_javascript(f"document.querySelector({selector})?.scrollIntoView({{block: 'center'}})")
