"""The answer to a look-up as JSON."""

import json

from knowledge.answer import lookup_as_json
from knowledge.search import Search


def test_the_answer_as_json(search: Search) -> None:
    answer = search.find("turf wars")
    printed = json.loads(json.dumps(lookup_as_json(answer)))
    first = answer.matches[0]
    assert list(printed) == ["query", "results", "themes"]
    assert printed["query"] == "turf wars"
    assert printed["results"][0] == {
        "id": "roles-6",
        "title": first.strategy.title,
        "theme": "roles",
        "score": round(first.score, 4),
    }
    assert printed["themes"] == [theme.id for theme in answer.themes]


def test_an_empty_answer_as_json(search: Search) -> None:
    assert lookup_as_json(search.find("reset my password")) == {
        "query": "reset my password",
        "results": [],
        "themes": [],
    }
