"""Why a strategy was found, in a few words."""

from bot.blocks import cut
from knowledge.answer import Match

LONGEST = 150
MOST_WORDS = 6


def reason(match: Match | None) -> str:
    """One plain sentence, or "" where there is nothing to say, as for a strategy asked for by its id."""
    if match is None:
        return ""
    if match.ask:
        return f"Why: people put it as “{cut(match.ask, LONGEST)}”"
    words = ", ".join(f"“{word}”" for word in match.words[:MOST_WORDS])
    return f"Why: you wrote {cut(words, LONGEST)}" if words else ""
