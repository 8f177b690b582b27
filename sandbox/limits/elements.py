"""Limits of Block Kit's elements: where each may stand and what it may hold."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.limits.faults import Faults
from sandbox.limits.objects import (
    ANY_TEXT,
    MOST_OPTIONS,
    PLACEHOLDER,
    check_confirm,
    check_option,
    check_option_groups,
    check_optional_text,
    check_options,
    check_required_text,
)

ACTION_ID = 255
LONGEST_INPUT = 3000

EVERYWHERE = frozenset({"message", "modal", "home"})
Element = dict[str, Any]
Check = Callable[[Faults, str, Element], None]


@dataclass(frozen=True)
class ElementKind:
    """`surfaces` and `places` say where it may stand; `fields` what it knows besides type, action_id and
    confirm.
    """

    places: frozenset[str]
    fields: tuple[str, ...]
    check: Check
    surfaces: frozenset[str] = EVERYWHERE


def check_element(faults: Faults, path: str, element: object, place: str, surface: str) -> None:
    """Judge an element in a `section`, `actions`, `input` or `context` block on a surface."""
    if not isinstance(element, dict):
        faults.add(path, "must provide an object")
        return
    kind = KINDS.get(str(element.get("type")))
    if kind is None or place not in kind.places:
        faults.add(path, f"unsupported type: {element.get('type')}")
        return
    if surface not in kind.surfaces:
        faults.add(path, f"unsupported type: {element['type']} is not available in a {surface}")
    common = ("type",) if element["type"] == "image" else ("type", "action_id", "confirm", "focus_on_load")
    faults.known(path, element, (*common, *kind.fields))
    faults.string(path, element, "action_id", ACTION_ID)
    check_optional_text(faults, path, element, "placeholder", PLACEHOLDER)
    check_confirm(faults, path, element)
    kind.check(faults, path, element)


def _button(faults: Faults, path: str, element: Element) -> None:
    check_required_text(faults, path, element, "text", 75)
    faults.string(path, element, "value", 2000)
    faults.string(path, element, "url", 3000)
    faults.string(path, element, "accessibility_label", 75)
    faults.choice(f"{path}/style", element.get("style"), ("primary", "danger"))


def _few_options(faults: Faults, path: str, element: Element) -> None:
    check_options(faults, f"{path}/options", element.get("options"), 10, ANY_TEXT)
    _initial_among(faults, path, element)


def _overflow(faults: Faults, path: str, element: Element) -> None:
    check_options(faults, f"{path}/options", element.get("options"), 5, takes_url=True)


def _static_select(faults: Faults, path: str, element: Element) -> None:
    has_options, has_groups = "options" in element, "option_groups" in element
    if has_options == has_groups:
        faults.add(path, "must define exactly one of options and option_groups")
    if has_options:
        check_options(faults, f"{path}/options", element["options"], MOST_OPTIONS)
    if has_groups:
        check_option_groups(faults, f"{path}/option_groups", element["option_groups"])
    _initial_among(faults, path, element)
    _most_selected(faults, path, element)


def _initial_among(faults: Faults, path: str, element: Element) -> None:
    offered = offered_options(element)
    initial = element.get("initial_option")
    if initial is not None and initial not in offered:
        faults.add(f"{path}/initial_option", "initial_option must exactly match a provided option")
    several = element.get("initial_options")
    if several is None:
        return
    if not several:
        faults.add(f"{path}/initial_options", "must not be empty")
    if any(option not in offered for option in several):
        faults.add(f"{path}/initial_options", "initial_options must exactly match provided options")


def offered_options(element: Element) -> list[Element]:
    """The options of an element, those in groups included."""
    groups = element.get("option_groups") or []
    grouped = [option for group in groups if isinstance(group, dict) for option in group.get("options") or []]
    return [*(element.get("options") or []), *grouped]


def _external_select(faults: Faults, path: str, element: Element) -> None:
    faults.integer(f"{path}/min_query_length", element.get("min_query_length"), 0, 100)
    _most_selected(faults, path, element)
    if element.get("initial_option") is not None:
        check_option(faults, f"{path}/initial_option", element["initial_option"], ("plain_text",), False)
    if element.get("initial_options") is not None:
        check_options(faults, f"{path}/initial_options", element["initial_options"], MOST_OPTIONS)


def _most_selected(faults: Faults, path: str, element: Element) -> None:
    faults.integer(f"{path}/max_selected_items", element.get("max_selected_items"), 1, MOST_OPTIONS)


def _matching(name: str, pattern: str, words: str) -> Check:
    def check(faults: Faults, path: str, element: Element) -> None:
        value = element.get(name)
        if value is not None and not (isinstance(value, str) and re.fullmatch(pattern, value)):
            faults.add(f"{path}/{name}", words)

    return check


def _datetime(faults: Faults, path: str, element: Element) -> None:
    faults.integer(f"{path}/initial_date_time", element.get("initial_date_time"), 10**9, 10**10 - 1)


def _text_input(faults: Faults, path: str, element: Element) -> None:
    faults.integer(f"{path}/min_length", element.get("min_length"), 0, LONGEST_INPUT)
    faults.integer(f"{path}/max_length", element.get("max_length"), 1, LONGEST_INPUT)
    most = element.get("max_length") or LONGEST_INPUT
    initial = element.get("initial_value")
    if isinstance(initial, str) and len(initial) > most:
        faults.add(f"{path}/initial_value", f"must be less than {most + 1} characters")


def _number_input(faults: Faults, path: str, element: Element) -> None:
    if not isinstance(element.get("is_decimal_allowed"), bool):
        faults.add(path, "missing required field: is_decimal_allowed")
    for name in ("initial_value", "min_value", "max_value"):
        if element.get(name) is not None and not isinstance(element[name], str):
            faults.add(f"{path}/{name}", "must be a string")


def _file_input(faults: Faults, path: str, element: Element) -> None:
    faults.integer(f"{path}/max_files", element.get("max_files"), 1, 10)


def _rich_text_input(faults: Faults, path: str, element: Element) -> None:
    faults.integer(f"{path}/min_lines", element.get("min_lines"), 1, 100)
    faults.integer(f"{path}/max_lines", element.get("max_lines"), 1, 100)


def check_image(faults: Faults, path: str, element: Element) -> None:
    """What image blocks and image elements have in common."""
    faults.string(path, element, "alt_text", 2000, is_required=True)
    if ("image_url" in element) == ("slack_file" in element):
        faults.add(path, "must define exactly one of image_url and slack_file")
    faults.string(path, element, "image_url", 3000)


def _nothing_more(faults: Faults, path: str, element: Element) -> None:
    """Kinds of which only the common properties are limited."""


_CHOOSING = frozenset({"section", "actions", "input"})
_PRESSING = frozenset({"section", "actions"})
_TYPING = frozenset({"input"})
_MODAL = frozenset({"modal"})
_SELECT = ("placeholder",)
_MULTI = (*_SELECT, "max_selected_items")
_TEXT = ("placeholder", "initial_value", "dispatch_action_config")

KINDS: dict[str, ElementKind] = {
    "button": ElementKind(
        _PRESSING, ("text", "value", "url", "style", "accessibility_label", "agent_prompt"), _button
    ),
    "checkboxes": ElementKind(_CHOOSING, ("options", "initial_options"), _few_options),
    "radio_buttons": ElementKind(_CHOOSING, ("options", "initial_option"), _few_options),
    "overflow": ElementKind(_PRESSING, ("options",), _overflow),
    "static_select": ElementKind(
        _CHOOSING, (*_SELECT, "options", "option_groups", "initial_option"), _static_select
    ),
    "multi_static_select": ElementKind(
        _CHOOSING, (*_MULTI, "options", "option_groups", "initial_options"), _static_select
    ),
    "external_select": ElementKind(
        _CHOOSING, (*_SELECT, "min_query_length", "initial_option"), _external_select
    ),
    "multi_external_select": ElementKind(
        _CHOOSING, (*_MULTI, "min_query_length", "initial_options"), _external_select
    ),
    "users_select": ElementKind(_CHOOSING, (*_SELECT, "initial_user"), _most_selected),
    "multi_users_select": ElementKind(_CHOOSING, (*_MULTI, "initial_users"), _most_selected),
    "conversations_select": ElementKind(
        _CHOOSING,
        (
            *_SELECT,
            "initial_conversation",
            "default_to_current_conversation",
            "response_url_enabled",
            "filter",
        ),
        _most_selected,
    ),
    "multi_conversations_select": ElementKind(
        _CHOOSING,
        (*_MULTI, "initial_conversations", "default_to_current_conversation", "filter"),
        _most_selected,
    ),
    "channels_select": ElementKind(
        _CHOOSING, (*_SELECT, "initial_channel", "response_url_enabled"), _most_selected
    ),
    "multi_channels_select": ElementKind(_CHOOSING, (*_MULTI, "initial_channels"), _most_selected),
    "datepicker": ElementKind(
        _CHOOSING,
        ("placeholder", "initial_date"),
        _matching("initial_date", r"\d{4}-\d{2}-\d{2}", "must be a date as YYYY-MM-DD"),
    ),
    "timepicker": ElementKind(
        _CHOOSING,
        ("placeholder", "initial_time", "timezone"),
        _matching("initial_time", r"([01]\d|2[0-3]):[0-5]\d", "must be a time as HH:mm"),
    ),
    "datetimepicker": ElementKind(
        frozenset({"actions", "input"}), ("initial_date_time",), _datetime, frozenset({"message", "modal"})
    ),
    "plain_text_input": ElementKind(_TYPING, (*_TEXT, "multiline", "min_length", "max_length"), _text_input),
    "rich_text_input": ElementKind(
        _TYPING, (*_TEXT, "min_lines", "max_lines"), _rich_text_input, frozenset({"modal", "home"})
    ),
    "email_text_input": ElementKind(_TYPING, _TEXT, _nothing_more, _MODAL),
    "url_text_input": ElementKind(_TYPING, _TEXT, _nothing_more, _MODAL),
    "number_input": ElementKind(
        _TYPING, (*_TEXT, "is_decimal_allowed", "min_value", "max_value"), _number_input, _MODAL
    ),
    "file_input": ElementKind(_TYPING, ("filetypes", "max_files"), _file_input, _MODAL),
    "workflow_button": ElementKind(
        _PRESSING, ("text", "workflow", "style", "accessibility_label"), _nothing_more, frozenset({"message"})
    ),
    "image": ElementKind(
        frozenset({"section", "context"}), ("image_url", "alt_text", "slack_file"), check_image
    ),
}
