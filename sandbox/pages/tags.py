"""Plain HTML elements for NiceGUI.

Native buttons, fields and lists bring keyboard use, focus and names for screen readers with them, which
is why the pages use them rather than drawn widgets. User text goes into ``text`` or attribute values only;
NiceGUI evaluates attribute names that begin with a colon.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement
from nicegui.events import GenericEventArguments

Handler = Callable[[], object]
"""What a click does; when it gives something to await, that is awaited."""


class Tag(TextElement):
    """An HTML element with classes, attributes and, if it holds words only, its text.

    Attribute names are written with underscores; a trailing one is dropped (``for_``), and a value of None
    or False leaves the attribute out.
    """

    def __init__(self, tag: str, classes: str = "", text: str = "", **attributes: Any) -> None:
        super().__init__(tag=tag, text=text)
        if classes:
            self.classes(classes)
        self.set(**attributes)

    def set(self, **attributes: Any) -> Tag:
        """Set attributes, or take them away with None or False."""
        for name, value in attributes.items():
            key = name.rstrip("_").replace("_", "-")
            if value is None or value is False:
                self.props.pop(key, None)
            else:
                self.props[key] = value
        return self


def button(
    label: str, on_click: Handler, classes: str = "button", text: str | None = None, **attributes: Any
) -> Tag:
    """A real button; ``text`` is what is seen when it differs from the label that is read out."""
    named = {} if text is None or text == label else {"aria_label": label}
    made = Tag("button", classes, label if text is None else text, type="button", **named, **attributes)
    made.on("click", lambda _: on_click(), args=[])
    return made


def html(content: str, classes: str = "", tag: str = "div") -> ui.html:
    """Markup of our own making, already escaped by `mrkdwn`."""
    return ui.html(content, sanitize=False, tag=tag).classes(classes)


def typed(event: GenericEventArguments) -> str:
    """The text in the field that an event listened to with ``args=VALUE`` came from."""
    return str(event.args)


# A handler in the browser that sends on the field's value alone.
EMIT_VALUE = "(event) => emit(event.target.value)"
EMIT_CHECKED = "(event) => emit(event.target.checked)"
