"""Take a question apart into the topics that it names."""

import re

# Words and marks between two topics. Most questions hold one of them and only one topic: a part counts only
# when it finds something by itself.
_BETWEEN = re.compile(r"[,;.?!&+\n]|\b(?:and|plus|versus|vs|but|also|then)\b", re.IGNORECASE)
_MOST = 6
_LONGEST = 600


def topics(question: str) -> tuple[str, ...]:
    """The parts of a question that may be topics of their own; none when it has one part or is a letter."""
    if len(question) > _LONGEST:
        return ()
    parts = [part.strip() for part in _BETWEEN.split(question)]
    parts = [part for part in parts if part]
    return tuple(parts) if 1 < len(parts) <= _MOST else ()
