"""The few words of a case study that show why it was found, as they were written."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from storage.case_study_records import Segment
from storage.case_study_rows import texts_of
from storage.records import FieldAnswer
from storage.search import fold, word_places

_WORDS = 30
_WORDS_BEFORE = 6
_LONGEST = 300
_MOST_WINDOWS = 50
_SPACE = re.compile(r"\s+")

Marked = Sequence[tuple[str, bool]]
"""Folded words, and whether each was looked for."""


@dataclass(frozen=True, slots=True)
class _Text:
    """One text answer with its words' places and marks."""

    field_id: str
    text: str
    places: list[tuple[int, int]]
    marked: Marked

    def best_window(self) -> tuple[int, int]:
        """How many different marked words the best window has, and minus the first word of it."""
        at = [place for place, (_, is_match) in enumerate(self.marked) if is_match]
        windows = [
            (len({self.marked[each][0] for each in at if first <= each < first + _WORDS}), -first)
            for first in at[:_MOST_WINDOWS]
        ]
        return max(windows, default=(0, 0))


def make_snippet(answers: Mapping[str, FieldAnswer], marked: Marked) -> tuple[str, tuple[Segment, ...]]:
    """The field and the words to show; nothing when there is no text.

    :param marked: all words of all answers, in the order of the field ids, as the index has them
    """
    texts = _texts(answers, marked)
    if not texts:
        return "", ()
    best = max(texts, key=_Text.best_window)
    found, minus_start = best.best_window()
    start = max(0, -minus_start - _WORDS_BEFORE) if found else 0
    return best.field_id, tuple(_segments(best, start))


def _texts(answers: Mapping[str, FieldAnswer], marked: Marked) -> list[_Text]:
    """The answers in words, not those that are ticks, with the marks of each."""
    texts: list[_Text] = []
    used = 0
    for field_id, answer in sorted(answers.items()):
        for text in texts_of(answer.value):
            places = word_places(text)
            own = marked[used : used + len(places)]
            used += len(places)
            if isinstance(answer.value, str) and places:
                # What was indexed in another order has no marks that could be trusted.
                is_same = [word for word, _ in own] == fold(text)
                texts.append(_Text(field_id, text, places, own if is_same else ()))
    return texts


def _segments(best: _Text, start: int) -> list[Segment]:
    begin = best.places[start][0] if start else 0
    last = min(start + _WORDS, len(best.places))
    end = len(best.text) if last == len(best.places) else best.places[last - 1][1]
    end = min(end, begin + _LONGEST)
    segments = [Segment("… ")] if begin else []
    at = begin
    for (first, behind), (_, is_match) in zip(best.places[start:last], best.marked[start:last], strict=False):
        if is_match and first < end:
            segments.append(_segment(best.text[at:first]))
            at = min(behind, end)
            segments.append(_segment(best.text[first:at], is_match=True))
    segments.append(_segment(best.text[at:end]))
    if end < len(best.text):
        segments.append(Segment(" …"))
    return [segment for segment in segments if segment.text]


def _segment(text: str, *, is_match: bool = False) -> Segment:
    """A stretch on one line."""
    return Segment(_SPACE.sub(" ", text), is_match)
