"""Find strategies by plain words: forgiving of spelling, silent when nothing fits, and able to say why."""

from dataclasses import replace
from functools import cached_property

import numpy as np

from knowledge.answer import Answer, Match
from knowledge.encoder import Encoder
from knowledge.model import Library, Strategy, Theme
from knowledge.reading import Reader, Reading
from knowledge.related import related_strategies
from knowledge.scoring import Scored, Scoring
from knowledge.theme_names import ThemeNames
from knowledge.topics import sentences, topics

# The coverage of a question's words from which a theme is near enough to be offered when no strategy fits.
_NEAR = 0.15
_NEAREST_THEMES = 3


class Search:
    """Look-up over one library, by words, and by sense too when there is an encoder. Nothing is fetched."""

    def __init__(self, library: Library, encoder: Encoder | None = None) -> None:
        self._library = library
        self._themes = ThemeNames(library)
        texts = [
            text
            for strategy in library.strategies
            for text in (strategy.title, strategy.text, *strategy.asks)
        ]
        themes = [text for theme in library.themes for text in (theme.id, theme.title)]
        self._reader = Reader(library.glossary, [*texts, *themes])
        self._scoring = Scoring(library, self._reader, encoder)

    def find(self, query: str, limit: int = 5) -> Answer:
        """The strategies that fit `query`, at most `limit`. Any text is safe."""
        reading, scored = self._read(query)
        if not scored.fits:
            fitting = next((part for part in sentences(query) if self._read(part)[1].fits), None)
            if fitting is None:
                return Answer(query, (), self._nearest_themes(reading))
            return replace(self.find(fitting, limit), query=query)
        matches: list[Match] = []
        for number in self._order(query, scored):
            if len(matches) >= limit:
                break
            score = min(1.0, float(scored.scores[number]), *(match.score for match in matches[-1:]))
            match = self._match(number, score, reading, scored)
            if (match.words or match.ask) and score > 0:
                matches.append(match)
        themes = (self._library.theme_of(match.strategy) for match in matches)
        return Answer(query, tuple(matches), tuple(dict.fromkeys(themes)))

    def related(self, strategy: Strategy) -> tuple[Strategy, ...]:
        """Up to four strategies that say something near to this one, the nearest first."""
        return self._related.get(strategy.id, ())

    def theme_named(self, text: str) -> Theme | None:
        """The theme that `text` names by its id or by words of its title, forgiving of small slips."""
        return self._themes.named(text)

    def _read(self, text: str) -> tuple[Reading, Scored]:
        reading = self._reader.question(text)
        return reading, self._scoring.score(reading, self._themes.named(text))

    def _order(self, query: str, scored: Scored) -> list[int]:
        """The best for the whole question, then the best for each of its topics in turn, then the rest."""
        whole = _best_first(scored)
        by_topic = [_best_first(topic) for topic in self._topics(query)]
        in_turn = (
            [number for turn in zip(*by_topic, strict=True) for number in turn] if len(by_topic) > 1 else []
        )
        return list(dict.fromkeys([*whole[:1], *in_turn, *whole]))

    def _topics(self, query: str) -> list[Scored]:
        return [scored for _reading, scored in map(self._read, topics(query)) if scored.fits]

    def _match(self, number: int, score: float, reading: Reading, scored: Scored) -> Match:
        strategy = self._library.strategies[number]
        best = scored.best_ask[number]
        ask = strategy.asks[best] if best is not None and best < len(strategy.asks) else None
        return Match(strategy, score, self._scoring.words_in(number, reading), ask)

    def _nearest_themes(self, reading: Reading) -> tuple[Theme, ...]:
        by_term = [
            theme
            for term in reading.terms
            for theme_id in term.theme_ids
            if (theme := self._library.theme(theme_id))
        ]
        covered = self._scoring.words.coverage(reading.stems)
        near = [number for number in np.argsort(-covered, kind="stable") if covered[number] >= _NEAR]
        by_words = [self._library.theme_of(self._library.strategies[number]) for number in near]
        return tuple(dict.fromkeys([*by_term, *by_words]))[:_NEAREST_THEMES]

    @cached_property
    def _related(self) -> dict[str, tuple[Strategy, ...]]:
        return related_strategies(self._library, self._scoring.alike)


def _best_first(scored: Scored) -> list[int]:
    return [int(number) for number in np.argsort(-scored.scores, kind="stable")]
