"""Slack's limits on messages, modals and Home tabs, in a table of the sandbox's own.

Pure functions on the payloads as they are sent. Source: the Block Kit reference of Slack's developer
documentation.
"""

import json
from typing import Any

from sandbox.limits.blocks import check_blocks
from sandbox.limits.faults import Faults
from sandbox.limits.objects import check_optional_text, check_required_text

MESSAGE_TOTAL = 12_000
MESSAGE_TEXT = 40_000
UPDATE_TEXT = 4_000
VIEW_BYTES = 250_000
_VIEW_FIELDS = (
    "type",
    "title",
    "blocks",
    "close",
    "submit",
    "private_metadata",
    "callback_id",
    "clear_on_close",
    "notify_on_close",
    "external_id",
    "submit_disabled",
)
_UNCOUNTED = ("type", "block_id", "action_id", "style", "url", "image_url")


def message_faults(payload: dict[str, Any]) -> list[str]:
    """Everything Slack would refuse in the arguments of chat.postMessage; an empty list when nothing is."""
    faults = block_faults(payload.get("blocks") or [])
    if (total := counted_characters(payload.get("blocks") or [])) > MESSAGE_TOTAL:
        faults.append(f"msg_blocks_too_long: {total} characters [json-pointer:/blocks]")
    if len(payload.get("text") or "") > MESSAGE_TEXT:
        faults.append(f"msg_too_long: must be less than {MESSAGE_TEXT + 1} characters [json-pointer:/text]")
    if not payload.get("text") and not payload.get("blocks") and not payload.get("attachments"):
        faults.append("no_text: a message needs text or blocks [json-pointer:/text]")
    return faults


def block_faults(blocks: object) -> list[str]:
    """What Slack would refuse as `invalid_blocks` in a message's blocks."""
    faults = Faults()
    check_blocks(faults, blocks, "message")
    return faults


def counted_characters(part: object) -> int:
    """The characters of a message's blocks that count towards its hidden total, some 12,000: all that people
    read.
    """
    if isinstance(part, dict):
        return sum(counted_characters(value) for name, value in part.items() if name not in _UNCOUNTED)
    if isinstance(part, list):
        return sum(counted_characters(value) for value in part)
    return len(part) if isinstance(part, str) else 0


def view_faults(view: dict[str, Any]) -> list[str]:
    """Everything Slack would refuse in a modal or Home tab; an empty list when nothing is."""
    faults = Faults()
    surface = view.get("type")
    if surface not in ("modal", "home"):
        faults.add("/view/type", "must be one of modal, home")
        return faults
    faults.known("/view", view, _VIEW_FIELDS)
    faults.string("/view", view, "callback_id", 255)
    faults.string("/view", view, "external_id", 255)
    if len(view.get("private_metadata") or "") > 3000:
        faults.add("/view/private_metadata", "must be less than 3001 characters")
    if surface == "modal":
        check_required_text(faults, "/view", view, "title", 24)
        check_optional_text(faults, "/view", view, "close", 24)
        check_optional_text(faults, "/view", view, "submit", 24)
    if "blocks" not in view:
        faults.add("/view", "missing required field: blocks")
        return faults
    check_blocks(faults, view["blocks"], surface)
    has_input = any(isinstance(block, dict) and block.get("type") == "input" for block in view["blocks"])
    if surface == "modal" and has_input and not view.get("submit"):
        faults.add("/view/submit", "submit is required when an input is in the blocks")
    if view_bytes(view) > VIEW_BYTES:
        faults.add("/view", f"view_too_large: must be less than {VIEW_BYTES + 1} bytes")
    return faults


def view_bytes(view: dict[str, Any]) -> int:
    """The size of a view as JSON."""
    return len(json.dumps(view, ensure_ascii=False).encode())
