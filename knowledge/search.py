"""Find strategies by plain words: full text in memory, forgiving of spelling, silent when nothing fits."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.answer import Answer, Match
from knowledge.index import Index, TextField, strongest
from knowledge.model import Library, Strategy, Theme
from knowledge.related import related_strategies
from knowledge.words import content_words, plain

# The part of a question's weight that a strategy has to answer before it is offered. Two words that meet in
# one strategy say more than one word can, so less is asked of them; so do several themes named at once.
_FITS = 0.4
_FITS_TOGETHER = 0.25
_MOSTLY = 0.6
# The score at which a theme is near enough to be named when no strategy fits.
_NEAR = 0.15
# A long message names many things. Past this many rare words, more of them do not make it harder to answer.
_WORDS_TO_ANSWER = 4
_WORDS_READ = 60
_NEAREST_THEMES = 3
# One slip in five letters (and a hair, for rounding): a shorter word with a slip is too often another word.
_SPELLING = 0.799
_LONGEST_WORD = 30
_LONGEST_NAME = 100


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
        self._theme_words = {word.stem for theme in library.themes for word in content_words(theme.id)}
        self._vocabulary: dict[str, dict[str, str]] = defaultdict(dict)
        for strategy in library.strategies:
            for field in self._strategy_fields(strategy):
                for word in content_words(field.text):
                    for form in (word.text, word.stem):
                        self._vocabulary[form[0]][form] = word.stem

    def find(self, query: str, limit: int = 5) -> Answer:
        """The strategies that fit `query`, at most `limit`. Any text is safe."""
        terms = self._terms(query)
        named = self.theme_named(query)
        fitting: list[Match] = []
        topical = self._mostly_theme_words(terms)
        for number, (share, score) in sorted(self._scores(self._strategies, terms).items()):
            words = self._words_in(number, terms)
            if share < (_FITS_TOGETHER if topical or len(words) > 1 else _FITS):
                continue
            strategy = self._library.strategies[number]
            in_theme = named is not None and named.id in (strategy.theme_id, *strategy.also)
            fitting.append(Match(strategy, (1 + score) / 2 if in_theme else score, words))
        if not fitting:
            return Answer(query, (), self._nearest_themes(terms))
        matches = tuple(sorted(fitting, key=lambda match: -match.score)[: max(0, limit)])
        themes = (self._library.theme_of(match.strategy) for match in matches)
        return Answer(query, matches, tuple(dict.fromkeys(themes)))

    def related(self, strategy: Strategy) -> tuple[Strategy, ...]:
        """Up to four strategies that say something near to this one, the nearest first."""
        return self._related.get(strategy.id, ())

    def theme_named(self, text: str) -> Theme | None:
        """The theme that `text` names by its id or by words of its title, forgiving of small slips."""
        wanted = plain(text)
        if not wanted or len(wanted) > _LONGEST_NAME:
            return None
        names = {name: theme for theme in self._library.themes for name in (theme.id, plain(theme.title))}
        if any(char.isdigit() for char in wanted):  # the id of a strategy is no slip for its theme
            return names.get(wanted)
        stems = {word.stem for word in content_words(wanted)}
        chatty = len(wanted.split()) > 2 * len(stems)  # a sentence about the theme, not its name
        for theme in () if chatty else self._library.themes:
            by_id = {word.stem for word in content_words(theme.id)}
            by_title = by_id | {word.stem for word in content_words(theme.title)}
            if stems and stems <= by_title and (stems & by_id or len(stems) > 1):
                return theme
        spelt = _nearest(wanted, list(names))
        return names[spelt[0]] if spelt else None

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
                known = self._vocabulary.get(word.text[0], {})
                mended = [spelt for form in (word.text, stem) if (spelt := _nearest(form, list(known)))]
                if mended:
                    spelling, trust = max(mended, key=lambda spelt: spelt[1])
                    stem = known[spelling]
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

    def _mostly_theme_words(self, terms: list[_Term]) -> bool:
        weights = {term.stem: self._strategies.rarity(term.stem) for term in terms}
        themes = sum(weight for stem, weight in weights.items() if stem in self._theme_words)
        return themes > _MOSTLY * sum(weights.values())

    def _words_in(self, number: int, terms: list[_Term]) -> tuple[str, ...]:
        return tuple(term.text for term in terms if number in self._strategies.presence(term.stem))

    def _nearest_themes(self, terms: list[_Term]) -> tuple[Theme, ...]:
        scores = self._scores(self._themes, terms).items()
        near = ((number, score) for number, (_, score) in scores if score >= _NEAR)
        return tuple(self._library.themes[number] for number, _ in strongest(near, _NEAREST_THEMES))

    @cached_property
    def _related(self) -> dict[str, tuple[Strategy, ...]]:
        return related_strategies(self._library)


def _nearest(word: str, known: list[str]) -> tuple[str, float] | None:
    """The known spelling that is nearest to `word`, if near enough, and how near, up to 1."""
    found = process.extractOne(word, known, scorer=OSA.normalized_similarity, score_cutoff=_SPELLING)
    return (found[0], found[1]) if found else None
