"""Text on one line."""

import unicodedata


def one_line(text: str) -> str:
    """The text with runs of blanks and line breaks made one blank, without control characters."""
    kept = "".join(
        character
        for character in " ".join(text.split())
        if unicodedata.category(character) not in ("Cc", "Cs")
    )
    return " ".join(kept.split())
