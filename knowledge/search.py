"""Find strategies by plain words: full text in memory, forgiving of spelling, silent when nothing fits."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.answer import Answer, Match
from knowledge.index import Index, TextField, strongest
from knowledge.model import Library, Strategy, Theme
from knowledge.words import content_words, plain

# The part of a question's weight that a strategy has to answer before it is offered, and the score at which a
# theme is near enough to be named instead.
_FITS = 0.4
_NEAR = 0.15
# A long message names many things. Past this many rare words, more of them do not make it harder to answer.
_WORDS_TO_ANSWER = 4
_WORDS_READ = 60
_NEAREST_THEMES = 3
# One slip in five letters: a shorter word with a slip is too often another word.
_SPELLING = 0.8
_LONGEST_WORD = 30
_LONGEST_NAME = 100
_RELATED = 4
# How alike two strategies must be to count as related, and what a theme in common adds to that.
_ALIKE = 0.16
_SAME_THEME = 0.12


@dataclass(frozen=True, slots=True)
class _Term:
    """A word of the query: `stem` as the content has it, `trust` below 1 when the spelling was mended."""

    text: str
    stem: str
    trust: float


class Search:
    """Look-up over one library. Everything is computed from its texts; nothing is written or fetched."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._strategies = Index([self._strategy_fields(strategy) for strategy in library.strategies])
        self._themes = Index([self._theme_fields(theme) for theme in library.themes])
        self._vocabulary = {
            word.text: word.stem
            for document in [self._theme_fields(theme) for theme in library.themes]
            for field in document
            for word in content_words(field.text)
        }

    def find(self, query: str, limit: int = 5) -> Answer:
        """The strategies that fit `query`, at most `limit`. Any text is safe."""
        terms = self._terms(query)
        named = self.theme_named(query)
        scores: list[tuple[int, float]] = []
        for number, (share, score) in self._scores(self._strategies, terms).items():
            if share < _FITS:
                continue
            in_theme = named is not None and named.id in _themes(self._library.strategies[number])
            scores.append((number, (1 + score) / 2 if in_theme else score))
        matches = tuple(
            Match(self._library.strategies[number], score, self._words_in(number, terms))
            for number, score in strongest(scores, limit)
        )
        return Answer(query, matches, self._themes_of(matches) if scores else self._nearest_themes(terms))

    def related(self, strategy: Strategy) -> tuple[Strategy, ...]:
        """Up to four strategies that say something near to this one, the nearest first."""
        return self._related.get(strategy.id, ())

    def theme_named(self, text: str) -> Theme | None:
        """The theme that `text` names by its id or by words of its title, forgiving of small slips."""
        wanted = plain(text)
        if not wanted or len(wanted) > _LONGEST_NAME:
            return None
        stems = {word.stem for word in content_words(wanted)}
        chatty = len(wanted.split()) > 2 * len(stems)  # a sentence about the theme, not its name
        for theme in () if chatty else self._library.themes:
            by_id = {word.stem for word in content_words(theme.id)}
            by_title = by_id | {word.stem for word in content_words(theme.title)}
            if stems and stems <= by_title and (stems & by_id or len(stems) > 1):
                return theme
        names = {name: theme for theme in self._library.themes for name in (theme.id, plain(theme.title))}
        found = process.extractOne(
            wanted, list(names), scorer=OSA.normalized_similarity, score_cutoff=_SPELLING
        )
        return names[found[0]] if found else None

    def _strategy_fields(self, strategy: Strategy) -> list[TextField]:
        themes = [
            theme
            for theme in (self._library.theme(theme_id) for theme_id in (strategy.theme_id, *strategy.also))
            if theme
        ]
        return [
            TextField(strategy.title, 2.5),
            TextField(strategy.text, 1.0),
            TextField(" ".join(f"{theme.id} {theme.title}" for theme in themes), 1.0),
            TextField(" ".join(theme.summary for theme in themes), 0.4),
        ]

    def _theme_fields(self, theme: Theme) -> list[TextField]:
        strategies = self._library.strategies_of(theme.id)
        return [
            TextField(f"{theme.id} {theme.title}", 3.0),
            TextField(theme.summary, 2.0),
            TextField(" ".join(f"{strategy.title} {strategy.text}" for strategy in strategies), 1.0),
        ]

    def _terms(self, query: str) -> list[_Term]:
        """The distinct words of the query, with misspelt ones mended to a word of the content."""
        terms: dict[str, _Term] = {}
        for word in content_words(query)[:_WORDS_READ]:
            stem, trust = word.stem, 1.0
            if stem not in self._strategies and len(word.text) <= _LONGEST_WORD:
                found = process.extractOne(
                    word.text,
                    [known for known in self._vocabulary if known[0] == word.text[0]],
                    scorer=OSA.normalized_similarity,
                    score_cutoff=_SPELLING,
                )
                if found:
                    stem, trust = self._vocabulary[found[0]], found[1]
            terms.setdefault(stem, _Term(word.text, stem, trust))
        return list(terms.values())

    @staticmethod
    def _scores(index: Index, terms: list[_Term]) -> dict[int, tuple[float, float]]:
        """By document: the share of the question that it answers, and how well it answers it, both 0..1."""
        rarest = index.rarity("")
        weights = {term.stem: index.rarity(term.stem) for term in terms}
        whole = min(sum(weights.values()), _WORDS_TO_ANSWER * rarest)
        share: dict[int, float] = defaultdict(float)
        score: dict[int, float] = defaultdict(float)
        for term in terms:
            for number, presence in index.presence(term.stem).items():
                share[number] += term.trust * weights[term.stem] / whole
                score[number] += presence * term.trust * weights[term.stem] / whole
        return {number: (share[number], min(1.0, score[number])) for number in share}

    def _words_in(self, number: int, terms: list[_Term]) -> tuple[str, ...]:
        return tuple(term.text for term in terms if number in self._strategies.presence(term.stem))

    def _themes_of(self, matches: tuple[Match, ...]) -> tuple[Theme, ...]:
        themes = (self._library.theme_of(match.strategy) for match in matches)
        return tuple(dict.fromkeys(themes))

    def _nearest_themes(self, terms: list[_Term]) -> tuple[Theme, ...]:
        scores = self._scores(self._themes, terms).items()
        near = ((number, score) for number, (_, score) in scores if score >= _NEAR)
        return tuple(self._library.themes[number] for number, _ in strongest(near, _NEAREST_THEMES))

    @cached_property
    def _related(self) -> dict[str, tuple[Strategy, ...]]:
        strategies = self._library.strategies
        texts = [[TextField(item.title, 1.5), TextField(item.text, 1.0)] for item in strategies]
        related = {}
        for strategy, alike in zip(strategies, Index(texts).likeness(), strict=True):
            others = [
                (number, likeness + _SAME_THEME * bool(_themes(strategy) & _themes(other)))
                for number, (other, likeness) in enumerate(zip(strategies, alike, strict=True))
                if other is not strategy
            ]
            near = [(number, score) for number, score in others if score >= _ALIKE]
            mates = [(number, score) for number, score in others if score >= _SAME_THEME]
            related[strategy.id] = tuple(
                strategies[number] for number, _ in strongest(near or mates, _RELATED)
            )
        return related


def _themes(strategy: Strategy) -> set[str]:
    return {strategy.theme_id, *strategy.also}
