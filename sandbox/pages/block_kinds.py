"""How each kind of block but the input is drawn."""

from __future__ import annotations

from collections.abc import Callable

from nicegui import ui

from sandbox.pages import images, markdown, rich_text, tables, texts
from sandbox.pages.elements import show_element
from sandbox.pages.surface import Control, Surface
from sandbox.pages.tags import Tag, html
from sandbox.state import Json


def show_block(block: Json, surface: Surface) -> None:
    """Put a block on the page; one of an unknown type is a box that says so."""
    draw = _DRAW.get(block["type"])
    if draw is None:
        Tag("div", "unknown", f"A block of type {block['type']}, which the sandbox does not draw.")
    else:
        draw(block, surface)


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
