"""A file of ballots, CSV or JSON, read into ballots and items."""

from dataclasses import dataclass
from pathlib import Path

from bot.ranking.counting.ballots import Ballot
from bot.ranking.counting.csv_file import parse_csv
from bot.ranking.counting.file_faults import BallotFileError
from bot.ranking.counting.json_file import parse_json


@dataclass(frozen=True)
class BallotFile:
    """`items` in the order of the CSV's columns, or of their first appearance in the JSON."""

    items: tuple[str, ...]
    ballots: tuple[Ballot, ...]


def read_ballots(path: Path) -> BallotFile:
    """Read a file; a name that ends in .json is JSON, any other is judged by how the content begins.

    Raises BallotFileError if it is missing, unreadable or malformed.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise BallotFileError(f"There is no file {path}. Check the name and the folder.") from None
    except IsADirectoryError:
        raise BallotFileError(f"{path} is a folder. Give the name of a CSV or JSON file.") from None
    except (OSError, ValueError) as fault:
        raise BallotFileError(f"{path} cannot be read: {fault}.") from fault
    return parse_ballots(data, is_json=True if path.suffix.lower() == ".json" else None)


def parse_ballots(data: bytes, is_json: bool | None = None) -> BallotFile:
    """Parse a file's content; a byte-order mark is allowed. Raises BallotFileError."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data[: fault.start].count(b"\n") + 1
        raise BallotFileError(
            f"Line {line} is not UTF-8 text. Save the file again as CSV UTF-8 or as JSON."
        ) from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise BallotFileError(
            f"Line {line} contains a NUL byte, so this is not a text file. "
            "Save it again as CSV UTF-8 or as JSON."
        )
    if not text.strip():
        raise BallotFileError("The file is empty. Fill it with ballots, as CSV or as JSON.")
    if is_json is None:
        is_json = text.lstrip()[0] in "[{"
    items, ballots = parse_json(text) if is_json else parse_csv(text)
    return BallotFile(tuple(items), tuple(ballots))
