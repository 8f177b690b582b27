"""What is kept of a question that was not answered: its words, without anybody or anywhere in them.

Names cannot always be told. What can be told is left out: mentions, addresses,
numbers of people, and words with a capital letter that the content does not know.
"""

import re
from collections.abc import Iterator
from functools import cached_property

from knowledge.model import Library
from knowledge.words import all_words, content_words

MOST_WORDS = 12
LONGEST_WORD = 30
LONGEST_ACRONYM = 6

_LEFT_OUT = re.compile(
    r"<[^>]*>"  # Slack's mentions and links
    r"|\S*@\S*"  # e-mail addresses and names with an at sign
    r"|\b(?:https?://|www\.)\S*"
    r"|\b[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2}\b"  # postcodes
    r"|\+?\d(?:[\s./()–-]{0,2}\d){4,}"  # telephone numbers, dates, and other long runs of digits
    r"|\b(?:[Mm]rs?|[Mm]s|[Mm]x|Miss|[Dd]r|[Pp]rof|PC|DC)\b\.?\s+\S+"  # a person by their title
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


class Anonymiser:
    """Knows the words of a library, which name nobody."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def words(self, question: str) -> str:
        """At most twelve of its words in small letters, in order of the alphabet; "" if none may be kept."""
        text = _LEFT_OUT.sub(" ", question)
        written = _WORD.findall(text)
        is_shouted = len(written) > 1 and text.isupper()
        kept = (
            word.text
            for one in written
            for word in content_words(one)
            if len(word.text) <= LONGEST_WORD and (word.stem in self._known or _names_nobody(one, is_shouted))
        )
        first = list(dict.fromkeys(kept))[:MOST_WORDS]
        return " ".join(sorted(first))

    @cached_property
    def _known(self) -> set[str]:
        """The stems of all words of the library; the same words come again and again in it."""
        written = {word for text in _texts(self._library) for word in text.split()}
        return {word.stem for word in all_words(" ".join(written))}


def _names_nobody(word: str, is_shouted: bool) -> bool:
    is_acronym = word.isupper() and 1 < len(word) <= LONGEST_ACRONYM
    return not is_shouted and (is_acronym or not word[0].isupper())


def _texts(library: Library) -> Iterator[str]:
    for theme in library.themes:
        yield from (theme.title, theme.summary)
    for strategy in library.strategies:
        yield from (strategy.title, strategy.text, *strategy.asks)
    glossary = library.glossary
    for term in glossary.terms:
        yield from (term.term, *term.words)
    for group in glossary.synonyms:
        yield from group
    yield from glossary.elsewhere
