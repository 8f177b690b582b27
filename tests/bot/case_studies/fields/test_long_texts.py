"""Texts that two fields of a form hold together: they come out as they went in."""

import random

import pytest

from bot.case_studies.fields.long_texts import LONGEST_TEXT, NEARLY_FULL, join_text, split_text

FIELD = 3_000


def test_a_text_that_fits_has_one_field() -> None:
    assert split_text("x" * (NEARLY_FULL - 1)) is None


def test_a_second_field_is_offered_before_the_first_is_full() -> None:
    halves = split_text("x" * NEARLY_FULL)
    assert halves is not None
    assert (len(halves.first), halves.second) == (NEARLY_FULL, "")


@pytest.mark.parametrize(
    "letters",
    ["word ", "line\n", "paragraph\n\n", "x", "\U0001f600", "wide   gaps ", "a" * 500 + " ", "long\n \n"],
)
def test_a_long_text_comes_out_as_it_went_in(letters: str) -> None:
    for length in (3_001, 4_321, 5_999, LONGEST_TEXT):
        text = (letters * length)[:length]
        halves = split_text(text)
        assert halves is not None
        assert max(len(halves.first), len(halves.second)) <= FIELD
        assert join_text(halves.first, halves.second, halves.between) == text


def test_any_text_comes_out_as_it_went_in_after_the_form_has_stripped_it() -> None:
    chance = random.Random(5)
    for _ in range(200):
        words = ["x" * chance.randint(1, 90) + chance.choice([" ", "\n", "\n\n"]) for _ in range(200)]
        text = "".join(words)[: chance.randint(3_001, LONGEST_TEXT)].strip()
        halves = split_text(text)
        assert halves is not None
        assert join_text(halves.first.strip(), halves.second.strip(), halves.between) == text


def test_a_text_is_split_where_a_word_ends() -> None:
    halves = split_text("word " * 1_000)
    assert halves is not None
    assert halves.first.endswith("word")
    assert halves.second.startswith("word")


def test_an_empty_field_leaves_the_other_as_it_is() -> None:
    assert join_text("", "more", "paragraph") == "more"
    assert join_text("all", "", "more") == "all"
