"""A thread beside its channel, or in its place on a narrow screen."""

from __future__ import annotations

from collections.abc import Callable

from sandbox.pages.composer import Composer
from sandbox.pages.messages import MessageList, read_conversation
from sandbox.pages.surface import Viewer
from sandbox.pages.tags import Tag, button


class ThreadPanel:
    """One thread at a time; empty and out of sight when none is open."""

    def __init__(self, viewer: Viewer, close: Callable[[], None]) -> None:
        self._viewer = viewer
        self._close = close
        self._open: tuple[str, str] | None = None
        self._list: MessageList | None = None
        self._panel = Tag("aside", "thread", aria_label="Thread")
        self._panel.set_visibility(False)

    def show(self, channel_id: str | None, ts: str | None) -> None:
        """Open the thread of a message, or close the panel with None."""
        wanted = (channel_id, ts) if channel_id and ts else None
        if wanted != self._open:
            self._open = wanted
            self._build()
        self.update()

    def update(self) -> None:
        """Bring the open thread up to date."""
        if self._open is None or self._list is None:
            return
        channel_id, ts = self._open
        root = self._viewer.workspace.message(channel_id, ts)
        replies = read_conversation(self._viewer, channel_id).replies.get(ts, [])
        self._list.update([*([root] if root else []), *replies], {})

    def _build(self) -> None:
        self._panel.clear()
        self._panel.set_visibility(self._open is not None)
        if self._open is None:
            self._list = None
            return
        channel_id, ts = self._open
        with self._panel:
            with Tag("header", "bar"):
                Tag("h2", "bar-title", "Thread")
                Tag("span", "bar-detail", self._viewer.channel_name(channel_id) or "")
                button("Close thread", self._close, "icon-button bar-end", text="×")
            self._list = MessageList(self._viewer, "Messages in this thread")
            Composer(self._viewer, channel_id, "Reply", ts)
