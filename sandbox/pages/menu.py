"""A button that opens a short list of things to do.

The browser's own popover: it closes on Escape and on a click elsewhere, and stands above dialogs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sandbox.pages.tags import Handler, Tag, button


@dataclass(frozen=True)
class Item:
    """One line of a menu; with `url` it is a link that also acts."""

    label: str
    on_click: Handler
    detail: str = ""
    url: str | None = None
    value: str = ""


def menu(
    label: str, items: list[Item], classes: str = "icon-button", text: str = "⋯", **attributes: Any
) -> Tag:
    """Put a menu button and its hidden list on the page and return the button."""
    with Tag("span", "menu"):
        opener = button(label, lambda: None, classes, text=text, aria_haspopup="menu", **attributes)
        panel = Tag("div", "menu-panel", popover="auto", role="menu", aria_label=label)
        opener.set(popovertarget=panel.html_id)
        with panel:
            for item in items:
                _line(item, panel)
    return opener


def _line(item: Item, panel: Tag) -> None:
    target = (
        {"href": item.url, "target": "_blank", "rel": "noopener noreferrer"}
        if item.url
        else {"type": "button"}
    )
    line = Tag(
        "a" if item.url else "button",
        "menu-item",
        role="menuitem",
        popovertarget=panel.html_id,
        popovertargetaction="hide",
        data_value=item.value or None,
        **target,
    )
    line.on("click", lambda _: item.on_click(), args=[])
    with line:
        Tag("span", text=item.label)
        if item.detail:
            Tag("span", "menu-detail", item.detail)
