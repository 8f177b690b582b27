"""The full-text query of each engine and nothing else: what our search is compared with."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Protocol

import psycopg

from storage.search import query_words

_SQLITE = """
SELECT rowid FROM case_study_words_fts WHERE case_study_words_fts MATCH ? ORDER BY rank LIMIT ? OFFSET ?
"""
_POSTGRESQL = """
SELECT case_study_id FROM case_study_words, to_tsquery('commonground', %s) AS query WHERE words @@ query
ORDER BY ts_rank(words, query, 1) DESC LIMIT %s OFFSET %s
"""


class Bare(Protocol):
    """Asks the full-text index alone."""

    def find(self, question: str, limit: int, offset: int) -> None:
        """All words and, if nothing has all of them, any."""


@contextmanager
def bare_query(url: str) -> Iterator[Bare]:
    """The bare query of the database at `url`, on a connection of its own."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
            yield _BareSqlite(connection)
    else:
        with psycopg.connect(url, autocommit=True) as server:
            yield _BarePostgresql(server)


class _BareSqlite:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def find(self, question: str, limit: int, offset: int) -> None:
        words = [f'"{word}"' for word in query_words(question)]
        if not self._match(" AND ".join(words), limit, offset) and len(words) > 1:
            self._match(" OR ".join(words), limit, offset)

    def _match(self, words: str, limit: int, offset: int) -> Sequence[object]:
        return self._connection.execute(_SQLITE, [words, limit, offset]).fetchall()


class _BarePostgresql:
    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection

    def find(self, question: str, limit: int, offset: int) -> None:
        words = [f"'{word}'" for word in query_words(question)]
        if not self._match(" & ".join(words), limit, offset) and len(words) > 1:
            self._match(" | ".join(words), limit, offset)

    def _match(self, words: str, limit: int, offset: int) -> Sequence[object]:
        return self._connection.execute(_POSTGRESQL, [words, limit, offset]).fetchall()
