"""Limits of rich text: which parts it may have and how they may stand in each other."""

from typing import Any

from sandbox.limits.faults import Faults

INLINE = {
    "text": "text",
    "emoji": "name",
    "link": "url",
    "user": "user_id",
    "usergroup": "usergroup_id",
    "channel": "channel_id",
    "date": "timestamp",
    "broadcast": "range",
    "color": "value",
    "team": "team_id",
}
"""Inline elements and the property that each needs."""

CONTAINERS = ("rich_text_section", "rich_text_list", "rich_text_preformatted", "rich_text_quote")
DEEPEST_INDENT = 8


def check_rich_text(faults: Faults, path: str, block: dict[str, Any]) -> None:
    """Judge a rich_text block."""
    if not faults.is_list(f"{path}/elements", block.get("elements"), 1000):
        return
    for index, part in enumerate(block["elements"]):
        here = f"{path}/elements/{index}"
        if not faults.is_object(here, part):
            continue
        if part.get("type") not in CONTAINERS:
            faults.add(here, f"unsupported type: {part.get('type')}")
        elif part["type"] == "rich_text_list":
            _check_list(faults, here, part)
        else:
            _check_inline(faults, here, part)


def _check_list(faults: Faults, path: str, part: dict[str, Any]) -> None:
    faults.choice(f"{path}/style", part.get("style", "none"), ("bullet", "ordered"))
    faults.integer(f"{path}/indent", part.get("indent"), 0, DEEPEST_INDENT)
    if faults.is_list(f"{path}/elements", part.get("elements"), 1000):
        for index, item in enumerate(part["elements"]):
            here = f"{path}/elements/{index}"
            if not isinstance(item, dict) or item.get("type") != "rich_text_section":
                faults.add(here, "must be a rich_text_section")
            else:
                _check_inline(faults, here, item)


def _check_inline(faults: Faults, path: str, part: dict[str, Any]) -> None:
    if not faults.is_list(f"{path}/elements", part.get("elements"), 1000, at_least=0):
        return
    for index, element in enumerate(part["elements"]):
        here = f"{path}/elements/{index}"
        if not faults.is_object(here, element):
            continue
        needed = INLINE.get(str(element.get("type")))
        if needed is None:
            faults.add(here, f"unsupported type: {element.get('type')}")
        elif element.get(needed) in (None, ""):
            faults.add(here, f"missing required field: {needed}")
