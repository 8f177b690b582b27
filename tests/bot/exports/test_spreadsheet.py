"""Cells that a spreadsheet must take for text."""

import csv
import io

import pytest

from bot.exports.spreadsheet import csv_row, defused


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", " =", "\n=", "\u3000＝"]
)
def test_what_a_spreadsheet_takes_for_a_formula_is_defused(start: str) -> None:
    assert defused(f"{start}1") == f"'{start}1"


@pytest.mark.parametrize("text", ["", " ", "1", "a=b", "'=1", "\U0001f600", "–5"])
def test_anything_else_stays_as_it_is(text: str) -> None:
    assert defused(text) == text


def test_a_row_is_read_back_as_it_was_but_for_formulas() -> None:
    cells = ['One, "two"\nthree', "", "=1+1"]
    assert next(csv.reader(io.StringIO(csv_row(cells)))) == [*cells[:2], "'=1+1"]
