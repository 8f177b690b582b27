"""Composition objects: a `plain_text` or `mrkdwn` object as an element on the page."""

from __future__ import annotations

from html import escape

from nicegui import ui

from sandbox.pages import emoji, mrkdwn
from sandbox.pages.reader import Reader
from sandbox.pages.tags import html
from sandbox.state import Json


def plain(text: Json | None) -> str:
    """The words of a text object; plain text is never markup."""
    if text is None:
        return ""
    words = str(text["text"])
    return words if text.get("emoji") is False else emoji.replace(words)


def markup(text: Json, reader: Reader) -> str:
    """HTML for a text object of either kind."""
    if text["type"] == "mrkdwn":
        return mrkdwn.render(text["text"], reader, verbatim=bool(text.get("verbatim")))
    return escape(plain(text), quote=False).replace("\n", "<br>")


def show(text: Json, reader: Reader, classes: str = "", tag: str = "div") -> ui.html:
    """Put a text object on the page."""
    return html(markup(text, reader), classes, tag)
