"""A made-up library written straight into a database: through the store it would take an hour."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing

import psycopg
from psycopg import sql

from bench.library_data import Rows, made_up
from storage.columns import bind
from storage.open import migrate


def make_library(url: str, studies: int) -> tuple[str, ...]:
    """Fill a new database with so many published case studies; its words, the most frequent first."""
    migrate(url)
    words, batches = made_up(studies)
    if url.startswith("sqlite"):
        _into_sqlite(url.removeprefix("sqlite:///"), batches)
    else:
        _into_postgresql(url, batches)
    return words


def _into_sqlite(path: str, batches: Iterable[Rows]) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        for batch in batches:
            with connection:
                for table, rows in batch.items():
                    names = list(rows[0])
                    connection.executemany(
                        f"INSERT INTO {table} ({', '.join(names)}) "
                        f"VALUES ({', '.join(f':{name}' for name in names)})",
                        [bind(row) for row in rows],
                    )


def _into_postgresql(url: str, batches: Iterable[Rows]) -> None:
    """The rows are right, so nobody checks them; then what a server does by itself in its quiet hours."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        for batch in batches:
            for table, rows in batch.items():
                copy = sql.SQL("COPY {} ({}) FROM STDIN").format(
                    sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, rows[0]))
                )
                with connection.cursor() as cursor, cursor.copy(copy) as target:
                    for row in rows:
                        target.write_row(list(bind(row).values()))
        connection.execute("VACUUM ANALYZE")
