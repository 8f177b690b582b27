"""What the elements of a message or view hold: the values in `state.values`, and what a client refuses to
send.
"""

import copy
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sandbox.limits.elements import offered_options
from sandbox.state import Json, Values

TEXT_INPUTS = ("plain_text_input", "email_text_input", "url_text_input", "number_input")
LONGEST_INPUT = 3000

STATE: dict[str, tuple[str, str, bool]] = {
    "plain_text_input": ("value", "initial_value", False),
    "email_text_input": ("value", "initial_value", False),
    "url_text_input": ("value", "initial_value", False),
    "number_input": ("value", "initial_value", False),
    "rich_text_input": ("rich_text_value", "initial_value", False),
    "datepicker": ("selected_date", "initial_date", False),
    "timepicker": ("selected_time", "initial_time", False),
    "datetimepicker": ("selected_date_time", "initial_date_time", False),
    "static_select": ("selected_option", "initial_option", False),
    "external_select": ("selected_option", "initial_option", False),
    "radio_buttons": ("selected_option", "initial_option", False),
    "checkboxes": ("selected_options", "initial_options", True),
    "multi_static_select": ("selected_options", "initial_options", True),
    "multi_external_select": ("selected_options", "initial_options", True),
    "users_select": ("selected_user", "initial_user", False),
    "multi_users_select": ("selected_users", "initial_users", True),
    "conversations_select": ("selected_conversation", "initial_conversation", False),
    "multi_conversations_select": ("selected_conversations", "initial_conversations", True),
    "channels_select": ("selected_channel", "initial_channel", False),
    "multi_channels_select": ("selected_channels", "initial_channels", True),
    "file_input": ("files", "initial_files", True),
}
"""Element kinds with state: the property that holds it, the property it starts from, whether it is a list."""

Value = str | list[str] | int | None
OptionFinder = Callable[[str], Json | None]


class ChoiceNotOfferedError(Exception):
    """A choice that the element does not offer."""


@dataclass(frozen=True)
class Field:
    """One interactive element and the block it stands in."""

    block: Json
    element: Json

    @property
    def block_id(self) -> str:
        return str(self.block["block_id"])

    @property
    def action_id(self) -> str:
        return str(self.element["action_id"])

    @property
    def kind(self) -> str:
        return str(self.element["type"])

    @property
    def is_input(self) -> bool:
        return bool(self.block["type"] == "input")

    @property
    def has_state(self) -> bool:
        return self.kind in STATE


def with_ids(blocks: list[Json]) -> list[Json]:
    """A copy as Slack stores it: an id for each block and element that has none, and texts with their
    defaults.
    """
    stored = copy.deepcopy(blocks)
    for block in _walk(stored):
        block.setdefault("block_id", secrets.token_urlsafe(4))
        for element in _elements(block):
            element.setdefault("action_id", secrets.token_urlsafe(4))
    _fill_in_texts(stored)
    return stored


def _fill_in_texts(part: object) -> None:
    if isinstance(part, list):
        for entry in part:
            _fill_in_texts(entry)
    elif isinstance(part, dict):
        if part.get("type") == "plain_text" and "text" in part:
            part.setdefault("emoji", True)
        elif part.get("type") == "mrkdwn" and "text" in part:
            part.setdefault("verbatim", False)
        for entry in part.values():
            _fill_in_texts(entry)


def _walk(blocks: list[Json]) -> Iterator[Json]:
    for block in blocks:
        yield block
        yield from _walk(block.get("child_blocks") or [])


def _elements(block: Json) -> list[Json]:
    match block["type"]:
        case "input":
            return [block["element"]]
        case "section":
            accessory = block.get("accessory")
            return [accessory] if accessory and accessory["type"] != "image" else []
        case "actions" | "context_actions":
            return list(block["elements"])
        case "card":
            return list(block.get("actions") or [])
        case "carousel":
            return [button for card in block["elements"] for button in card.get("actions") or []]
    return []


def fields(blocks: list[Json]) -> list[Field]:
    """All interactive elements, in order."""
    return [Field(block, element) for block in _walk(blocks) for element in _elements(block)]


def find_field(blocks: list[Json], block_id: str, action_id: str) -> Field | None:
    matching = (f for f in fields(blocks) if f.block_id == block_id and f.action_id == action_id)
    return next(matching, None)


def initial_state(element: Json, current: Callable[[Json], str | None] = lambda element: None) -> Json:
    """The state of an untouched element; `current` gives the conversation that it may begin with."""
    key, initial_key, is_list = STATE[element["type"]]
    initial = element.get(initial_key)
    if initial is None and element.get("default_to_current_conversation"):
        channel_id = current(element)
        initial = [channel_id] if is_list and channel_id else channel_id
    if initial is None and is_list:
        initial = []
    return {"type": element["type"], key: initial}


def values_for(
    blocks: list[Json], kept: Values, current: Callable[[Json], str | None] = lambda element: None
) -> Values:
    """The values of all elements with state: `kept` where block id, action id and kind are still there."""
    values: Values = {}
    for field in fields(blocks):
        if not field.has_state:
            continue
        state = kept.get(field.block_id, {}).get(field.action_id)
        if state is None or state["type"] != field.kind:
            state = initial_state(field.element, current)
        values.setdefault(field.block_id, {})[field.action_id] = state
    return values


def chosen_state(element: Json, value: Value, find_option: OptionFinder) -> Json:
    """The state after a choice; `find_option` gives an option by its value. Raises ChoiceNotOfferedError."""
    kind = element["type"]
    key, _, is_list = STATE[kind]
    if key in ("selected_option", "selected_options"):
        options = [_offered(find_option, one) for one in as_list(value)]
        return {"type": kind, key: options if is_list else (options[0] if options else None)}
    if kind == "rich_text_input":
        return {"type": kind, key: rich_text(str(value)) if value else None}
    if is_list:
        return {"type": kind, key: as_list(value)}
    return {"type": kind, key: None if value == "" else value}


def _offered(find_option: OptionFinder, value: str) -> Json:
    option = find_option(value)
    if option is None:
        raise ChoiceNotOfferedError(value)
    return option


def option_in(element: Json) -> OptionFinder:
    """Finds an option among those that the element itself lists."""
    return lambda value: next((o for o in offered_options(element) if o["value"] == value), None)


def as_list(value: Value) -> list[str]:
    if value is None or value == "":
        return []
    return value if isinstance(value, list) else [str(value)]


def rich_text(text: str) -> Json:
    """Plain words as a rich_text block, as a client composes them."""
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "block_id": secrets.token_urlsafe(4), "elements": [section]}


def without_inputs(blocks: list[Json], values: Values) -> Values:
    """The values of elements outside input blocks, all that a `view_closed` payload tells."""
    inputs = {block["block_id"] for block in _walk(blocks) if block["type"] == "input"}
    return {block_id: states for block_id, states in values.items() if block_id not in inputs}
