"""Read a text the way look-up does: into its words, what they mean, and what they are not about."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from knowledge.model import Glossary, Term
from knowledge.phrases import Phrases
from knowledge.spelling import Spelling
from knowledge.words import Word, all_words, content_words, even

# What a word from a term's explanation counts against a word that was typed, and all of them together; and
# two words in a row against the same two apart.
_EXPLAINED = 0.6
_EXPLANATION = 3.0
_IN_A_ROW = 0.5
# A message may be long; what it is about comes early.
_WORDS_READ = 120


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says; each entry that has a weight, has one above 0 and at most 1.

    `typed` are its words as they stand, each once; `said` the stems of those that are no filler, and of them
    `explained` those of terms, `elsewhere` those of matters no strategy answers. `stems` are what to look
    for, with terms explained, `meanings` the groups of synonyms, `pairs` the words two by two. `sources`
    gives for each stem and meaning the words as typed. `sentence` is a question as a whole, with slips mended
    and what its terms mean.
    """

    typed: tuple[str, ...]
    said: frozenset[str]
    explained: frozenset[str]
    stems: dict[str, float]
    meanings: dict[str, float]
    pairs: dict[str, float]
    sources: dict[str, tuple[str, ...]]
    terms: tuple[Term, ...]
    elsewhere: frozenset[str]
    sentence: str = ""

    @property
    def features(self) -> dict[str, float]:
        return {**self.stems, **self.meanings, **self.pairs}


class Reader:
    """Reads texts with the words of a glossary."""

    def __init__(self, glossary: Glossary, texts: Iterable[str]) -> None:
        """`texts` are those to be found; a question's slips are mended to their words or the glossary's."""
        self._synonyms = Phrases(
            (phrase, f"={number}") for number, group in enumerate(glossary.synonyms) for phrase in group
        )
        self._terms = Phrases((term.term, term) for term in glossary.terms)
        self._elsewhere = Phrases((phrase, True) for phrase in glossary.elsewhere)
        own = (phrase for group in glossary.synonyms for phrase in group)
        known = [*texts, *own, *glossary.elsewhere, *(term.term for term in glossary.terms)]
        self._spelling = Spelling(word for text in known for word in content_words(text))

    def text(self, text: str) -> Reading:
        """A text that is to be found, taken as it is spelt."""
        words = all_words(text)
        return self._read(words, [(word.stem, 1.0) for word in words], ())

    def question(self, text: str) -> Reading:
        """What somebody asks: slips are mended and terms explained."""
        words = all_words(text)[:_WORDS_READ]
        mended = [self._spelling.mend(word) for word in words]
        spelt = [(word.stem, trust) for word, trust in mended]
        reading = self._read(words, spelt, self._explained([stem for stem, _ in spelt]))
        slips = {
            word.text: better.text
            for word, (better, _) in zip(words, mended, strict=True)
            if better is not word
        }
        return replace(reading, sentence=_sentence(text, slips, reading.terms))

    def _explained(self, stems: list[str]) -> tuple[tuple[int, int, Term], ...]:
        return tuple((found.start, found.end, found.value) for found in self._terms.found_in(stems))

    def _read(
        self,
        words: list[Word],
        spelt: list[tuple[str, float]],
        explained: tuple[tuple[int, int, Term], ...],
    ) -> Reading:
        row = [stem for stem, _ in spelt]
        typed = [word.text for word in words]
        stems: dict[str, float] = {}
        meanings: dict[str, float] = {}
        sources: dict[str, tuple[str, ...]] = {}
        for word, (stem, trust) in zip(words, spelt, strict=True):
            if not word.filler:
                stems[stem] = max(stems.get(stem, 0.0), trust)
                sources.setdefault(stem, (word.text,))
        said = frozenset(stems)
        for found in self._synonyms.found_in(row):
            meanings[found.value] = 1.0
            sources.setdefault(found.value, tuple(typed[found.start : found.end]))
        for start, end, term in explained:
            if end - start == 1:  # the acronym itself is only a name for what follows
                stems.pop(row[start], None)
            explanation = list(dict.fromkeys(self._explanation(term)))
            for feature in explanation:
                into = meanings if feature.startswith("=") else stems
                into.setdefault(feature, min(_EXPLAINED, _EXPLANATION / len(explanation)))
                sources.setdefault(feature, tuple(typed[start:end]))
        explained_stems = frozenset(stem for start, end, _ in explained for stem in row[start:end])
        return Reading(
            typed=tuple(dict.fromkeys(typed)),
            said=said,
            explained=explained_stems,
            stems=stems,
            meanings=meanings,
            pairs={f"{one} {two}": _IN_A_ROW for one, two in pairwise(row)},
            sources=sources,
            terms=tuple(dict.fromkeys(term for _, _, term in explained)),
            elsewhere=frozenset(
                stem for found in self._elsewhere.found_in(row) for stem in row[found.start : found.end]
            ),
        )

    def _explanation(self, term: Term) -> Iterator[str]:
        for phrase in term.words:
            words = all_words(phrase)
            yield from (word.stem for word in words if not word.filler)
            for found in self._synonyms.found_in([word.stem for word in words]):
                yield found.value


def _sentence(text: str, slips: Mapping[str, str], terms: tuple[Term, ...]) -> str:
    sentence = even(text)
    for slip, word in slips.items():
        sentence = re.sub(rf"\b{re.escape(slip)}\b", word, sentence)
    # A sentence model knows few acronyms of the sector.
    meant = [phrase for term in terms for phrase in term.words]
    return f"{sentence} ({', '.join(meant)})" if meant else sentence
