"""The inputs and outputs that a workflow step's manifest declares, and values that go against it."""

from dataclasses import dataclass
from typing import Any

from sandbox.state import Json


@dataclass(frozen=True)
class Parameter:
    """One input or output; `type` is Slack's, such as `string` or `slack#/types/user_id`."""

    name: str
    type: str
    title: str
    description: str = ""
    is_required: bool = False


_PYTHON_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
    "slack#/types/user_id": (str,),
    "slack#/types/channel_id": (str,),
    "slack#/types/timestamp": (int,),
    "slack#/types/date": (str,),
    "slack#/types/message_ts": (str,),
    "slack#/types/rich_text": (dict,),
}


def read_parameters(declared: Json) -> tuple[Parameter, ...]:
    """Parameters in either form that manifests have: under `properties` with a list `required`, or by name
    with `is_required`.
    """
    required = declared.get("required", [])
    return tuple(
        Parameter(
            name,
            entry["type"],
            entry.get("title", name),
            entry.get("description", ""),
            name in required or bool(entry.get("is_required")),
        )
        for name, entry in declared.get("properties", declared).items()
    )


def value_faults(parameters: tuple[Parameter, ...], values: Json) -> list[str]:
    """What Slack would refuse: a required value that is missing, one of another type, one nobody declared."""
    declared = {parameter.name for parameter in parameters}
    faults = [f"“{name}” is not declared." for name in values if name not in declared]
    for parameter in parameters:
        value = values.get(parameter.name)
        if value is None or value == "":
            if parameter.is_required:
                faults.append(f"“{parameter.title}” is missing.")
        elif not _is_of_type(value, parameter.type):
            faults.append(f"“{parameter.title}” is not of type {parameter.type}.")
    return faults


def _is_of_type(value: Any, kind: str) -> bool:
    expected = _PYTHON_TYPES.get(kind, (object,))
    return isinstance(value, expected) and (not isinstance(value, bool) or bool in expected)
