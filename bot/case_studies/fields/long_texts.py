"""Texts that are too long for one field of a form, which holds 3,000 characters: two fields hold them.

What stood between the two, such as the end of a line, is told by the name of the second field, so that
a text comes out of the form as it went in.
"""

import re
from dataclasses import dataclass

from bot.blocks import INPUT_LENGTH

LONGEST_TEXT = 2 * INPUT_LENGTH
NEARLY_FULL = INPUT_LENGTH - 300
"""From this length on, a second field is offered."""
BETWEEN = {"more": " ", "line": "\n", "paragraph": "\n\n", "joined": ""}
"""What stands between the two texts, by the name of the second."""
_GAP = re.compile(r"(?<=\S)( |\n|\n\n)(?=\S)")


@dataclass(frozen=True, slots=True)
class Halves:
    """A text for two fields; `between` is a name of `BETWEEN`."""

    first: str
    second: str
    between: str


def split_text(text: str) -> Halves | None:
    """The text for two fields, split at a word where one ends; None when one field is enough."""
    if len(text) < NEARLY_FULL:
        return None
    if len(text) <= INPUT_LENGTH:
        return Halves(text, "", "more")
    names = {gap: name for name, gap in BETWEEN.items()}
    gaps = [
        gap
        for gap in _GAP.finditer(text)
        if gap.start() <= INPUT_LENGTH and len(text) - gap.end() <= INPUT_LENGTH
    ]
    if not gaps:
        return Halves(text[:INPUT_LENGTH], text[INPUT_LENGTH:], "joined")
    last = gaps[-1]
    return Halves(text[: last.start()], text[last.end() :], names[last[0]])


def join_text(first: str, second: str, between: str) -> str:
    """The two texts as one; one that is empty leaves the other as it is."""
    return BETWEEN[between].join(text for text in (first, second) if text)
