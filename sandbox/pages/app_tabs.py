"""The way between the app's Home tab and the direct messages with it."""

from __future__ import annotations

from sandbox.pages.location import Location
from sandbox.pages.sidebar import Go, place_link
from sandbox.pages.surface import Viewer
from sandbox.pages.tags import Tag


def show_app_tabs(viewer: Viewer, location: Location, go: Go) -> None:
    """Put the two links on the page, the one that is open marked as such."""
    messages = viewer.workspace.direct_message(viewer.user_id)
    tabs = (("Home", location.at_home()), ("Messages", location.in_channel(messages.id)))
    with Tag("nav", "tabs", aria_label="App"):
        for name, to in tabs:
            is_here = to.channel_id == location.channel_id
            link = place_link("tab tab-here" if is_here else "tab", to, go)
            link.set_text(name)
            link.set(aria_current="page" if is_here else None)
