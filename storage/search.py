"""Full-text search over published case studies.

Text and queries are folded to the same plain words before either engine sees
them, so that no query can be read as an operator and both engines cut words
alike. What is left to the engine is stemming, the index, and the order.
"""

import re
import unicodedata
from collections.abc import Iterable

from storage.columns import clean
from storage.database import Engine, Script

_WORD = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r"['’]s\b")
_APOSTROPHE = re.compile(r"['’]")
# Neither engine's stemmer knows these, and case studies are about people.
_SINGULAR = {"children": "child", "men": "man", "people": "person", "women": "woman"}
# PostgreSQL keeps no lexeme over 2,046 bytes and no document over a megabyte of them.
_LONGEST_WORD = 60
_LONGEST_TEXT = 250_000
_MOST_QUERY_WORDS = 32
# In a question they say nothing of what it is about. Kept when nothing else is asked.
_COMMON_WORDS = frozenset(
    _WORD.findall("""
        a about all am an and any are as at be been but by can could did do does for from get had has
        have having how i if in into is it its me more my no not of on or our should so some such than
        that the their them then there these they this those to us was we were what when where which
        who why will with would you your
    """)
)
# The index is read in order of rank, and reading stops once enough of this workspace were found.
_FIND_SQLITE = """
SELECT w.case_study_id AS id
FROM case_study_words_fts f
CROSS JOIN case_study_words w ON w.number = f.rowid
WHERE case_study_words_fts MATCH :match AND w.workspace_id = :workspace_id
ORDER BY f.rank
LIMIT :limit OFFSET :offset
"""
_FIND_POSTGRESQL = """
SELECT case_study_id AS id
FROM case_study_words, to_tsquery('commonground', :match) AS query
WHERE workspace_id = :workspace_id AND words @@ query
ORDER BY ts_rank(words, query, 1) DESC, case_study_id
LIMIT :limit OFFSET :offset
"""


def fold(text: str) -> list[str]:
    """Return the words of a text in ASCII, without case, accents and possessives."""
    plain = clean(text[:_LONGEST_TEXT]).casefold()
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain)
        plain = "".join(each for each in decomposed if not unicodedata.combining(each))
    plain = _APOSTROPHE.sub("", _POSSESSIVE.sub("", plain))
    return [_SINGULAR.get(word) or _spell(word[:_LONGEST_WORD]) for word in _WORD.findall(plain)]


def _spell(word: str) -> str:
    """Write letters outside ASCII as their numbers: which of them are letters, engines disagree about."""
    return word if word.isascii() else "".join(each if each.isascii() else f"u{ord(each):x}" for each in word)


def query_words(query: str) -> list[str]:
    """Return the words to look for, each once, the common ones only when there are no others."""
    words = list(dict.fromkeys(fold(query)))
    telling = [word for word in words if word not in _COMMON_WORDS]
    return (telling or words)[:_MOST_QUERY_WORDS]


def indexed(texts: Iterable[str]) -> str:
    """Return texts as they are put into the index."""
    return " ".join(fold("\n".join(texts)))


def find(engine: Engine, workspace_id: str, query: str, limit: int, offset: int) -> Script[list[str]]:
    """Ids of the case studies with all words of the query or, if there are none, with any."""
    words = query_words(query)
    if not words:
        return []
    every = yield from _match(engine, workspace_id, _all_of(engine, words), limit, offset)
    if every or len(words) == 1:
        return every
    if offset and (yield from _match(engine, workspace_id, _all_of(engine, words), 1, 0)):
        return []
    return (yield from _match(engine, workspace_id, _any_of(engine, words), limit, offset))


def _match(engine: Engine, workspace_id: str, match: str, limit: int, offset: int) -> Script[list[str]]:
    rows = yield (
        _FIND_SQLITE if engine == "sqlite" else _FIND_POSTGRESQL,
        {"workspace_id": workspace_id, "match": match, "limit": limit, "offset": offset},
    )
    return [row["id"] for row in rows]


def _all_of(engine: Engine, words: list[str]) -> str:
    return (" AND " if engine == "sqlite" else " & ").join(_quoted(engine, words))


def _any_of(engine: Engine, words: list[str]) -> str:
    return (" OR " if engine == "sqlite" else " | ").join(_quoted(engine, words))


def _quoted(engine: Engine, words: list[str]) -> list[str]:
    mark = '"' if engine == "sqlite" else "'"
    return [f"{mark}{word}{mark}" for word in words]
