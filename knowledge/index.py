"""A small in-memory full-text index: BM25F over weighted fields, scaled to 0..1."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from knowledge.words import content_words

# The usual BM25 constants: how soon repeats stop counting, and how much long fields are held back.
_SATURATION = 1.2
_LENGTH = 0.5


@dataclass(frozen=True, slots=True)
class TextField:
    """A piece of a document's text and how much a word in it counts."""

    text: str
    weight: float


class Index:
    """Documents are numbered in the order in which they are given."""

    def __init__(self, documents: Sequence[Sequence[TextField]]) -> None:
        """Each document has the same fields in the same order."""
        self.size = len(documents)
        counts = [
            [Counter(word.stem for word in content_words(field.text)) for field in document]
            for document in documents
        ]
        means = [
            max(1.0, sum(count.total() for count in column) / self.size)
            for column in zip(*counts, strict=True)
        ]
        self._postings: dict[str, dict[int, float]] = {}
        for number, (document, fields) in enumerate(zip(documents, counts, strict=True)):
            frequency: dict[str, float] = defaultdict(float)
            for field, count, mean in zip(document, fields, means, strict=True):
                for stem, times in count.items():
                    length = 1 - _LENGTH + _LENGTH * count.total() / mean
                    frequency[stem] += field.weight * times / length
            for stem, value in frequency.items():
                self._postings.setdefault(stem, {})[number] = value / (value + _SATURATION)

    def __contains__(self, stem: str) -> bool:
        return stem in self._postings

    def rarity(self, stem: str) -> float:
        """BM25's inverse document frequency; a word that is in no document is the rarest."""
        found = len(self.presence(stem))
        return math.log(1 + (self.size - found + 0.5) / (found + 0.5))

    def presence(self, stem: str) -> Mapping[int, float]:
        """By document number, how strongly the word is present, above 0 and below 1."""
        return self._postings.get(stem, {})

    def likeness(self) -> list[list[float]]:
        """How alike any two documents are: the cosine of their weighted words, 0 to 1."""
        alike = [[0.0] * self.size for _ in range(self.size)]
        for stem, presence in self._postings.items():
            weights = [(number, value * self.rarity(stem)) for number, value in presence.items()]
            for one, first in weights:
                for other, second in weights:
                    alike[one][other] += first * second
        lengths = [math.sqrt(alike[number][number]) or 1.0 for number in range(self.size)]
        return [
            [value / (lengths[one] * lengths[other]) for other, value in enumerate(row)]
            for one, row in enumerate(alike)
        ]


def strongest(scores: Iterable[tuple[int, float]], limit: int) -> list[tuple[int, float]]:
    """The highest scores first; equal ones keep the documents' order."""
    return sorted(scores, key=lambda item: (-item[1], item[0]))[: max(0, limit)]
