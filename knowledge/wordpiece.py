"""Cut a text into the numbered pieces of words that a BERT model reads (Devlin et al., 2018)."""

import re
import unicodedata
from pathlib import Path

_UNIT = re.compile(r"[^\W_]+|[^\w\s]|_")
_LONGEST_WORD = 100
_START, _END, _UNKNOWN = "[CLS]", "[SEP]", "[UNK]"


class WordPiece:
    """The pieces of one vocabulary, in small letters without accents."""

    def __init__(self, vocabulary: Path) -> None:
        """`vocabulary` has one piece a line, numbered from 0; OSError when it cannot be read."""
        lines = vocabulary.read_text(encoding="utf-8").splitlines()
        self._numbers = {piece: number for number, piece in enumerate(lines)}

    def numbers(self, text: str, at_most: int) -> list[int]:
        """The numbers of the text's pieces, with those for its start and end; the rest is cut off."""
        folded = unicodedata.normalize("NFD", text.lower())
        bare = "".join(char for char in folded if not unicodedata.combining(char))
        pieces: list[int] = []
        for unit in _UNIT.finditer(bare):
            if len(pieces) >= at_most - 2:
                break
            pieces += self._pieces(unit.group())
        return [self._numbers[_START], *pieces[: at_most - 2], self._numbers[_END]]

    def _pieces(self, word: str) -> list[int]:
        unknown = [self._numbers[_UNKNOWN]]
        if len(word) > _LONGEST_WORD:
            return unknown
        pieces: list[int] = []
        start = 0
        while start < len(word):
            prefix = "##" if start else ""
            ends = range(len(word), start, -1)
            end = next((end for end in ends if prefix + word[start:end] in self._numbers), None)
            if end is None:
                return unknown
            pieces.append(self._numbers[prefix + word[start:end]])
            start = end
        return pieces
