"""One message on the page."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from functools import partial

from sandbox.pages import dates, mrkdwn
from sandbox.pages.avatar import show_avatar
from sandbox.pages.blocks import BlockList
from sandbox.pages.downloads import file_address
from sandbox.pages.menu import Item, menu
from sandbox.pages.notice import show_notice
from sandbox.pages.surface import Surface, Viewer
from sandbox.pages.tags import Tag, button, html
from sandbox.state import Message, MessagePlace, StoredFile

OpenThread = Callable[[str], None]


class MessageCard:
    """A message with its author, blocks, files, what can be done with it and the replies it has."""

    def __init__(self, viewer: Viewer, message: Message, open_thread: OpenThread | None) -> None:
        self._viewer = viewer
        self._open_thread = open_thread
        self._last: Message | None = None
        self._replies: int | None = None
        author = viewer.workspace.people[message.user_id]
        classes = "message message-private" if message.ephemeral_to else "message"
        self.holder = Tag("div", classes, role="article", data_ts=message.ts)
        self.holder.set(aria_label=f"{author.real_name}, {dates.clock(viewer.moment(message.ts))}")
        with self.holder:
            show_avatar(author)
            with Tag("div", "message-body"):
                self._head = Tag("div", "message-head")
                self._text = Tag("div", "message-text")
                self._blocks = BlockList(Surface(viewer, MessagePlace(message.channel_id, message.ts)))
                self._files = Tag("div", "message-files")
                self._trouble = Tag("div", "trouble", role="alert")
                self._foot = Tag("div", "message-foot")
            if message.ephemeral_to is None:
                self._tools(message)

    def update(self, message: Message, replies: list[Message]) -> None:
        """Show the message as it is now, with how often it was answered."""
        if self._replies != len(replies):
            self._replies = len(replies)
            self._show_replies(message, replies)
        if self._last == message:
            return
        self._last = deepcopy(message)
        self._show_head(message)
        self._text.clear()
        if not message.blocks:
            with self._text:
                html(mrkdwn.render(message.text, self._viewer, verbatim=True), "mrkdwn")
        self._text.set_visibility(not message.blocks)
        self._blocks.update(message.blocks)
        self._show_files(message)
        trouble = message.trouble.get(self._viewer.user_id, "")
        self._trouble.set_text(trouble)
        self._trouble.set_visibility(bool(trouble))

    def _show_head(self, message: Message) -> None:
        workspace = self._viewer.workspace
        author = workspace.people[message.user_id]
        self._head.clear()
        with self._head:
            if message.ephemeral_to:
                Tag("span", "tag tag-private", "Only visible to you")
            if message.is_pinned:
                Tag("span", "tag tag-pinned", "Pinned")
            Tag("span", "message-author", author.real_name)
            if author.is_bot:
                Tag("span", "tag", "App")
            if author.is_guest:
                Tag("span", "tag", "Guest")
            if workspace.is_outside(author.id):
                Tag("span", "tag", workspace.teams[author.team_id].name)
            moment = self._viewer.moment(message.ts)
            Tag("time", "message-time", dates.clock(moment), datetime=moment.isoformat())
            if message.edited_ts:
                Tag("span", "message-time", "(edited)")

    def _show_files(self, message: Message) -> None:
        self._files.clear()
        self._files.set_visibility(bool(message.file_ids))
        with self._files:
            for file_id in message.file_ids:
                if file := self._viewer.workspace.files.get(file_id):
                    with Tag("div", "file-holder"):
                        _show_file(file)

    def _show_replies(self, message: Message, replies: list[Message]) -> None:
        self._foot.clear()
        open_thread = self._open_thread
        self._foot.set_visibility(bool(replies) and open_thread is not None)
        if not replies or open_thread is None:
            return
        count = f"{len(replies)} {'reply' if len(replies) == 1 else 'replies'}"
        last = dates.clock(self._viewer.moment(replies[-1].ts))
        with self._foot:
            button(count, partial(open_thread, message.ts), "link-button")
            Tag("span", "message-time", f"Last at {last}")

    def _tools(self, message: Message) -> None:
        open_thread, workspace = self._open_thread, self._viewer.workspace
        with Tag("div", "message-tools"):
            if open_thread is not None:
                button(
                    "Reply in thread", partial(open_thread, message.thread_ts or message.ts), "icon-button"
                )
            shortcuts = [shortcut for shortcut in workspace.manifest.shortcuts if shortcut.type == "message"]
            if not shortcuts or workspace.is_outside(self._viewer.user_id):
                return
            items = [
                Item(shortcut.name, partial(self._run, shortcut.callback_id, message), shortcut.description)
                for shortcut in shortcuts
            ]
            menu("More actions for this message", items)

    async def _run(self, callback_id: str, message: Message) -> None:
        viewer = self._viewer
        act = viewer.acts.message_shortcut
        words = await act(viewer.user_id, callback_id, message.channel_id, message.ts)
        show_notice(viewer.client, words)


def _show_file(file: StoredFile) -> None:
    """A link to download it; above it a picture, with its description, that opens in full size."""
    address, title = file_address(file), file.title or file.name
    is_picture = file.mimetype.startswith("image/")
    if is_picture:
        with Tag("a", href=address, target="_blank", rel="noopener"):
            Tag("img", "picture", src=address, alt=file.alt_text or title, loading="lazy")
    with Tag("a", "file", href=address, download=file.name, data_file_id=file.id):
        Tag("span", "file-name", title)
        name = "" if is_picture else f"{file.name}, "
        Tag("span", "file-detail", f"{name}{_size(file.size)}. Download")


def _size(size: int) -> str:
    return f"{size} bytes" if size < 1024 else f"{size / 1024:.0f} kB"
