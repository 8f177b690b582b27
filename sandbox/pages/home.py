"""The app's Home tab."""

from __future__ import annotations

from nicegui import background_tasks

from sandbox.pages.blocks import BlockList
from sandbox.pages.surface import Surface, Viewer
from sandbox.pages.tags import Tag
from sandbox.state import ViewPlace


class HomeTab:
    """What the app has published for this person."""

    def __init__(self, viewer: Viewer) -> None:
        self._viewer = viewer
        self._view_id: str | None = None
        self._blocks: BlockList | None = None
        with Tag("div", "home", tabindex="0", role="region", aria_label="Home"):
            self._trouble = Tag("div", "trouble", role="alert")
            self._waiting = Tag("p", "empty", "Opening.")
            self._place = Tag("div", data_home="true")
        self.update()
        background_tasks.create(self.open(), name="open the Home tab")

    async def open(self) -> None:
        """Tell the app that its Home tab is in sight, which is when it draws it."""
        words = await self._viewer.acts.open_home(self._viewer.user_id)
        if not self._place.is_deleted:
            self._waiting.set_text(words or "The app has not shown anything here yet.")

    def update(self) -> None:
        """Show the newest view."""
        view = self._viewer.workspace.homes.get(self._viewer.user_id)
        self._waiting.set_visibility(view is None)
        self._trouble.set_visibility(bool(view and view.trouble))
        if view is None:
            return
        self._trouble.set_text(view.trouble or "")
        if view.id != self._view_id or self._blocks is None:
            self._view_id = view.id
            self._place.clear()
            with self._place:
                self._blocks = BlockList(Surface(self._viewer, ViewPlace(view.id)))
        self._blocks.update(view.blocks)
