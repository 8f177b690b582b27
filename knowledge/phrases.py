"""Find known words and phrases in a text, by their stems."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from knowledge.words import all_words

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Found(Generic[_Value]):
    """`value` is known by the words `start` up to `end`, not included."""

    start: int
    end: int
    value: _Value


class Phrases(Generic[_Value]):
    """Words and phrases, each with the values that it stands for."""

    def __init__(self, entries: Iterable[tuple[str, _Value]]) -> None:
        self._values: dict[tuple[str, ...], list[_Value]] = defaultdict(list)
        for phrase, value in entries:
            stems = tuple(word.stem for word in all_words(phrase))
            if stems and value not in self._values[stems]:
                self._values[stems].append(value)
        self._lengths: dict[str, list[int]] = defaultdict(list)
        for stems in self._values:
            if len(stems) not in self._lengths[stems[0]]:
                self._lengths[stems[0]].append(len(stems))

    def found_in(self, stems: Sequence[str]) -> Iterator[Found[_Value]]:
        """All of them that `stems` hold in a row, those within others too."""
        for start, stem in enumerate(stems):
            for length in self._lengths.get(stem, ()):
                for value in self._values.get(tuple(stems[start : start + length]), ()):
                    yield Found(start, start + length, value)
