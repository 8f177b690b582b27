"""Statements that a group words itself: one a line, as people paste them.

Pure functions on text. Marks of a list ("-", "•", "3.", "b)") are no part of a statement.
"""

import re
from dataclasses import dataclass

from bot.blocks import OPTION_LENGTH, cut
from bot.handover import FEWEST_RANKED, MOST_RANKED
from bot.plurals import counted
from storage.records.rankings import Item

LONGEST = 300
"""Characters of one statement."""
FAULTS_TOLD = 4
QUOTED = 40

_MARK = re.compile(r"^(?:[-*+•◦▪‣·–—☐☑✓]|\(?(?:\d{1,3}|[A-Za-z])[.)])(?:\s+|$)")
_LISTED = 3
"""From so many marked lines on a message is a list, and what stands around it is not."""


@dataclass(frozen=True, slots=True)
class Line:
    """A statement with the number of the line that it was typed in, from 1."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Listed:
    """What a message lists: a title where words stand before the list, and a statement a line.

    `left_out` is how many lines at the end a form cannot hold.
    """

    title: str
    statements: str
    left_out: int


def read_lines(text: str) -> list[Line]:
    """The statements in a text, without list marks and empty lines."""
    found = (Line(at, _unmarked(line)) for at, line in enumerate(text.splitlines(), start=1))
    return [line for line in found if line.text]


def statement_items(text: str) -> tuple[Item, ...]:
    """The statements as items; one that is longer than a title has its whole text too."""
    return tuple(
        Item(f"own-{at}", cut(line.text, OPTION_LENGTH), line.text if len(line.text) > OPTION_LENGTH else "")
        for at, line in enumerate(read_lines(text), start=1)
    )


def statement_faults(text: str) -> str:
    """What has to change before these can be ranked, in words; "" when nothing has."""
    lines = read_lines(text)
    faults = [*_count_faults(len(lines)), *_line_faults(lines)]
    more = len(faults) - FAULTS_TOLD
    return " ".join([*faults[:FAULTS_TOLD], *([f"And {more} more like these."] if more > 0 else [])])


def listed_in(message: str, most_characters: int) -> Listed:
    """The list in a message: its marked lines when it has a few, or else every line."""
    lines = [line for line in message.splitlines() if line.strip()]
    marked = [line for line in lines if _is_marked(line)]
    title = ""
    if len(marked) >= _LISTED:
        before = lines[: lines.index(marked[0])]
        title = cut(" ".join(before[-1].split()).rstrip(":"), OPTION_LENGTH) if before else ""
        lines = marked
    kept: list[str] = []
    left = most_characters
    for line in filter(None, map(_unmarked, lines)):
        if len(line) + 1 > left:
            break
        kept.append(line)
        left -= len(line) + 1
    found = sum(bool(_unmarked(line)) for line in lines)
    return Listed(title, "\n".join(kept), found - len(kept))


def _count_faults(count: int) -> list[str]:
    have = f"{'This is' if count == 1 else 'These are'} {counted(count, 'statement', 'statements')}"
    if count < FEWEST_RANKED:
        return [f"{have}, and a ranking needs at least {FEWEST_RANKED}. Write one in each line."]
    if count > MOST_RANKED:
        return [f"{have}, and a ranking takes at most {MOST_RANKED}. Take {count - MOST_RANKED} out."]
    return []


def _line_faults(lines: list[Line]) -> list[str]:
    faults: list[str] = []
    first: dict[str, Line] = {}
    for line in lines:
        quoted = f"Line {line.number} (“{cut(line.text, QUOTED)}”)"
        earlier = first.setdefault(_sense(line.text), line)
        if earlier is not line:
            faults.append(f"{quoted} is the same as line {earlier.number}: take one of them out.")
        if len(line.text) > LONGEST:
            faults.append(
                f"{quoted} has {len(line.text)} characters, and a statement has at most {LONGEST}: "
                "make it shorter."
            )
    return faults


def _unmarked(line: str) -> str:
    return " ".join(_MARK.sub("", line.strip(), count=1).split())


def _is_marked(line: str) -> bool:
    return _MARK.match(line.strip()) is not None


def _sense(text: str) -> str:
    """Equal for statements that differ in case, spaces or the full stop only."""
    return " ".join(text.casefold().split()).rstrip(".")
