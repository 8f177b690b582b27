"""`table` blocks as real tables with column headings."""

from __future__ import annotations

from html import escape

from sandbox.pages import rich_text
from sandbox.pages.reader import Reader
from sandbox.state import Json

_ALIGN = {"left", "center", "right"}


def render(block: Json, reader: Reader) -> str:
    """HTML for a block of type `table`; as in Slack its first row holds the headings."""
    settings = block.get("column_settings") or []
    head, *body = block["rows"]
    rows = "".join(f"<tr>{_cells(row, 'td', settings, reader)}</tr>" for row in body)
    headings = _cells(head, 'th scope="col"', settings, reader)
    return f"<table><thead><tr>{headings}</tr></thead><tbody>{rows}</tbody></table>"


def _cells(row: list[Json], tag: str, settings: list[Json | None], reader: Reader) -> str:
    html = ""
    for index, cell in enumerate(row):
        setting = (settings[index] if index < len(settings) else None) or {}
        align = setting.get("align")
        style = f' class="align-{align}"' if align in _ALIGN else ""
        html += f"<{tag}{style}>{_content(cell, reader)}</{tag.split(maxsplit=1)[0]}>"
    return html


def _content(cell: Json, reader: Reader) -> str:
    if cell["type"] == "rich_text":
        return rich_text.render(cell, reader)
    return escape(str(cell.get("text", cell.get("value", ""))), quote=False)
