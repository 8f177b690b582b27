"""The differences between two texts lose no letter, and say what people would say."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.case_studies.history.differences import (
    AROUND,
    LEFT_OUT,
    Piece,
    list_differences,
    shortened,
    word_differences,
)

WORDS = st.lists(
    st.sampled_from(["a", "hall", "Hall", "don't", "cooks", ".", ",", " ", "\n\n", "\t", "\U0001f600", "é"]),
    max_size=60,
).map("".join)
TEXTS = st.one_of(st.text(max_size=120), WORDS)


def text_without(pieces: tuple[Piece, ...], kind: str) -> str:
    return "".join(piece.text for piece in pieces if piece.kind != kind)


@example(before=" ", after="\0")
@given(before=TEXTS, after=TEXTS)
def test_taking_away_what_was_removed_gives_the_new_text_and_the_other_way_the_old(
    before: str, after: str
) -> None:
    pieces = word_differences(before, after)
    assert text_without(pieces, "removed") == after
    assert text_without(pieces, "added") == before
    assert all(piece.text for piece in pieces)


@given(text=TEXTS)
def test_a_text_differs_from_itself_in_nothing(text: str) -> None:
    assert word_differences(text, text) == ((Piece("same", text),) if text else ())


@given(before=TEXTS, after=TEXTS)
def test_pieces_of_one_kind_never_follow_each_other_and_what_was_removed_comes_first(
    before: str, after: str
) -> None:
    kinds = [piece.kind for piece in word_differences(before, after)]
    pairs = set(pairwise(kinds))
    assert pairs <= {("same", "removed"), ("same", "added"), ("removed", "added")} | {
        ("removed", "same"),
        ("added", "same"),
    }


@given(before=TEXTS, after=TEXTS)
def test_shortened_shows_every_change_in_full_and_only_shortens_what_stayed(before: str, after: str) -> None:
    pieces = word_differences(before, after)
    short = shortened(pieces)
    for kind in ("removed", "added"):
        assert [one for one in short if one.kind == kind] == [one for one in pieces if one.kind == kind]
    stayed = "".join(piece.text for piece in pieces if piece.kind == "same")
    kept = [piece.text for piece in short if piece.kind == "same"]
    assert sum(map(len, kept)) <= len(stayed)
    at = 0
    for text in kept:  # each is a stretch of what stayed, in order
        at = stayed.index(text, at) + len(text)


@pytest.mark.parametrize(
    ("before", "after", "removed", "added"),
    [
        ("Twenty families a month.", "Thirty families a month.", ["Twenty "], ["Thirty "]),
        ("Two cooks", "Two", [" cooks"], []),
        ("Open on Saturday.", "Open early on Saturday.", [], ["early "]),
        ("don't", "do not", ["don't"], ["do not"]),
        ("One.\nTwo.", "One.\n\nTwo.", ["\n"], ["\n\n"]),
        ("", "All new", [], ["All new"]),
        ("All gone", "", ["All gone"], []),
        ("red of blue stays here", "green of yellow stays here", ["red of blue "], ["green of yellow "]),
    ],
)
def test_words_are_what_is_compared(before: str, after: str, removed: list[str], added: list[str]) -> None:
    pieces = word_differences(before, after)
    assert [piece.text for piece in pieces if piece.kind == "removed"] == removed
    assert [piece.text for piece in pieces if piece.kind == "added"] == added


def test_a_few_words_that_stayed_are_kept_on_either_side() -> None:
    words = [f"w{number}" for number in range(60)]
    before = " ".join(words)
    after = " ".join([*words[:20], "new", *words[20:40], "newer", *words[40:]])
    assert shortened(word_differences(before, after)) == (
        Piece("left_out", LEFT_OUT),
        Piece("same", "".join(f"{word} " for word in words[20 - AROUND : 20])),
        Piece("added", "new "),
        Piece("same", " ".join(words[20 : 20 + AROUND])),
        Piece("left_out", LEFT_OUT),
        Piece("same", "".join(f"{word} " for word in words[40 - AROUND : 40])),
        Piece("added", "newer "),
        Piece("same", " ".join(words[40 : 40 + AROUND])),
        Piece("left_out", LEFT_OUT),
    )


NAMES = st.lists(st.sampled_from(["Health", "Police", "Schools", "Housing"]), unique=True)


@given(before=NAMES, after=NAMES)
def test_a_list_without_what_it_lost_and_with_what_it_gained_is_the_new_one(
    before: list[str], after: list[str]
) -> None:
    removed, added = list_differences(before, after)
    assert {one for one in before if one not in removed} | set(added) == set(after)
    assert not set(removed) & set(after)
    assert not set(added) & set(before)
    assert list(removed) == [one for one in before if one in removed]
    assert list(added) == [one for one in after if one in added]
