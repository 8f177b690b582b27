"""What a look-up gives back."""

from dataclasses import dataclass
from typing import Any

from knowledge.model import Strategy, Theme


@dataclass(frozen=True, slots=True)
class Match:
    """A strategy that fits, and why.

    `score` is above 0 and at most 1; `words` are those of the query that matched, by themselves or by what
    they mean; `ask` is the strategy's own ask that says nearly the same as the query, if one does.
    """

    strategy: Strategy
    score: float
    words: tuple[str, ...]
    ask: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The best matches first, and their themes.

    When nothing fits, `matches` is empty and `themes` are the nearest ones to offer, perhaps none.
    """

    query: str
    matches: tuple[Match, ...]
    themes: tuple[Theme, ...]


def lookup_as_json(answer: Answer) -> dict[str, Any]:
    """The answer as the command line prints it: `query`, `results` and the ids of `themes`."""
    return {
        "query": answer.query,
        "results": [
            {
                "id": match.strategy.id,
                "title": match.strategy.title,
                "theme": match.strategy.theme_id,
                "score": round(match.score, 4),
            }
            for match in answer.matches
        ],
        "themes": [theme.id for theme in answer.themes],
    }
