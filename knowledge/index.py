"""A small in-memory index: which of its texts share the features of another, such as words or meanings."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

Bag = Mapping[str, float]
"""The features of a text and how strongly each is there, above 0."""
Scores = npt.NDArray[np.float64]
"""One number a text, in the order of the index."""

# The usual BM25 constants: how soon repeats stop counting, and how much long texts are held back.
_SATURATION = 1.2
_LENGTH = 0.5


class Index:
    """Texts are numbered in the order in which they are given."""

    def __init__(self, bags: Sequence[Bag]) -> None:
        self.size = len(bags)
        self._bags = bags
        found = Counter(feature for bag in bags for feature in bag)
        self._rarity = {feature: self._rareness(count) for feature, count in found.items()}
        self._rarest = self._rareness(0)
        mean = sum(sum(bag.values()) for bag in bags) / max(1, self.size)
        postings: dict[str, list[tuple[int, float, float]]] = defaultdict(list)
        for number, bag in enumerate(bags):
            held_back = _SATURATION * (1 - _LENGTH + _LENGTH * sum(bag.values()) / mean) if bag else 1.0
            parts = {feature: self._rarity[feature] * math.log1p(times) for feature, times in bag.items()}
            length = _length(parts)
            for feature, times in bag.items():
                postings[feature].append((number, times / (times + held_back), parts[feature] / length))
        self._postings = {feature: _columns(rows) for feature, rows in postings.items()}

    def __contains__(self, feature: str) -> bool:
        return feature in self._postings

    def has(self, number: int, feature: str) -> bool:
        """Whether the text of that number has the feature."""
        return feature in self._bags[number]

    def rarity(self, feature: str) -> float:
        """BM25's inverse document frequency; a feature that no text has is the rarest."""
        return self._rarity.get(feature, self._rarest)

    def coverage(self, bag: Bag) -> Scores:
        """How much of `bag` each text has, by rarity, with BM25's account of repeats and length; 0 to 1."""
        scores = np.zeros(self.size)
        weights = {feature: value * self.rarity(feature) for feature, value in bag.items()}
        whole = sum(weights.values()) or 1.0
        for feature, weight in weights.items():
            if feature in self._postings:
                numbers, strengths, _ = self._postings[feature]
                scores[numbers] += weight / whole * strengths
        return scores

    def likeness(self, bag: Bag) -> Scores:
        """How alike each text and `bag` are: the cosine of their features weighted by rarity, 0 to 1."""
        scores = np.zeros(self.size)
        weights = {feature: value * self.rarity(feature) for feature, value in bag.items()}
        whole = _length(weights) or 1.0
        for feature, weight in weights.items():
            if feature in self._postings:
                numbers, _, parts = self._postings[feature]
                scores[numbers] += weight / whole * parts
        return scores

    def _rareness(self, found: int) -> float:
        return math.log(1 + (self.size - found + 0.5) / (found + 0.5))


def _length(weights: Bag) -> float:
    return math.sqrt(sum(weight * weight for weight in weights.values()))


def _columns(rows: list[tuple[int, float, float]]) -> tuple[npt.NDArray[np.int64], Scores, Scores]:
    numbers, strengths, parts = zip(*rows, strict=True)
    return np.array(numbers), np.array(strengths), np.array(parts)
