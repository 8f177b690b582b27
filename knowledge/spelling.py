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
        for word in known:
            for form in (word.text, word.stem):
                self._stems[form[0]][form] = word.stem
        self._spellings = {first: list(forms) for first, forms in self._stems.items()}
        self._english = _english()
        self._known = {stem for forms in self._stems.values() for stem in forms.values()}

    def mend(self, word: Word) -> tuple[str, float]:
        """The stem to look for, and how sure that is: 1 for a word that needs no mending."""
        if (
            word.filler
            or word.stem in self._known
            or not _SHORTEST <= len(word.text) <= _LONGEST
            or word.text in self._english
        ):
            return word.stem, 1.0
        spellings = self._spellings.get(word.text[0], [])
        near = process.extractOne(word.text, spellings, scorer=OSA.normalized_similarity, score_cutoff=_NEAR)
        return (self._stems[word.text[0]][near[0]], near[1]) if near else (word.stem, 1.0)
