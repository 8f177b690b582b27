"""Titles of case studies in what is said of erasures."""

from bot.blocks import cut, escape

NO_TITLE = "a case study without a title"


def title_words(title: str) -> str:
    """In bold, and cut so that a list of them stays readable."""
    return f"*{escape(cut(title, 75))}*" if title else NO_TITLE
