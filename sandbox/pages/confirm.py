"""The question that Slack puts before an element acts, when its `confirm` object asks for one."""

from __future__ import annotations

from nicegui import ui

from sandbox.pages import texts
from sandbox.pages.reader import Reader
from sandbox.pages.tags import Tag, button
from sandbox.state import Json


async def agreed(question: Json | None, reader: Reader) -> bool:
    """Whether the person goes on; at once True when there is no question."""
    if question is None:
        return True
    title = texts.plain(question["title"])
    with ui.dialog() as dialog:
        dialog.props["aria-label"] = title
        with Tag("div", "dialog dialog-small"):
            Tag("h2", "dialog-title", title)
            texts.show(question["text"], reader, "dialog-body")
            with Tag("div", "dialog-footer"):
                button(texts.plain(question["deny"]), lambda: dialog.submit(False))
                style = (
                    "button button-danger" if question.get("style") == "danger" else "button button-primary"
                )
                button(texts.plain(question["confirm"]), lambda: dialog.submit(True), style)
    # Only when it has gone from sight, and the focus is back where it was.
    dialog.on("hide", dialog.delete, args=[])
    return bool(await dialog)
