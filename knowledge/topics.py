"""Take a question apart into the topics that it names, and a letter into its sentences."""

import re

# Words and marks between two topics. Most questions hold one of them and only one topic: a part counts only
# when it finds something by itself.
_BETWEEN = re.compile(r"[,;.?!&+\n]|\b(?:and|plus|versus|vs|but|also|then)\b", re.IGNORECASE)
_MOST = 6
_LONGEST = 600
_SENTENCE = re.compile(r"[^.?!\n]+[.?!\n]*")
_LETTER = 3
_MOST_SENTENCES = 8


def topics(question: str) -> tuple[str, ...]:
    """The parts of a question that may be topics of their own; none when it has one part or is a letter."""
    if len(question) > _LONGEST:
        return ()
    parts = [part.strip() for part in _BETWEEN.split(question)]
    parts = [part for part in parts if part]
    return tuple(parts) if 1 < len(parts) <= _MOST else ()


def sentences(text: str) -> tuple[str, ...]:
    """The first sentences of a letter, each once; none for a text too short to be one."""
    found = [sentence.strip() for sentence in _SENTENCE.findall(text)]
    found = [sentence for sentence in found if any(char.isalnum() for char in sentence)]
    return tuple(dict.fromkeys(found))[:_MOST_SENTENCES] if len(found) >= _LETTER else ()
