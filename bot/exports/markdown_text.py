"""Markdown in which nothing that a person wrote is read as markup."""

import re
from collections.abc import Sequence

from bot.exports.plain_text import one_line

MARKUP = re.compile(r"([\\`*_\[\]<>#|~!&])")
LEAD = re.compile(r"^([-+=])")
NUMBER = re.compile(r"^(\d+)(?=[.)])")
LINE_BREAK = "<br>"


def plain(text: str) -> str:
    """One line that shows as it was written: no heading, mention, table or disguised link comes of it."""
    escaped = MARKUP.sub(r"\\\1", one_line(text))
    return NUMBER.sub(r"\1\\", LEAD.sub(r"\\\1", escaped))


def table(heads: Sequence[str], rows: Sequence[Sequence[Sequence[str]]]) -> str:
    """A table; a cell is its lines, as people wrote them."""
    lines = [[plain(head) for head in heads], ["---"] * len(heads)]
    lines += [[LINE_BREAK.join(plain(line) for line in cell) for cell in row] for row in rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
