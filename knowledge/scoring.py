"""How well each strategy answers a question: its words, their meanings, and how people ask for it."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from knowledge.index import Bag, Index, Scores
from knowledge.model import Library, Strategy, Theme
from knowledge.reading import Reader, Reading
from knowledge.related import Matrix, likeness, same_theme

_TITLE, _TEXT, _ASK, _THEME = 2.0, 1.0, 1.0, 1.0
# The asks of a strategy that are compared with a question: one may be alike by chance, three are not.
_BEST_ASKS = 3
# A strategy gains from what its nearest neighbours score, so that those which say one thing come together.
# A theme in common makes neighbours nearer.
_NEIGHBOURS = 6
_SAME_THEME = 0.15
_FROM_NEIGHBOURS = 0.8
_PARTS = 4
# What naming a theme adds to the score of its strategies.
_NAMED = 0.3
# Those after the first gain from being near to it, for one problem often has several answers.
_FROM_FIRST = 0.8
# The trust in an answer: what words known here add to it, and words of matters for elsewhere take away.
_KNOWN = 0.1
_ELSEWHERE = 0.3


@dataclass(frozen=True, slots=True)
class Scored:
    """One number a strategy, in the library's order.

    `scores` are 0 or more and say only which is better. `best_ask` is the number of the strategy's own ask
    that is most like the question, one past the last for its title; `ask_likeness` says how alike, 0 to 1.
    `trust` says how surely the question is about anything here.
    """

    scores: Scores
    best_ask: list[int]
    ask_likeness: Scores
    trust: float


class Scoring:
    """Scores all strategies of a library."""

    def __init__(self, library: Library, reader: Reader) -> None:
        self._theme_ids = [{strategy.theme_id, *strategy.also} for strategy in library.strategies]
        asks = [[reader.text(ask) for ask in strategy.asks] for strategy in library.strategies]
        titles = [reader.text(strategy.title) for strategy in library.strategies]
        bags = [
            _bags([(title, _TITLE), *((ask, _ASK) for ask in own), *_other_texts(library, reader, strategy)])
            for strategy, own, title in zip(library.strategies, asks, titles, strict=True)
        ]
        self.words = Index([words for words, _ in bags])
        self._meanings = Index([meanings for _, meanings in bags])
        # A title is one more way to ask, so that whoever types it finds its strategy first.
        ways = [[*own, title] for own, title in zip(asks, titles, strict=True)]
        self._asks = Index([way.features for own in ways for way in own])
        counts = [len(own) for own in ways]
        # Each strategy's row holds the numbers of its asks, filled up with one that is never alike.
        self._rows = np.full((len(counts), max(_BEST_ASKS, *counts)), sum(counts))
        first = 0
        for row, count in zip(self._rows, counts, strict=True):
            row[:count] = np.arange(first, first + count)
            first += count
        self.alike = likeness([{**words, **meanings} for words, meanings in bags])
        self._near = self.alike + _SAME_THEME * same_theme(library)
        self._spread = _nearest(self._near)

    def score(self, reading: Reading, named: Theme | None) -> Scored:
        """Those of a reading without content are all 0. `named` is a theme that the question names."""
        words = self.words.coverage(reading.stems)
        meanings = self._meanings.coverage(reading.meanings)
        alike = np.append(self._asks.likeness(reading.features), 0.0)[self._rows]
        best = alike.max(axis=1)
        typical = np.sort(alike, axis=1)[:, -_BEST_ASKS:].mean(axis=1)
        own = words + meanings + best + typical
        scores = (own + _FROM_NEIGHBOURS * (self._spread @ own)) / (_PARTS * (1 + _FROM_NEIGHBOURS))
        trust = float(scores.max(initial=0.0)) + self._familiar(reading)
        if named:
            scores = scores + _NAMED * np.array([named.id in themes for themes in self._theme_ids])
        return Scored(self._gathered(scores), [int(number) for number in alike.argmax(axis=1)], best, trust)

    def words_in(self, number: int, reading: Reading) -> tuple[str, ...]:
        """The typed words, in their order, that the strategy answers, by themselves or by what they mean."""
        found = [
            *(stem for stem in reading.stems if self.words.has(number, stem)),
            *(meaning for meaning in reading.meanings if self._meanings.has(number, meaning)),
        ]
        matched = {word for feature in found for word in reading.sources[feature]}
        return tuple(word for word in reading.typed if word in matched)

    def _gathered(self, scores: Scores) -> Scores:
        """The same strategy first, then more of those that are near to it."""
        if not scores.any():
            return scores
        first = int(scores.argmax())
        gathered: Scores = scores + _FROM_FIRST * scores[first] * self._near[first]
        gathered[first] = np.nextafter(gathered.max(), np.inf)
        return gathered

    def _familiar(self, reading: Reading) -> float:
        """How much of the question, by rarity, is in words known here, less what is in those of elsewhere."""
        weights = {stem: self.words.rarity(stem) for stem in reading.said | reading.elsewhere}
        known = sum(weights[stem] for stem in weights if stem in self.words or stem in reading.explained)
        elsewhere = sum(weights[stem] for stem in reading.elsewhere)
        return (_KNOWN * known - _ELSEWHERE * elsewhere) / (sum(weights.values()) or 1.0)


def _other_texts(library: Library, reader: Reader, strategy: Strategy) -> list[tuple[Reading, float]]:
    theme = library.theme_of(strategy)
    return [(reader.text(strategy.text), _TEXT), (reader.text(f"{theme.id} {theme.title}"), _THEME)]


def _bags(readings: list[tuple[Reading, float]]) -> tuple[Bag, Bag]:
    """The words and the meanings of all readings, by how often they come and how much each reading counts."""
    words: dict[str, float] = defaultdict(float)
    meanings: dict[str, float] = defaultdict(float)
    for reading, weight in readings:
        for stem in reading.stems:
            words[stem] += weight
        for meaning in reading.meanings:
            meanings[meaning] += weight
    return words, meanings


def _nearest(near: Matrix) -> Matrix:
    """Each strategy's nearest neighbours by their share in its neighbourhood; rows add up to 1."""
    spread = np.zeros_like(near)
    for row, values in zip(spread, near, strict=True):
        nearest = np.argsort(-values, kind="stable")[:_NEIGHBOURS]
        row[nearest] = values[nearest]
    totals = spread.sum(axis=1, keepdims=True)
    totals[totals == 0] = 1.0
    shares: Matrix = spread / totals
    return shares
