"""Whatever people paste into a search, it answers and finds what it can."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.search import Search
from tests.knowledge.looking_up import found


@pytest.mark.parametrize("query", ["", " \n\t", "how do we do it", "???", "🙂🙃", "<>", "'", "%", "\x00"])
def test_a_query_without_content_gives_nothing(search: Search, query: str) -> None:
    answer = search.find(query)
    assert (answer.query, answer.matches, answer.themes) == (query, (), ())


@pytest.mark.parametrize(
    "query",
    [
        'trust" OR 1=1 --',
        "trust* NEAR/3 (roles)",
        'title:"trust" AND -roles',
        "<b>trust</b> <!channel> <@U123>",
        "trust 🙂👩‍👩‍👧",
        "\u202etrust\u202c ثقة",
        "trust\x00",
        "TRUST!!!",
    ],
)
def test_operators_and_markup_are_only_text(search: Search, query: str) -> None:
    answer = search.find(query)
    assert answer.query == query
    assert "trust" in [theme.id for theme in answer.themes]


@settings(max_examples=150, deadline=None)
@given(query=st.text(max_size=3000))
def test_any_text_is_safe(search: Search, query: str) -> None:
    answer = search.find(query)
    assert answer.query == query
    assert len(answer.matches) <= 5
    assert all(0 < match.score <= 1 and (match.words or match.ask) for match in answer.matches)
    search.theme_named(query)


def test_a_long_message_finds_what_it_is_about(search: Search) -> None:
    story = "We met on Tuesday and the weather was poor. " * 20
    message = f"Nobody knows what the acronyms mean. {story}"[:3000]
    assert "communication-11" in found(search, message)


@settings(max_examples=60, deadline=None)
@given(
    words=st.lists(
        st.sampled_from(["trust", "roles", "budget", "zqxj", "leaving", "%", "acronims"]), max_size=400
    )
)
def test_known_words_in_any_number_keep_scores_in_range(search: Search, words: list[str]) -> None:
    assert all(0 < match.score <= 1 for match in search.find(" ".join(words)).matches)
