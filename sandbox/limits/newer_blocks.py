"""Limits of the newer blocks: tables, charts, cards, alerts and containers."""

from collections.abc import Callable
from typing import Any

from sandbox.limits.faults import Faults
from sandbox.limits.objects import ANY_TEXT, check_optional_text

Block = dict[str, Any]
MARKDOWN_TOTAL = 12_000


def check_markdown(faults: Faults, path: str, block: Block) -> None:
    faults.string(path, block, "text", MARKDOWN_TOTAL, is_required=True)


def check_table(faults: Faults, path: str, block: Block) -> None:
    """Judge a table or data_table: rows of cells."""
    if not faults.is_list(f"{path}/rows", block.get("rows"), 101 if block["type"] == "data_table" else 100):
        return
    for number, row in enumerate(block["rows"]):
        if not faults.is_list(f"{path}/rows/{number}", row, 20):
            continue
        for index, cell in enumerate(row):
            kind = cell.get("type") if isinstance(cell, dict) else None
            if kind not in ("raw_text", "raw_number", "rich_text"):
                faults.add(f"{path}/rows/{number}/{index}", f"unsupported type: {kind}")
            elif kind == "raw_text" and not cell.get("text"):
                faults.add(f"{path}/rows/{number}/{index}/text", "must be more than 0 characters")
    if block["type"] == "data_table":
        faults.string(path, block, "caption", 3000, is_required=True)
        faults.integer(f"{path}/page_size", block.get("page_size"), 1, 100)


def check_chart(faults: Faults, path: str, block: Block) -> None:
    """Judge a data_visualization."""
    faults.string(path, block, "title", 50)
    chart = block.get("chart")
    if not isinstance(chart, dict):
        faults.add(path, "missing required field: chart")
        return
    faults.choice(f"{path}/chart/type", chart.get("type", "none"), ("pie", "bar", "line", "area"))
    if chart.get("type") == "pie":
        if faults.is_list(f"{path}/chart/segments", chart.get("segments"), 6):
            for index, segment in enumerate(chart["segments"]):
                here = f"{path}/chart/segments/{index}"
                faults.string(here, segment, "label", 20, is_required=True)
                if not segment.get("value", 0) > 0:
                    faults.add(f"{here}/value", "must be positive")
    elif faults.is_list(f"{path}/chart/series", chart.get("series"), 6):
        for index, series in enumerate(chart["series"]):
            here = f"{path}/chart/series/{index}"
            faults.string(here, series, "name", 20, is_required=True)
            faults.is_list(f"{here}/data", series.get("data"), 20)


def check_card(faults: Faults, path: str, block: Block) -> None:
    check_optional_text(faults, path, block, "title", 150, ANY_TEXT)
    check_optional_text(faults, path, block, "subtitle", 150, ANY_TEXT)
    check_optional_text(faults, path, block, "body", 200, ANY_TEXT)
    check_optional_text(faults, path, block, "subtext", 200, ANY_TEXT)
    if block.get("actions") is not None:
        faults.is_list(f"{path}/actions", block["actions"], 3)


def check_carousel(faults: Faults, path: str, block: Block) -> None:
    if faults.is_list(f"{path}/elements", block.get("elements"), 10):
        for index, card in enumerate(block["elements"]):
            if faults.is_object(f"{path}/elements/{index}", card):
                check_card(faults, f"{path}/elements/{index}", card)


def check_alert(faults: Faults, path: str, block: Block) -> None:
    text = block.get("text")
    if isinstance(text, str):
        faults.string(path, block, "text", 200, is_required=True)
    else:
        check_optional_text(faults, path, {"text": text or {}}, "text", 200, ANY_TEXT)
    faults.choice(f"{path}/level", block.get("level"), ("default", "info", "warning", "error", "success"))


def check_context_actions(faults: Faults, path: str, block: Block) -> None:
    if faults.is_list(f"{path}/elements", block.get("elements"), 5):
        for index, element in enumerate(block["elements"]):
            kind = element.get("type") if isinstance(element, dict) else None
            if kind not in ("feedback_buttons", "icon_button"):
                faults.add(f"{path}/elements/{index}", f"unsupported type: {kind}")


def check_plan(faults: Faults, path: str, block: Block) -> None:
    if block.get("tasks") is not None:
        faults.is_list(f"{path}/tasks", block["tasks"], 50)


def nothing_more(faults: Faults, path: str, block: Block) -> None:
    """Kinds of which only the common properties are limited."""


CHECKS: dict[str, tuple[frozenset[str], Callable[[Faults, str, Block], None]]] = {
    "markdown": (frozenset({"message"}), check_markdown),
    "table": (frozenset({"message", "home"}), check_table),
    "data_table": (frozenset({"message", "home"}), check_table),
    "data_visualization": (frozenset({"message", "home"}), check_chart),
    "card": (frozenset({"message", "modal", "home"}), check_card),
    "carousel": (frozenset({"message", "home"}), check_carousel),
    "alert": (frozenset({"modal"}), check_alert),
    "context_actions": (frozenset({"message"}), check_context_actions),
    "plan": (frozenset({"message"}), check_plan),
    "task_card": (frozenset({"message"}), nothing_more),
    "video": (frozenset({"message", "modal", "home"}), nothing_more),
}
"""Where each newer block may stand, and what judges it."""
