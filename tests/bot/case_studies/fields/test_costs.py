"""What something cost: typed as two numbers, kept as words, and read back."""

from decimal import Decimal, InvalidOperation

import pytest

from bot.case_studies.fields.costs import Cost, read_amount, read_cost, typed_form


@pytest.mark.parametrize(
    ("pounds", "hours", "words"),
    [
        ("1250", "40", "£1,250 and 40 hours"),
        ("12.5", None, "£12.50"),
        (None, "7.50", "7.5 hours"),
        (None, "1", "1 hour"),
        ("0", "0", "£0 and 0 hours"),
        ("999999999.99", "1000", "£999,999,999.99 and 1,000 hours"),
        (None, None, ""),
    ],
)
def test_a_cost_is_kept_as_people_read_it_and_read_back(
    pounds: str | None, hours: str | None, words: str
) -> None:
    cost = Cost(read_amount(pounds or ""), read_amount(hours or ""))
    assert cost.words == words
    assert read_cost(words) == cost


@pytest.mark.parametrize(
    "words", ["£60 a week", "about £60", " and ", "£60 and ", "60", "£60 40 hours", "£1250 and 3 days"]
)
def test_a_cost_in_other_words_is_not_one(words: str) -> None:
    assert read_cost(words) is None


@pytest.mark.parametrize("typed", ["£60", "1,250", "sixty", "-1", "1e3", "1.234", "NaN", "٣"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(InvalidOperation):
        read_amount(typed)


def test_a_number_that_cannot_be_meant_is_refused() -> None:
    with pytest.raises(OverflowError):
        read_amount("1000000000")


@pytest.mark.parametrize("typed", ["1250", "12.5", "1000", "0", ""])
def test_a_number_goes_back_into_the_form_as_it_was_typed(typed: str) -> None:
    number = read_amount(typed)
    assert typed_form(number) == typed
    assert number is None or number == Decimal(typed)
