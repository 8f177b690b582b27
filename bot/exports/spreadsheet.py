"""CSV that a spreadsheet opens as text: nothing in it is run as a formula."""

import csv
import io
from collections.abc import Sequence

BYTE_ORDER_MARK = "\ufeff"
"""Begins each file, so that Excel reads it as UTF-8."""
FORMULA_STARTS = frozenset("=+-@\t\r＝＋－＠")


def csv_row(cells: Sequence[str]) -> str:
    """One line of the table, each cell defused and in quotation marks."""
    line = io.StringIO()
    csv.writer(line, quoting=csv.QUOTE_ALL).writerow([defused(cell) for cell in cells])
    return line.getvalue()


def defused(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would take it for a formula."""
    begins = text.lstrip(" \n\u00a0\u3000")[:1]
    return f"'{text}" if begins in FORMULA_STARTS and begins else text
