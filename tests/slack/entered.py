"""What somebody has entered in a form, as Slack sends it."""

import itertools
from collections.abc import Mapping
from typing import Any

from tests.slack.people import Json
from tests.slack.shown import elements_of


def state_of(blocks: list[Json], values: Mapping[str, Any]) -> Json:
    """`view.state.values` as Slack sends it for these inputs; one that is not named was left alone."""
    state: Json = {}
    for block, element in elements_of(blocks):
        if block["type"] != "input":
            continue
        given = values.get(block["block_id"])
        state[block["block_id"]] = {element["action_id"]: _input_state(element, given)}
    unknown = set(values) - set(state)
    assert not unknown, f"no such inputs: {sorted(unknown)}; there are {sorted(state)}"
    return state


def _input_state(element: Json, given: Any) -> Json:
    kind = element["type"]
    state: Json = {"type": kind}
    if kind in {"static_select", "radio_buttons", "external_select"}:
        return {**state, "selected_option": _option(element, given) if given else None}
    if kind in {"checkboxes", "multi_static_select", "multi_external_select"}:
        return {**state, "selected_options": [_option(element, one) for one in given or []]}
    if kind == "datetimepicker":
        return {**state, "selected_date_time": given or None}
    for noun in ("user", "conversation", "channel"):
        if kind == f"{noun}s_select":
            return {**state, f"selected_{noun}": given}
        if kind == f"multi_{noun}s_select":
            return {**state, f"selected_{noun}s": given or []}
    name = {"datepicker": "selected_date", "file_input": "files"}.get(kind, "value")
    return {**state, name: given or ([] if name == "files" else None)}


def _option(element: Json, value: str) -> Json:
    if element["type"].endswith("external_select"):
        return {"text": {"type": "plain_text", "text": value}, "value": value}
    groups = element.get("option_groups") or [{"options": element.get("options") or []}]
    for option in itertools.chain.from_iterable(group["options"] for group in groups):
        if option["value"] == value:
            return dict(option)
    raise AssertionError(f"no option {value!r}")
