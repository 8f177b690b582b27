"""Full-text search over published case studies.

Text and queries are folded to the same plain words before either engine sees
them, so that no query can be read as an operator and both engines cut words
alike. What is left to the engine is stemming, the index, and the order.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from storage.columns import clean
from storage.database import Engine, Row, Script
from storage.facets import filter_clause
from storage.records.published import Filters

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
# Marks that no folded text can hold, put round each word that was found.
_OPEN, _CLOSE = "<", ">"
# The index is read in order of rank, and reading stops once enough of this workspace were found.
_FIND_SQLITE = f"""
SELECT w.case_study_id AS id, highlight(case_study_words_fts, 1, '{_OPEN}', '{_CLOSE}') AS marked
FROM case_study_words_fts f
CROSS JOIN case_study_words w ON w.number = f.rowid
WHERE case_study_words_fts MATCH :match AND w.workspace_id = :workspace_id {{filters}}
ORDER BY f.rank
LIMIT :limit OFFSET :offset
"""
_COUNT_SQLITE = """
SELECT COUNT(*) AS number
FROM case_study_words_fts f
CROSS JOIN case_study_words w ON w.number = f.rowid
WHERE case_study_words_fts MATCH :match AND w.workspace_id = :workspace_id {filters}
"""
_FOUND_POSTGRESQL = """
FROM case_study_words w, to_tsquery('commonground', :match) AS query
WHERE w.workspace_id = :workspace_id AND words @@ query {filters}
"""
# Marking is slow, so that only the page is marked.
_FIND_POSTGRESQL = f"""
SELECT id, ts_headline('commonground', body, to_tsquery('commonground', :match),
    'HighlightAll=true, StartSel={_OPEN}, StopSel={_CLOSE}') AS marked
FROM (
    SELECT case_study_id AS id, body, ts_rank(words, query, 1) AS points
    {_FOUND_POSTGRESQL}
    ORDER BY points DESC, case_study_id
    LIMIT :limit OFFSET :offset
) AS page
ORDER BY points DESC, id
"""
_IDS_SQLITE = _COUNT_SQLITE.format(filters="").replace("COUNT(*) AS number", "w.case_study_id")
_IDS_POSTGRESQL = f"SELECT w.case_study_id {_FOUND_POSTGRESQL.format(filters='')}"
_COUNT_POSTGRESQL = f"SELECT COUNT(*) AS number {_FOUND_POSTGRESQL}"


@dataclass(frozen=True, slots=True)
class Found:
    """A case study that was found, with the folded words of its answers; `matches`: which were looked for."""

    study_id: str
    words: list[str]
    matches: list[int]


def fold(text: str) -> list[str]:
    """Return the words of a text in ASCII, without case, accents and possessives."""
    plain = clean(text[:_LONGEST_TEXT]).casefold()
    if not plain.isascii():
        plain = _without_accents(plain)
    plain = _APOSTROPHE.sub("", _POSSESSIVE.sub("", plain))
    return [_folded(word) for word in _WORD.findall(plain)]


def word_places(text: str) -> list[tuple[int, int]]:
    """Where in `text` each of the words of `fold(text)` begins and ends."""
    text = text[:_LONGEST_TEXT]
    plain, places = text.casefold(), list(range(len(text)))
    if not text.isascii():
        pairs = [(each, at) for at, char in enumerate(text) for each in _without_accents(char.casefold())]
        plain, places = "".join(each for each, _ in pairs), [at for _, at in pairs]
    for dropped in (_POSSESSIVE, _APOSTROPHE):
        if gaps := [match.span() for match in dropped.finditer(plain)]:
            starts, ends = [0, *(end for _, end in gaps)], [*(start for start, _ in gaps), len(plain)]
            kept = list(zip(starts, ends, strict=True))
            plain = "".join(plain[start:end] for start, end in kept)
            places = [place for start, end in kept for place in places[start:end]]
    spans = [(places[match.start()], places[match.end() - 1] + 1) for match in _WORD.finditer(plain)]
    return spans if text.isascii() else [(begin, _with_accents(text, end)) for begin, end in spans]


def _with_accents(text: str, end: int) -> int:
    """The end of a word with the accents that stand behind its last letter."""
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end


def _without_accents(text: str) -> str:
    return "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))


def _folded(word: str) -> str:
    return _SINGULAR.get(word) or _spell(word[:_LONGEST_WORD])


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


def find(
    engine: Engine, workspace_id: str, query: str, filters: Filters, limit: int, offset: int
) -> Script[list[Found]]:
    """The case studies with all words of the query or, if there are none, with any; best first."""
    words = query_words(query)
    if not words:
        return []
    every = yield from _match(engine, workspace_id, _all_of(engine, words), filters, limit, offset)
    if every or len(words) == 1:
        return every
    if offset and (yield from _match(engine, workspace_id, _all_of(engine, words), filters, 1, 0)):
        return []
    return (yield from _match(engine, workspace_id, _any_of(engine, words), filters, limit, offset))


def count_found(engine: Engine, workspace_id: str, query: str, filters: Filters) -> Script[int]:
    """How many `find` finds on all its pages together."""
    words = query_words(query)
    if not words:
        return 0
    every = yield from _count(engine, workspace_id, _all_of(engine, words), filters)
    if every or len(words) == 1:
        return every
    return (yield from _count(engine, workspace_id, _any_of(engine, words), filters))


def found_clause(
    engine: Engine, workspace_id: str, query: str, filters: Filters
) -> Script[tuple[str, dict[str, object]]]:
    """The end of a WHERE that keeps all that `find` finds, `s` being the case study."""
    words = query_words(query)
    if not words:
        return " AND 1 = 0", {}
    match = _all_of(engine, words)
    if not (yield from _count(engine, workspace_id, match, filters)):
        match = _any_of(engine, words)
    return f" AND s.id IN ({_IDS_SQLITE if engine == 'sqlite' else _IDS_POSTGRESQL})", {"match": match}


def _match(
    engine: Engine, workspace_id: str, match: str, filters: Filters, limit: int, offset: int
) -> Script[list[Found]]:
    clause, values = filter_clause(engine, filters, "w.case_study_id")
    sql = _FIND_SQLITE if engine == "sqlite" else _FIND_POSTGRESQL
    page = {"workspace_id": workspace_id, "match": match, "limit": limit, "offset": offset}
    rows = yield sql.format(filters=clause), page | values
    return [_found(row) for row in rows]


def _count(engine: Engine, workspace_id: str, match: str, filters: Filters) -> Script[int]:
    clause, values = filter_clause(engine, filters, "w.case_study_id")
    sql = _COUNT_SQLITE if engine == "sqlite" else _COUNT_POSTGRESQL
    rows = yield sql.format(filters=clause), {"workspace_id": workspace_id, "match": match} | values
    return int(rows[0]["number"])


def _found(row: Row) -> Found:
    words = row["marked"].split()
    matches = [place for place, word in enumerate(words) if word.startswith(_OPEN)]
    for place in matches:
        words[place] = words[place].strip(_OPEN + _CLOSE)
    return Found(row["id"], words, matches)


def _all_of(engine: Engine, words: list[str]) -> str:
    return (" AND " if engine == "sqlite" else " & ").join(_quoted(engine, words))


def _any_of(engine: Engine, words: list[str]) -> str:
    return (" OR " if engine == "sqlite" else " | ").join(_quoted(engine, words))


def _quoted(engine: Engine, words: list[str]) -> list[str]:
    mark = '"' if engine == "sqlite" else "'"
    return [f"{mark}{word}{mark}" for word in words]
