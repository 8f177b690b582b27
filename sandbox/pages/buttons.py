"""Buttons and overflow menus."""

from __future__ import annotations

from functools import partial

from sandbox.pages import confirm, texts
from sandbox.pages.menu import Item, menu
from sandbox.pages.surface import Control
from sandbox.pages.tags import Tag

_STYLES = {"primary": "button button-primary", "danger": "button button-danger"}


def show_button(control: Control) -> None:
    """A button, heard by `presses`; with a `url` it opens that in a new tab and tells the app too."""
    element = control.element
    classes = _STYLES.get(element.get("style", ""), "button")
    url = element.get("url")
    link = {"href": url, "target": "_blank", "rel": "noopener noreferrer"}
    Tag(
        "a" if url else "button",
        classes,
        texts.plain(element["text"]),
        aria_label=element.get("accessibility_label"),
        data_press="true",
        data_value=element.get("value"),
        **control.hooks,
        **(link if url else {"type": "button"}),
    )


def show_overflow(control: Control) -> None:
    """The three dots with further things to do."""

    async def choose(value: str) -> None:
        if await confirm.agreed(control.element.get("confirm"), control.viewer):
            await control.press(value)

    items = [
        Item(
            texts.plain(option["text"]),
            partial(choose, option["value"]),
            texts.plain(option.get("description")),
            option.get("url"),
            option["value"],
        )
        for option in control.element["options"]
    ]
    label = control.element.get("accessibility_label") or "More actions"
    menu(label, items, "button button-icon", **control.hooks)
