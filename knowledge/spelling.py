"""Mend slips: a word that is no English word is read as the known word that is nearest to it."""

import gzip
import json
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.words import Word

# One slip in four letters (and a hair, for rounding): a shorter word with a slip is too often another word.
_NEAR = 0.749
_SHORTEST, _LONGEST = 4, 30


@cache
def _english() -> frozenset[str]:
    """The words of the spelling list that comes with pyspellchecker, whose own search is far too slow."""
    packed = (files("spellchecker") / "resources" / "en.json.gz").read_bytes()
    return frozenset(json.loads(gzip.decompress(packed)))


class Spelling:
    """The words that a question may have meant."""

    def __init__(self, known: Iterable[Word]) -> None:
        self._stems: dict[str, dict[str, str]] = defaultdict(dict)
        self._spelt: dict[str, str] = {}
        for word in known:
            self._spelt.setdefault(word.stem, word.text)
            self._spelt[word.text] = word.text
            for form in (word.text, word.stem):
                self._stems[form[0]][form] = word.stem
        self._spellings = {first: list(forms) for first, forms in self._stems.items()}
        self._english = _english()
        self._known = {stem for forms in self._stems.values() for stem in forms.values()}

    def mend(self, word: Word) -> tuple[Word, float]:
        """The word to look for, and how sure that is: 1 for a word that needs no mending."""
        if (
            word.filler
            or word.stem in self._known
            or not _SHORTEST <= len(word.text) <= _LONGEST
            or word.text in self._english
        ):
            return word, 1.0
        spellings = self._spellings.get(word.text[0], [])
        near = process.extractOne(word.text, spellings, scorer=OSA.normalized_similarity, score_cutoff=_NEAR)
        if near is None:
            return word, 1.0
        stem = self._stems[word.text[0]][near[0]]
        return Word(self._spelt[near[0]], stem, word.filler), near[1]
