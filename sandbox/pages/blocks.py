"""Lists of Block Kit blocks on the page, kept in step with the app by changing only what changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nicegui import ui

from sandbox.pages import images, markdown, rich_text, tables, texts
from sandbox.pages.elements import show_element
from sandbox.pages.field import Field
from sandbox.pages.surface import Control, Surface
from sandbox.pages.tags import Tag, html
from sandbox.state import Json


@dataclass
class _Shown:
    """A block as it stands on the page."""

    block: Json
    holder: Tag
    field: Field | None = None


class BlockList:
    """The blocks of one message or view, inside the element that was open when this was made."""

    def __init__(self, surface: Surface) -> None:
        self._surface = surface
        self._shown: dict[str, _Shown] = {}
        self._holder = Tag("div", "blocks")

    def update(self, blocks: list[Json]) -> None:
        """Show these blocks: what is the same stays untouched, input blocks keep what is typed."""
        keys = [
            str(block.get("block_id") or f"{index}.{block['type']}") for index, block in enumerate(blocks)
        ]
        for key in [key for key in self._shown if key not in keys]:
            self._shown.pop(key).holder.delete()
        for index, (key, block) in enumerate(zip(keys, blocks, strict=True)):
            self._show(key, block)
            holder = self._shown[key].holder
            if self._holder.default_slot.children.index(holder) != index:
                holder.move(self._holder, index)

    def _show(self, key: str, block: Json) -> None:
        shown = self._shown.get(key)
        if shown and shown.field and block["type"] == "input":
            shown.field.update(block)
        elif shown and shown.block == block:
            return
        elif shown:
            shown.holder.clear()
            shown.holder.classes(replace=_classes(block))
            shown.field = self._draw(block, shown.holder)
        else:
            with self._holder:
                holder = Tag("div", _classes(block), data_block_id=block.get("block_id"))
            shown = self._shown[key] = _Shown(block, holder)
            shown.field = self._draw(block, holder)
        shown.block = block

    def _draw(self, block: Json, holder: Tag) -> Field | None:
        with holder:
            if block["type"] == "input":
                return Field(self._surface, block)
            draw = _DRAW.get(block["type"])
            if draw is None:
                Tag("div", "unknown", f"A block of type {block['type']}, which the sandbox does not draw.")
            else:
                draw(block, self._surface)
        return None


def _classes(block: Json) -> str:
    return f"bk bk-{str(block['type']).replace('_', '-')}"


def _section(block: Json, surface: Surface) -> None:
    with Tag("div", "section-words"):
        if text := block.get("text"):
            texts.show(text, surface.viewer, "section-text")
        if fields := block.get("fields"):
            with Tag("div", "section-fields"):
                for field in fields:
                    texts.show(field, surface.viewer)
    if accessory := block.get("accessory"):
        with Tag("div", "section-accessory"):
            if accessory["type"] == "image":
                images.show_image(accessory, surface.viewer, "thumbnail")
            else:
                show_element(Control(surface, str(block["block_id"]), accessory))


def _header(block: Json, surface: Surface) -> None:
    Tag("h3", "bk-heading", texts.plain(block["text"]))


def _context(block: Json, surface: Surface) -> None:
    for element in block["elements"]:
        if element["type"] == "image":
            images.show_image(element, surface.viewer, "context-image")
        else:
            texts.show(element, surface.viewer, tag="span")


def _actions(block: Json, surface: Surface) -> None:
    for element in block["elements"]:
        show_element(Control(surface, str(block["block_id"]), element))


def _divider(block: Json, surface: Surface) -> None:
    Tag("hr")


def _image(block: Json, surface: Surface) -> None:
    if title := block.get("title"):
        Tag("div", "image-title", texts.plain(title))
    images.show_image(block, surface.viewer, "picture")


def _rich_text(block: Json, surface: Surface) -> None:
    html(rich_text.render(block, surface.viewer), "rich-text")


def _table(block: Json, surface: Surface) -> None:
    html(tables.render(block, surface.viewer), "table-frame").props["tabindex"] = "0"


def _markdown(block: Json, surface: Surface) -> None:
    # Sanitized once more in the browser, since a library wrote it.
    ui.html(markdown.render(block), sanitize=True).classes("markdown")


_DRAW: dict[str, Callable[[Json, Surface], None]] = {
    "section": _section,
    "header": _header,
    "context": _context,
    "actions": _actions,
    "divider": _divider,
    "image": _image,
    "rich_text": _rich_text,
    "table": _table,
    "markdown": _markdown,
}
