"""An input block: label, the element, its hint and what is wrong with it.

The element is drawn once and kept while the view round it changes, so that what is typed, the cursor and
the focus stay where they are, as Slack keeps them while block id and action id stay.
"""

from __future__ import annotations

from sandbox.pages import texts
from sandbox.pages.elements import is_group, show_element
from sandbox.pages.surface import Control, Surface
from sandbox.pages.tags import Tag
from sandbox.state import Json

_NOT_REDRAWN_FOR = ("focus_on_load",)


class Field:
    """One input block on the page."""

    def __init__(self, surface: Surface, block: Json) -> None:
        self._surface = surface
        self._block_id = str(block["block_id"])
        self._drawn: Json = {}
        with Tag("div", "field"):
            with Tag("label", "field-label") as self._label:
                self._label_text = Tag("span")
                self._optional = Tag("span", "field-optional")
            self._place = Tag("div", "field-place")
            self._hint = Tag("div", "field-hint")
            self._error = Tag("div", "field-error", role="alert")
        self.update(block)

    def update(self, block: Json) -> None:
        """Show the block as it is now."""
        self._label_text.set_text(texts.plain(block["label"]))
        self._optional.set_text(" (optional)" if block.get("optional") else "")
        hint, error = texts.plain(block.get("hint")), self._surface.errors.get(self._block_id, "")
        self._hint.set_text(hint)
        self._hint.set_visibility(bool(hint))
        self._error.set_text(error)
        self._error.set_visibility(bool(error))
        lasting = {
            key: value
            for key, value in block["element"].items()
            if not key.startswith("initial_") and key not in _NOT_REDRAWN_FOR
        } | {"dispatch_action": block.get("dispatch_action", False)}
        if lasting != self._drawn:
            self._drawn = lasting
            self._draw(block)
        self._describe(bool(hint), bool(error))

    def _draw(self, block: Json) -> None:
        self._place.clear()
        element = block["element"]
        dispatches = bool(block.get("dispatch_action"))
        with self._place:
            self._field = show_element(Control(self._surface, self._block_id, element, True, dispatches))
        if self._field is None:
            return
        if is_group(element["type"]):
            self._field.set(aria_labelledby=self._label.html_id)
        else:
            self._label.set(for_=self._field.html_id)

    def _describe(self, has_hint: bool, has_error: bool) -> None:
        if self._field is None:
            return
        told = [
            part.html_id for part, is_there in ((self._hint, has_hint), (self._error, has_error)) if is_there
        ]
        self._field.set(aria_describedby=" ".join(told) or None, aria_invalid="true" if has_error else None)
