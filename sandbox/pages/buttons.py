"""Buttons and overflow menus."""

from __future__ import annotations

from functools import partial

from sandbox.pages import confirm, texts
from sandbox.pages.menu import Item, menu
from sandbox.pages.surface import Control
from sandbox.pages.tags import Tag, button

_STYLES = {"primary": "button button-primary", "danger": "button button-danger"}


def show_button(control: Control) -> None:
    """A button; one with a `url` opens it in a new tab and tells the app too, as in Slack."""
    element = control.element
    label = texts.plain(element["text"])
    classes = _STYLES.get(element.get("style", ""), "button")

    async def act() -> None:
        if await confirm.agreed(element.get("confirm"), control.viewer):
            await control.press()

    named = {
        "aria_label": element.get("accessibility_label"),
        "data_value": element.get("value"),
        **control.hooks,
    }
    if url := element.get("url"):
        made = Tag("a", classes, label, href=url, target="_blank", rel="noopener noreferrer", **named)
        made.on("click", lambda _: act(), args=[])
        return
    button(label, act, classes, **named)


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
