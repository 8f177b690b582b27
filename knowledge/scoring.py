"""How well each strategy answers a question: its words, their meanings, and how people ask for it."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from knowledge.encoder import Encoder
from knowledge.index import Bag, Index, Scores
from knowledge.model import Library, Strategy, Theme
from knowledge.reading import Reader, Reading
from knowledge.related import Matrix, likeness, same_theme
from knowledge.sense import Sense

_TITLE, _TEXT, _ASK, _THEME = 2.0, 1.0, 1.0, 1.0
# The asks of a strategy that are compared with a question: one may be alike by chance, three are not.
_BEST_ASKS = 3
# A strategy gains from what its nearest neighbours score, so that those which say one thing come together.
# A theme in common makes neighbours nearer.
_NEIGHBOURS = 6
_SAME_THEME = 0.1
_FROM_NEIGHBOURS = 0.8
_PARTS = 4
# What naming a theme adds to the score of its strategies.
_NAMED = 0.3
# Those after the first gain from being near to it, for one problem often has several answers.
_FROM_FIRST = 0.8
# What the likeness of the asks by sense counts against that by words.
_SENSE = 2.0
# What the likeness of two strategies by sense counts against that by words, above what any two have.
_NEAR_BY_SENSE = 2.0
_ALL_ALIKE = 0.45
# The trust in an answer: what words known here add to it, and words of matters for elsewhere take away.
_KNOWN = 0.1
_ELSEWHERE = 0.3
# The trust from which a question is answered: by words alone, and with sense, which then has a share in it.
_FITS = 0.22
_FITS_BY_SENSE = 0.26
_SENSE_IN_TRUST = 0.69
# What the likeness to questions for elsewhere takes from it.
_ELSEWHERE_BY_WORDS = 0.3
_ELSEWHERE_BY_SENSE = 0.35
# How alike an ask and a question must be for the ask to be the reason.
_SAME_QUESTION = 0.3
_SAME_SENSE = 0.5


@dataclass(frozen=True, slots=True)
class Scored:
    """One number a strategy, in the library's order.

    `scores` are 0 or more and say only which is better. `best_ask` is the number of the strategy's own ask
    that says nearly the same as the question, one past the last for its title, None when no ask does.
    `fits` says whether the question is about anything here.
    """

    scores: Scores
    best_ask: list[int | None]
    fits: bool


class Scoring:
    """Scores all strategies of a library."""

    def __init__(self, library: Library, reader: Reader, encoder: Encoder | None) -> None:
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
        spelt = [text for strategy in library.strategies for text in (*strategy.asks, strategy.title)]
        self._sense = Sense(encoder, spelt) if encoder else None
        elsewhere = library.glossary.elsewhere_asks
        self._elsewhere = Index([reader.text(ask).features for ask in elsewhere])
        self._elsewhere_sense = Sense(encoder, elsewhere) if encoder and elsewhere else None
        counts = [len(own) for own in ways]
        # Each strategy's row holds the numbers of its asks, filled up with one that is never alike.
        self._rows = np.full((len(counts), max(_BEST_ASKS, *counts)), sum(counts))
        first = 0
        for row, count in zip(self._rows, counts, strict=True):
            row[:count] = np.arange(first, first + count)
            first += count
        self.alike = likeness([{**words, **meanings} for words, meanings in bags])
        near = self.alike
        if self._sense:
            by_sense = np.maximum(self._sense.likeness_of_groups(counts) - _ALL_ALIKE, 0.0)
            near = (near + _NEAR_BY_SENSE * by_sense) / (1 + _NEAR_BY_SENSE)
        self._near = near + _SAME_THEME * same_theme(library)
        self._spread = _nearest(self._near)

    def score(self, reading: Reading, named: Theme | None) -> Scored:
        """`named` is a theme that the question names. Where a reading has no content, all scores are 0."""
        words = self.words.coverage(reading.stems)
        meanings = self._meanings.coverage(reading.meanings)
        by_words = self._by_strategy(self._asks.likeness(reading.features))
        own = words + meanings + _best(by_words) + _typical(by_words)
        scores = self._shared(own)
        trust = float(scores.max(initial=0.0)) + self._familiar(reading)
        fits = trust - _ELSEWHERE_BY_WORDS * _top(self._elsewhere.likeness(reading.features)) >= _FITS
        alike = by_words / _SAME_QUESTION
        if self._sense and reading.said:
            senses = self._sense.likeness(reading.sentence)
            by_sense = self._by_strategy(senses)
            scores = self._shared(own + _SENSE * (_best(by_sense) + _typical(by_sense)))
            trust = (1 - _SENSE_IN_TRUST) * trust + _SENSE_IN_TRUST * _top(senses)
            if self._elsewhere_sense:
                trust -= _ELSEWHERE_BY_SENSE * _top(self._elsewhere_sense.likeness(reading.sentence))
            fits = trust >= _FITS_BY_SENSE
            alike = np.maximum(alike, by_sense / _SAME_SENSE)
        if named:
            scores = scores + _NAMED * np.array([named.id in themes for themes in self._theme_ids])
        same = zip(alike.argmax(axis=1), alike.max(axis=1), strict=True)
        return Scored(self._gathered(scores), [int(ask) if like >= 1 else None for ask, like in same], fits)

    def words_in(self, number: int, reading: Reading) -> tuple[str, ...]:
        """The typed words, in their order, that the strategy answers, by themselves or by what they mean."""
        found = [
            *(stem for stem in reading.stems if self.words.has(number, stem)),
            *(meaning for meaning in reading.meanings if self._meanings.has(number, meaning)),
        ]
        matched = {word for feature in found for word in reading.sources[feature]}
        return tuple(word for word in reading.typed if word in matched)

    def _by_strategy(self, likeness: Scores) -> Matrix:
        """A row for each strategy with the likeness of its asks."""
        rows: Matrix = np.append(likeness, 0.0)[self._rows]
        return rows

    def _shared(self, own: Scores) -> Scores:
        """What the strategies score once each has its share of its neighbours'."""
        shared: Scores = (own + _FROM_NEIGHBOURS * (self._spread @ own)) / (_PARTS * (1 + _FROM_NEIGHBOURS))
        return shared

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


def _top(likeness: Scores) -> float:
    """The mean of the highest few: one text may be alike by chance."""
    return float(np.sort(likeness)[-_BEST_ASKS:].mean()) if likeness.size else 0.0


def _best(asks: Matrix) -> Scores:
    best: Scores = asks.max(axis=1)
    return best


def _typical(asks: Matrix) -> Scores:
    typical: Scores = np.sort(asks, axis=1)[:, -_BEST_ASKS:].mean(axis=1)
    return typical


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
