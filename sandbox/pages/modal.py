"""The modal a person has before them, in every tab of theirs."""

from __future__ import annotations

from nicegui import ui

from sandbox.pages import texts
from sandbox.pages.blocks import BlockList
from sandbox.pages.surface import Surface, Viewer
from sandbox.pages.tags import Tag, button
from sandbox.state import View, ViewPlace

# A menu that is open inside the modal takes Escape for itself.
_ESCAPE = "(event) => { if (!document.querySelector(':popover-open') && !event.defaultPrevented) emit(); }"


class ModalDialog:
    """A centred dialog that follows the person's stack of views."""

    def __init__(self, viewer: Viewer) -> None:
        self._viewer = viewer
        self._view_id: str | None = None
        self._is_busy = False
        with ui.dialog() as self._dialog:
            for name in ("persistent", "no-shake"):
                self._dialog.props[name] = True
            self._dialog.props["transition-duration"] = 120
            self._frame = Tag("div", "dialog modal", data_modal="true")
        self._dialog.on("keydown.esc", lambda _: self._cancel(), args=[], js_handler=_ESCAPE)

    def update(self) -> None:
        """Show the view that is on top, change it in place, or close."""
        view = self._viewer.workspace.open_modal(self._viewer.user_id)
        if view is None:
            self._view_id = None
            self._frame.clear()
            self._dialog.close()
            return
        if view.id != self._view_id:
            self._view_id = view.id
            self._build(view)
        self._show(view)
        self._dialog.open()

    def _build(self, view: View) -> None:
        self._is_busy = False
        self._frame.clear()
        with self._frame:
            with Tag("header", "dialog-head"):
                if view.previous_view_id:
                    button("Back", self._cancel, "icon-button", text="‹")
                self._title = Tag("h2", "dialog-title")
                button("Close dialog", self._close_all, "icon-button", text="×")
            with Tag("div", "dialog-body", tabindex="-1"):
                self._trouble = Tag("div", "trouble", role="alert")
                self._blocks = BlockList(Surface(self._viewer, ViewPlace(view.id)))
            with Tag("footer", "dialog-footer"):
                self._close = button("Close", self._cancel)
                self._submit = button("Submit", self._send, "button button-primary")

    def _show(self, view: View) -> None:
        title = texts.plain(view.content["title"])
        self._title.set_text(title)
        self._dialog.props["aria-label"] = title
        self._trouble.set_text(view.trouble or "")
        self._trouble.set_visibility(bool(view.trouble))
        self._blocks.update(view.blocks)
        submit = view.content.get("submit")
        self._close.set_text(texts.plain(view.content.get("close")) or ("Cancel" if submit else "Close"))
        self._submit.set_text(texts.plain(submit))
        self._submit.set_visibility(submit is not None)

    async def _send(self) -> None:
        if self._view_id is None or self._is_busy:
            return
        self._is_busy = True
        try:
            await self._viewer.acts.submit(self._viewer.user_id, self._view_id)
        finally:
            self._is_busy = False

    async def _cancel(self) -> None:
        if self._view_id:
            await self._viewer.acts.close(self._viewer.user_id, self._view_id)

    async def _close_all(self) -> None:
        if self._view_id:
            await self._viewer.acts.close(self._viewer.user_id, self._view_id, all=True)
