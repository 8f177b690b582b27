"""Limits of Block Kit's blocks on each surface."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from sandbox.limits import newer_blocks
from sandbox.limits.elements import check_element, check_image
from sandbox.limits.faults import Faults
from sandbox.limits.objects import ANY_TEXT, check_optional_text, check_required_text, check_text
from sandbox.limits.rich_text import check_rich_text

Block = dict[str, Any]
MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}
BLOCK_ID = 255
MOST_CHARTS = 2
CONTAINED = 10


def check_blocks(faults: Faults, blocks: object, surface: str) -> None:
    """Judge all blocks of a message, modal or Home tab."""
    if not faults.is_list("/blocks", blocks, MOST_BLOCKS[surface], at_least=0) or not isinstance(
        blocks, list
    ):
        return
    for index, block in enumerate(blocks):
        check_block(faults, f"/blocks/{index}", block, surface)
    whole = [block for block in blocks if isinstance(block, dict)]
    repeated = Counter(str(block["block_id"]) for block in whole if block.get("block_id"))
    for block_id in (block_id for block_id, count in repeated.items() if count > 1):
        faults.add("/blocks", f"block_id {block_id} must be unique")
    kinds = Counter(str(block.get("type")) for block in whole)
    if kinds["data_visualization"] > MOST_CHARTS:
        faults.add("/blocks", f"no more than {MOST_CHARTS} data_visualization blocks allowed")
    markdown = sum(len(str(block.get("text", ""))) for block in whole if block.get("type") == "markdown")
    if markdown > newer_blocks.MARKDOWN_TOTAL:
        faults.add("/blocks", f"markdown text must be less than {newer_blocks.MARKDOWN_TOTAL + 1} characters")


def check_block(faults: Faults, path: str, block: object, surface: str) -> None:
    if not isinstance(block, dict):
        faults.add(path, "must provide an object")
        return
    kind = str(block.get("type"))
    faults.string(path, block, "block_id", BLOCK_ID)
    if kind in FIELDS:
        faults.known(path, block, ("type", "block_id", *FIELDS[kind]))
        CLASSIC[kind](faults, path, block, surface)
    elif kind == "container":
        _container(faults, path, block, surface)
    elif kind in newer_blocks.CHECKS:
        surfaces, check = newer_blocks.CHECKS[kind]
        if surface not in surfaces:
            faults.add(path, f"unsupported type: {kind} is not available in a {surface}")
        check(faults, path, block)
    else:
        faults.add(path, f"unsupported type: {kind}")


def _section(faults: Faults, path: str, block: Block, surface: str) -> None:
    if block.get("text") is None and block.get("fields") is None:
        faults.add(path, "missing required field: text or fields")
    check_optional_text(faults, path, block, "text", 3000, ANY_TEXT)
    if block.get("fields") is not None and faults.is_list(f"{path}/fields", block["fields"], 10):
        for index, text in enumerate(block["fields"]):
            check_text(faults, f"{path}/fields/{index}", text, 2000, ANY_TEXT)
    if block.get("accessory") is not None:
        check_element(faults, f"{path}/accessory", block["accessory"], "section", surface)


def _header(faults: Faults, path: str, block: Block, surface: str) -> None:
    check_required_text(faults, path, block, "text", 150)


def _divider(faults: Faults, path: str, block: Block, surface: str) -> None:
    """A divider holds nothing."""


def _context(faults: Faults, path: str, block: Block, surface: str) -> None:
    if not faults.is_list(f"{path}/elements", block.get("elements"), 10):
        return
    for index, element in enumerate(block["elements"]):
        here = f"{path}/elements/{index}"
        if isinstance(element, dict) and element.get("type") in ANY_TEXT:
            check_text(faults, here, element, 3000, ANY_TEXT)
        else:
            check_element(faults, here, element, "context", surface)


def _actions(faults: Faults, path: str, block: Block, surface: str) -> None:
    if not faults.is_list(f"{path}/elements", block.get("elements"), 25):
        return
    for index, element in enumerate(block["elements"]):
        check_element(faults, f"{path}/elements/{index}", element, "actions", surface)
    ids = Counter(
        str(e["action_id"]) for e in block["elements"] if isinstance(e, dict) and e.get("action_id")
    )
    for action_id in (action_id for action_id, count in ids.items() if count > 1):
        faults.add(f"{path}/elements", f"action_id {action_id} must be unique")


def _input(faults: Faults, path: str, block: Block, surface: str) -> None:
    check_required_text(faults, path, block, "label", 2000)
    check_optional_text(faults, path, block, "hint", 2000)
    if block.get("element") is None:
        faults.add(path, "missing required field: element")
        return
    check_element(faults, f"{path}/element", block["element"], "input", surface)
    is_file_input = isinstance(block["element"], dict) and block["element"].get("type") == "file_input"
    if block.get("dispatch_action") and is_file_input:
        faults.add(f"{path}/dispatch_action", "not allowed with file_input")


def _image(faults: Faults, path: str, block: Block, surface: str) -> None:
    check_image(faults, path, block)
    check_optional_text(faults, path, block, "title", 2000)


def _rich_text(faults: Faults, path: str, block: Block, surface: str) -> None:
    check_rich_text(faults, path, block)


def _container(faults: Faults, path: str, block: Block, surface: str) -> None:
    if surface == "modal":
        faults.add(path, "unsupported type: container is not available in a modal")
    if isinstance(block.get("title"), dict):
        check_text(faults, f"{path}/title", block["title"], 150, ANY_TEXT)
    check_optional_text(faults, path, block, "subtitle", 150, ANY_TEXT)
    if faults.is_list(f"{path}/child_blocks", block.get("child_blocks"), CONTAINED):
        for index, child in enumerate(block["child_blocks"]):
            check_block(faults, f"{path}/child_blocks/{index}", child, surface)


FIELDS: dict[str, tuple[str, ...]] = {
    "section": ("text", "fields", "accessory", "expand"),
    "header": ("text",),
    "divider": (),
    "context": ("elements",),
    "actions": ("elements",),
    "input": ("label", "element", "dispatch_action", "hint", "optional"),
    "image": ("image_url", "alt_text", "title", "slack_file"),
    "rich_text": ("elements",),
}
"""The classic blocks, which stand on every surface, and the properties that each knows."""

CLASSIC: dict[str, Callable[[Faults, str, Block, str], None]] = {
    "section": _section,
    "header": _header,
    "divider": _divider,
    "context": _context,
    "actions": _actions,
    "input": _input,
    "image": _image,
    "rich_text": _rich_text,
}
