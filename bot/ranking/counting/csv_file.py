"""Ballots as CSV: a column `voter`, optional `agency` and `count`, and one column an item with its place.

Columns are separated by commas, semicolons or tabs, whichever the header uses. Lines without any text are
passed over. Each voter may stand on one line only: a second line is more often a slip than a second person.
"""

import csv
import io
from collections.abc import Iterator

from bot.ranking.counting.ballots import Ballot
from bot.ranking.counting.file_faults import MAX_COUNT, BallotFileError, check_items, clean_name, quoted

SEPARATORS = ",;\t"
VOTER, AGENCY, COUNT = "voter", "agency", "count"
MAX_DIGITS = 10  # as MAX_COUNT; a longer place is a slip, and Python refuses to convert the longest


def parse_csv(text: str) -> tuple[list[str], list[Ballot]]:
    """The items, in the order of their columns, and the ballots. Raises BallotFileError."""
    rows = _rows(text)
    header_line, header = next(rows, (1, None))
    if header is None:
        raise BallotFileError("The file holds separators only. Fill it with ballots, as CSV or as JSON.")
    columns = _columns(header, header_line)
    items = {index: name for index, name in columns.items() if name not in (VOTER, AGENCY, COUNT)}
    if not items:
        raise BallotFileError(
            f"Line {header_line}: the header names no items. "
            "Add one column an item, with its place on each line."
        )
    check_items(len(items))
    ballots: list[Ballot] = []
    lines: dict[str, int] = {}
    for line, row in rows:
        ballot = _ballot(_cells(row, len(header), line, columns), items, line)
        if ballot.voter in lines:
            raise BallotFileError(
                f"Line {line}: voter {quoted(ballot.voter)} is already on line {lines[ballot.voter]}. "
                "Keep one line a voter, or tell the two apart; the column count is for voters who agree."
            )
        lines[ballot.voter] = line
        ballots.append(ballot)
    if not ballots:
        raise BallotFileError("The file has a header but no ballots. Add one line a voter below it.")
    return list(items.values()), ballots


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold any text, the header first, with the line on which each begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    line = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield line, row
            line = reader.line_num + 1
    except csv.Error as fault:
        raise BallotFileError(f"Line {line}: {fault}. Check the quotation marks on this line.") from None


def _separator(text: str) -> str:
    """The one that cuts a cell "voter" out of the first line, and most cells besides."""
    first = next(line for line in text.splitlines() if line.strip())

    def cut(separator: str) -> tuple[bool, int]:
        cells = [cell.strip(' "').casefold() for cell in first.split(separator)]
        return VOTER in cells, len(cells)

    return max(SEPARATORS, key=cut)


def _columns(header: list[str], line: int) -> dict[int, str]:
    """Index to name of every column with a name; those of `voter`, `agency` and `count` in lower case."""
    columns: dict[int, str] = {}
    for index, cell in enumerate(header):
        name = clean_name(cell, f"Line {line}, column {index + 1}")
        if name.casefold() in (VOTER, AGENCY, COUNT):
            name = name.casefold()
        if name in columns.values():
            raise BallotFileError(
                f"Line {line}: the column {quoted(name)} appears twice. Rename or remove one of them."
            )
        if name:
            columns[index] = name
    if VOTER not in columns.values():
        raise BallotFileError(
            f'Line {line}: the header has no column "voter". '
            "Begin the file with a header such as: voter,A,B,C"
        )
    return columns


def _cells(row: list[str], width: int, line: int, columns: dict[int, str]) -> dict[str, str]:
    if len(row) < width or any(cell.strip() for cell in row[width:]):
        raise BallotFileError(
            f"Line {line} has {len(row)} cells, but the header has {width}. "
            "Give each line as many; leave a cell empty for an item without a place."
        )
    for index, cell in enumerate(row[:width]):
        if cell.strip() and index not in columns:
            raise BallotFileError(
                f"Line {line}, column {index + 1}: {quoted(cell)} stands in a column without a name. "
                "Name the column in the header, or empty it."
            )
    return {name: row[index].strip() for index, name in columns.items()}


def _ballot(cells: dict[str, str], items: dict[int, str], line: int) -> Ballot:
    voter = clean_name(cells[VOTER], f"Line {line}, column voter")
    if not voter:
        raise BallotFileError(
            f"Line {line}: the voter is missing. Write a name, or any label that no other line has."
        )
    tiers: dict[int, list[str]] = {}
    for item in items.values():
        if cells[item]:
            tiers.setdefault(_place(cells[item], item, line), []).append(item)
    if not tiers:
        raise BallotFileError(f"Line {line}: no item has a place. Give at least one, or remove the line.")
    return Ballot(
        voter=voter,
        ranking=tuple(tuple(tiers[place]) for place in sorted(tiers)),
        agency=clean_name(cells.get(AGENCY, ""), f"Line {line}, column agency") or None,
        count=_count(cells.get(COUNT, ""), line),
    )


def _place(cell: str, item: str, line: int) -> int:
    place = _whole_number(cell)
    if place is None or place < 1:
        raise BallotFileError(
            f"Line {line}, column {quoted(item)}: {quoted(cell)} is not a place. "
            "Write a whole number from 1 (best), or leave the cell empty."
        )
    return place


def _count(cell: str, line: int) -> int:
    count = _whole_number(cell) if cell else 1
    if count is None or not 1 <= count <= MAX_COUNT:
        raise BallotFileError(
            f"Line {line}, column count: {quoted(cell)} is not a number of voters. "
            f"Write a whole number from 1 to {MAX_COUNT:,}, or leave the cell empty for one voter."
        )
    return count


def _whole_number(cell: str) -> int | None:
    if not (cell.isascii() and cell.isdigit() and len(cell) <= MAX_DIGITS):
        return None
    return int(cell)
