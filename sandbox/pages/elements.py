"""Which piece of the page stands for which Block Kit element."""

from __future__ import annotations

from collections.abc import Callable

from sandbox.pages import buttons, choices, inputs, picker
from sandbox.pages.surface import Control
from sandbox.pages.tags import Tag

_SHOW: dict[str, Callable[[Control], Tag | None]] = {
    "button": buttons.show_button,
    "workflow_button": buttons.show_button,
    "overflow": buttons.show_overflow,
    "static_select": choices.show_select,
    "users_select": choices.show_people_select,
    "channels_select": choices.show_people_select,
    "conversations_select": choices.show_people_select,
    "radio_buttons": choices.show_radio_buttons,
    "checkboxes": choices.show_checkboxes,
    "external_select": picker.show_picker,
    "multi_static_select": picker.show_picker,
    "multi_external_select": picker.show_picker,
    "multi_users_select": picker.show_picker,
    "multi_channels_select": picker.show_picker,
    "multi_conversations_select": picker.show_picker,
    "plain_text_input": inputs.show_text_input,
    "email_text_input": inputs.show_text_input,
    "url_text_input": inputs.show_text_input,
    "rich_text_input": inputs.show_text_input,
    "number_input": inputs.show_number_input,
    "datepicker": inputs.show_datepicker,
    "timepicker": inputs.show_timepicker,
    "datetimepicker": inputs.show_datetimepicker,
    "file_input": inputs.show_file_input,
}
_GROUPS = {"radio_buttons", "checkboxes", "file_input"}


def show_element(control: Control) -> Tag | None:
    """Put an element on the page; what can carry a label is returned."""
    kind = str(control.element["type"])
    if kind not in _SHOW:
        return Tag("div", "unknown", f"An element of type {kind}, which the sandbox does not draw.")
    return _SHOW[kind](control)


def is_group(kind: str) -> bool:
    """Whether an element is several fields under one heading, so that a plain label cannot name it."""
    return kind in _GROUPS
