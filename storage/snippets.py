"""The few words of a case study that show why it was found, as they were written."""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from storage.case_study_rows import texts_of
from storage.records.case_studies import FieldAnswer
from storage.records.published import Segment
from storage.search import Found, fold, word_places

_WORDS = 30
_WORDS_BEFORE = 6
_LONGEST = 300
_MOST_WINDOWS = 50
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class _Text:
    """One answer in words: where each word stands, and which of them were looked for."""

    field_id: str
    text: str
    places: Sequence[tuple[int, int]]
    words: Sequence[str]
    matches: Sequence[int]

    def best_window(self) -> tuple[int, int]:
        """How many different words that were looked for the best window has, and minus its first of them."""
        windows = [
            (len({self.words[each] for each in self.matches if first <= each < first + _WORDS}), -first)
            for first in self.matches[:_MOST_WINDOWS]
        ]
        return max(windows, default=(0, 0))


def make_snippet(answers: Mapping[str, FieldAnswer], found: Found) -> tuple[str, tuple[Segment, ...]]:
    """The field and the words to show; nothing when there is no text."""
    texts = _texts(answers, found)
    if not texts:
        return "", ()
    best = max(texts, key=_Text.best_window)
    matched, minus_first = best.best_window()
    if not matched or list(best.words) != fold(best.text):
        # What was indexed in another order has no marks that could be trusted.
        return texts[0].field_id, tuple(_segments(texts[0], 0, ()))
    return best.field_id, tuple(_segments(best, max(0, -minus_first - _WORDS_BEFORE), best.matches))


def _texts(answers: Mapping[str, FieldAnswer], found: Found) -> list[_Text]:
    """The answers in words, not those that are ticks, in the order in which they are indexed."""
    texts: list[_Text] = []
    begin = 0
    for field_id, answer in sorted(answers.items()):
        for text in texts_of(answer.value):
            places = word_places(text)
            end = begin + len(places)
            if isinstance(answer.value, str) and places:
                first, behind = bisect_left(found.matches, begin), bisect_left(found.matches, end)
                own = [place - begin for place in found.matches[first:behind]]
                texts.append(_Text(field_id, text, places, found.words[begin:end], own))
            begin = end
    return texts


def _segments(shown: _Text, start: int, matches: Sequence[int]) -> list[Segment]:
    begin = shown.places[start][0] if start else 0
    last = min(start + _WORDS, len(shown.places))
    end = len(shown.text) if last == len(shown.places) else shown.places[last - 1][1]
    end = min(end, begin + _LONGEST)
    segments = [Segment("… ")] if begin else []
    at = begin
    for match in matches:
        first, behind = shown.places[match]
        if start <= match < last and first < end:
            segments.append(_segment(shown.text[at:first]))
            at = min(behind, end)
            segments.append(_segment(shown.text[first:at], is_match=True))
    segments.append(_segment(shown.text[at:end]))
    if end < len(shown.text):
        segments.append(Segment(" …"))
    return [segment for segment in segments if segment.text]


def _segment(text: str, *, is_match: bool = False) -> Segment:
    """A stretch on one line."""
    return Segment(_SPACE.sub(" ", text), is_match)
