"""One line a statement or a person that no other has, and that the files of ballots can hold."""

from collections.abc import Sequence

from bot.exports.plain_text import one_line
from bot.exports.spreadsheet import defused

COLUMNS = frozenset({"voter", "agency", "count"})
"""What a column of ballots may not be called, because it would be taken for something else."""


def told_apart(texts: Sequence[str], otherwise: str) -> list[str]:
    """Each text as one line; the second of two that are alike ends in "(2)".

    An empty one becomes `otherwise` with its number. Two are alike when they would be in a spreadsheet,
    or but for capitals.
    """
    taken = set(COLUMNS)
    labels = []
    for number, text in enumerate(texts, start=1):
        plain = one_line(text) or f"{otherwise} {number}"
        label, copy = plain, 2
        while defused(label).casefold() in taken:
            label, copy = f"{plain} ({copy})", copy + 1
        taken.add(defused(label).casefold())
        labels.append(label)
    return labels
