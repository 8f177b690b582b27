"""Blocks for tests, as the app would send them."""

from typing import Any

Block = dict[str, Any]


def plain(text: str) -> Block:
    return {"type": "plain_text", "text": text}


def option(text: str, value: str) -> Block:
    return {"text": plain(text), "value": value}


OPTIONS = [option("Trust", "trust"), option("Roles", "roles"), option("Aims", "aims")]


def actions(*elements: Block, block_id: str = "tools") -> Block:
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def button(text: str, action_id: str, **more: Any) -> Block:
    return {"type": "button", "text": plain(text), "action_id": action_id} | more


def field(label: str, block_id: str, kind: str, **element: Any) -> Block:
    """An input block; `optional`, `hint` and `dispatch_action` go to the block, all else to the element."""
    block = {"type": "input", "block_id": block_id, "label": plain(label)}
    block |= {key: element.pop(key) for key in ("optional", "dispatch_action") if key in element}
    if hint := element.pop("hint", None):
        block["hint"] = plain(hint)
    return block | {"element": {"type": kind, "action_id": block_id} | element}


def modal(title: str, *blocks: Block, submit: str | None = "Save", **more: Any) -> Block:
    view = {"type": "modal", "callback_id": "form", "title": plain(title), "blocks": list(blocks)} | more
    return view | ({"submit": plain(submit)} if submit else {})
