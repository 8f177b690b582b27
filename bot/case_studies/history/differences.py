"""What was removed from an answer and what was added: rules, and no more.

rapidfuzz finds the words that stayed: as many as can be, and in milliseconds whatever two texts say. The
standard library's difflib takes many seconds for two long answers made of a few words, unless it overlooks
frequent words, and then most of what stayed looks changed.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Indel

PieceKind = Literal["same", "removed", "added", "left_out"]

AROUND = 8
"""So many words and marks are kept of what stayed, on either side of a change."""
LEAST_LEFT_OUT = 4
TOO_SHORT = 3
"""A stretch between two changes with so few letters stayed by chance: "a" or "of"."""
LEFT_OUT = " … "

_TOKEN = re.compile(r"(\w+(?:['’]\w+)*|[^\w\s])(\s*)")
_LEADING_SPACE = re.compile(r"\s*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; "left_out" stands for one that stayed, and has a sign for its text."""

    kind: PieceKind
    text: str


@dataclass(slots=True)
class _Change:
    """What stayed, then what was removed after it, and what was added in its place."""

    same: str = ""
    removed: str = ""
    added: str = ""

    @property
    def is_change(self) -> bool:
        return bool(self.removed or self.added)


def word_differences(before: str, after: str) -> tuple[Piece, ...]:
    """What stayed, was removed and was added, in order and without a letter lost.

    The pieces that are not "added" are together `before`, those that are not "removed" `after`.
    """
    old, new = _tokens(before), _tokens(after)
    changes = [_Change()]
    # rapidfuzz takes "" for "\0", so it is given a number for each word.
    numbers: dict[str, int] = {}
    old_words, new_words = (
        [numbers.setdefault(word, len(numbers)) for word, _ in tokens] for tokens in (old, new)
    )
    for code in Indel.opcodes(old_words, new_words):
        left, right = old[code.src_start : code.src_end], new[code.dest_start : code.dest_end]
        if code.tag == "equal":
            for (word, space), (_, new_space) in zip(left, right, strict=True):
                _stay(changes, word)
                if space == new_space:
                    _stay(changes, space)
                else:
                    _alter(changes, space, new_space)
        else:
            _alter(changes, _text_of(left), _text_of(right))
    return tuple(_pieces(_joined(changes)))


def shortened(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The same with no more than a few words of what stayed on either side of each change."""
    short: list[Piece] = []
    for at, piece in enumerate(pieces):
        if piece.kind != "same":
            short.append(piece)
            continue
        tokens = [word + space for word, space in _tokens(piece.text)]
        before = tokens[:AROUND] if at else []
        rest = tokens[len(before) :]
        after = rest[-AROUND:] if at + 1 < len(pieces) else []
        left_out = len(rest) - len(after)
        if left_out < LEAST_LEFT_OUT:
            short.append(piece)
            continue
        short += [Piece("same", "".join(before).rstrip())] if before else []
        short.append(Piece("left_out", LEFT_OUT))
        short += [Piece("same", "".join(after))] if after else []
    return tuple(short)


def list_differences(before: Iterable[str], after: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a list lost and what it gained, each in its own order."""
    old, new = dict.fromkeys(before), dict.fromkeys(after)
    return tuple(one for one in old if one not in new), tuple(one for one in new if one not in old)


def _tokens(text: str) -> list[tuple[str, str]]:
    """Words and marks, each with the space after it; space at the very start follows an empty word."""
    leading = _LEADING_SPACE.match(text)
    space = leading[0] if leading else ""
    return ([("", space)] if space else []) + _TOKEN.findall(text)


def _text_of(tokens: Iterable[tuple[str, str]]) -> str:
    return "".join(word + space for word, space in tokens)


def _stay(changes: list[_Change], text: str) -> None:
    if not text:
        return
    if changes[-1].is_change:
        changes.append(_Change())
    changes[-1].same += text


def _alter(changes: list[_Change], removed: str, added: str) -> None:
    changes[-1].removed += removed
    changes[-1].added += added


def _joined(changes: Iterable[_Change]) -> list[_Change]:
    """The changes, those made one between which hardly anything stayed."""
    joined: list[_Change] = []
    for change in changes:
        letters = sum(letter.isalnum() for letter in change.same)
        if joined and change.is_change and letters <= TOO_SHORT:
            joined[-1].removed += change.same + change.removed
            joined[-1].added += change.same + change.added
        else:
            joined.append(change)
    return joined


def _pieces(changes: Iterable[_Change]) -> Iterable[Piece]:
    for change in changes:
        if change.same:
            yield Piece("same", change.same)
        if change.removed:
            yield Piece("removed", change.removed)
        if change.added:
            yield Piece("added", change.added)
