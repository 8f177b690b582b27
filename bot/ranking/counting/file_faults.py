"""What a file of ballots may hold, whatever its format, and the one error that refuses it."""

import unicodedata

MAX_ITEMS = 500
MAX_COUNT = 1_000_000_000


class BallotFileError(ValueError):
    """The file cannot be counted. The message names the place and says what to do."""


def clean_name(text: str, where: str) -> str:
    """A voter, agency or item with runs of blanks and line breaks made one blank."""
    name = " ".join(text.split())
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in name):
        raise BallotFileError(f"{where} contains a control character. Type the text again and save the file.")
    return name


def check_items(number: int) -> None:
    if number > MAX_ITEMS:
        raise BallotFileError(f"The file has {number} items. At most {MAX_ITEMS} can be counted.")


def quoted(text: str) -> str:
    """A value from the file for an error message: short, on one line, without control characters."""
    safe = "".join(character if character.isprintable() else " " for character in text)
    return f'"{safe[:40]}…"' if len(safe) > 40 else f'"{safe}"'
