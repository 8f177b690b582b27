"""`markdown` blocks as HTML. Markup of other kinds in them is shown as it was written, as in Slack."""

from __future__ import annotations

import markdown2  # type: ignore[import-untyped]  # comes with NiceGUI and has no types

from sandbox.state import Json

_EXTRAS = ["cuddled-lists", "fenced-code-blocks", "strike", "tables"]


def render(block: Json) -> str:
    """HTML for a block of type `markdown`, its own angle brackets escaped and unsafe links taken out."""
    return str(markdown2.markdown(block["text"], extras=_EXTRAS, safe_mode="escape"))
