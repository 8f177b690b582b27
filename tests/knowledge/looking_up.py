"""What a search finds."""

from knowledge.search import Search


def found(search: Search, query: str) -> list[str]:
    return [match.strategy.id for match in search.find(query).matches]
