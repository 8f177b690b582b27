"""Why a strategy was found: by the way people put it, or by the words of the question."""

import pytest

from bot.strategies.reasons import reason
from knowledge.answer import Match
from knowledge.model import Library


@pytest.mark.parametrize(
    ("words", "ask", "said"),
    [
        (("keep", "leaving"), None, "Why: you wrote “keep”, “leaving”"),
        (("leaving",), "everyone leaves", "Why: people put it as “everyone leaves”"),
        ((), None, ""),
        (tuple("abcdefgh"), None, "Why: you wrote “a”, “b”, “c”, “d”, “e”, “f”"),
    ],
)
def test_the_reason_is_one_sentence(
    library: Library, words: tuple[str, ...], ask: str | None, said: str
) -> None:
    assert reason(Match(library.strategies[0], 1.0, words, ask)) == said


def test_long_words_are_cut(library: Library) -> None:
    assert len(reason(Match(library.strategies[0], 1.0, ("x" * 3_000,)))) < 200


def test_what_was_not_found_by_a_question_has_no_reason() -> None:
    assert reason(None) == ""
