"""The whole page for one person: sidebar, conversation or Home tab, thread and modal."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl

from nicegui import Client, ui

from sandbox.acts import Acts
from sandbox.bot_process import BotProcess
from sandbox.pages.app_tabs import show_app_tabs
from sandbox.pages.channel import ChannelView
from sandbox.pages.home import HomeTab
from sandbox.pages.live import LiveUpdates
from sandbox.pages.location import Location, read_location
from sandbox.pages.modal import ModalDialog
from sandbox.pages.sidebar import Sidebar
from sandbox.pages.surface import Viewer
from sandbox.pages.tags import Tag, button
from sandbox.pages.thread import ThreadPanel
from sandbox.state import Change
from sandbox.workspace import Workspace

# Where the sidebar is a drawer, Escape closes it.
_ESCAPE = "(event) => { if (event.currentTarget.classList.contains('has-drawer')) emit(); }"


class ChatPage:
    """One tab. Parts are made once and told to `update`; only the middle is made anew for another place."""

    def __init__(self, viewer: Viewer, bot: BotProcess, location: Location) -> None:
        self._workspace = workspace = viewer.workspace
        self._viewer = viewer
        self._location = location
        workspace.direct_message(location.user_id)
        self._shell = Tag("div", "shell")
        self._shell.on("keydown.esc", lambda _: self._close_drawer(), args=[], js_handler=_ESCAPE)
        with self._shell:
            self._sidebar = Sidebar(self._viewer, location, bot, self.go)
            button("Close menu", self._close_drawer, "shade", text="")
            with Tag("div", "center"):
                with Tag("div", "bar"):
                    self._opener = button("Menu", self._open_drawer, "button button-small drawer-opener")
                    self._opener.set(aria_expanded="false")
                    self._bar = Tag("div", "bar-place")
                self._main = Tag("main", "main")
            self._thread = ThreadPanel(self._viewer, lambda: self.go(self._location.in_thread(None)))
        # NiceGUI wraps every page in a main landmark; ours is the narrower one.
        next(viewer.client.content.ancestors()).props["role"] = "presentation"
        ui.skip_link("Skip to messages", target=self._main)
        self._modal = ModalDialog(self._viewer)
        self._middle: ChannelView | HomeTab
        self._show_middle()
        self._show_thread()
        self._modal.update()

    def go(self, location: Location) -> None:
        """Open another place and say so in the address."""
        if location != self._location:
            ui.navigate.history.push(location.url)
        self._move(location)

    def follow(self, query: str) -> None:
        """Open the place that the browser's Back or Forward button has brought up."""
        self._move(read_location(dict(parse_qsl(query.removeprefix("?"))), self._workspace))

    def refresh(self, changes: frozenset[Change]) -> None:
        """Update the parts that the changes touch."""
        topics = {change.topic for change in changes}
        if topics & {"message", "channel", "file"}:
            self._refresh_conversations(changes)
        if "home" in topics and isinstance(self._middle, HomeTab):
            self._middle.update()
        if "modal" in topics:
            self._modal.update()
        if "bot" in topics:
            self._sidebar.bot.update()

    def _refresh_conversations(self, changes: frozenset[Change]) -> None:
        self._sidebar.update(self._location)
        here = {None, self._location.channel_id}
        if isinstance(self._middle, ChannelView) and any(change.channel_id in here for change in changes):
            self._middle.update()
            self._thread.update()

    def _move(self, location: Location) -> None:
        is_elsewhere = location.channel_id != self._location.channel_id
        self._location = location
        if is_elsewhere:
            self._show_middle()
        self._sidebar.update(location)
        self._show_thread()

    def _show_middle(self) -> None:
        location, viewer = self._location, self._viewer
        self._bar.clear()
        self._main.clear()
        if location.is_home:
            with self._bar:
                Tag("h1", "bar-title", self._workspace.manifest.name)
                show_app_tabs(viewer, location, self.go)
            with self._main:
                self._middle = HomeTab(viewer)
        else:
            self._middle = ChannelView(viewer, location, self._bar, self._main, self.go)

    def _show_thread(self) -> None:
        self._thread.show(self._location.channel_id, self._location.thread_ts)
        self._set_drawer(False)

    def _open_drawer(self) -> None:
        self._set_drawer(True)
        ui.run_javascript("document.querySelector('.person-select').focus()")

    def _close_drawer(self) -> None:
        self._set_drawer(False)
        ui.run_javascript(f"getHtmlElement({self._opener.id}).focus()")

    def _set_drawer(self, is_open: bool) -> None:
        self._shell.classes(replace=_shell_classes(self._location, is_open))
        self._opener.set(aria_expanded="true" if is_open else "false")


def _shell_classes(location: Location, is_drawer_open: bool) -> str:
    thread, drawer = " has-thread" if location.thread_ts else "", " has-drawer" if is_drawer_open else ""
    return f"shell{thread}{drawer}"


def open_page(
    workspace: Workspace, acts: Acts, bot: BotProcess, query: Mapping[str, str], client: Client
) -> None:
    """Build the page for a browser tab and keep it up to date until the tab is gone."""
    location = read_location(query, workspace)
    updates = LiveUpdates(workspace, location.user_id)
    client.on_delete(updates.close)
    page = ChatPage(
        Viewer(workspace.seat_of(location.user_id) or workspace, acts, client, updates, location.user_id),
        bot,
        location,
    )

    def refresh(changes: frozenset[Change]) -> None:
        with client:
            page.refresh(changes)

    updates.start(refresh)
    ui.on("place", lambda event: page.follow(str(event.args)))
