"""A theme is known by its name, in many words for it, and other text names none."""

import pytest

from knowledge.model import Library
from knowledge.search import Search


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("trust", "trust"),
        ("Trust", "trust"),
        ("trsut", "trust"),
        ("roles", "roles"),
        ("role", "roles"),
        ("leaders", "leadership"),
        ("staff", "staffing"),
        ("trust and respect", "trust"),
        ("Clear roles and responsibilities", "roles"),
        ("funding that is enough and lasts", "funding"),
        ("commitment at every level", "commitment"),
        ("information sharing", "communication"),
        ("shared purpose", "purpose"),
        ("comunication", "communication"),
        ("organization and planning", "planning"),
    ],
)
def test_a_theme_is_known_by_its_name(search: Search, text: str, theme: str) -> None:
    named = search.theme_named(text)
    assert named is not None
    assert named.id == theme


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "nobody has time",
        "trust-2",
        "respect",
        "password",
        "how do we build trust",
        "🙂",
        "x" * 3000,
    ],
)
def test_other_text_names_no_theme(search: Search, text: str) -> None:
    assert search.theme_named(text) is None


def test_every_theme_is_known_by_its_own_title_and_id(search: Search, shipped: Library) -> None:
    for theme in shipped.themes:
        assert search.theme_named(theme.title) == theme
        assert search.theme_named(theme.id) == theme
