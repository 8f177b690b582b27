"""Every text that a database holds, and the bytes of an SQLite file: where somebody may still be found."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import psycopg
from psycopg import sql

LOG_ENDINGS = ("", "-wal", "-shm", "-journal")


def cells(url: str) -> list[tuple[str, str, str]]:
    """Each cell of each table as `(table, column, text)`."""
    return [(table, column, text) for table, row in _all_rows(url) for column, text in row.items()]


def rows(url: str, *traces: str) -> list[tuple[str, dict[str, str]]]:
    """The rows that hold any of `traces` as `(table, texts by column)`, in any case of letters."""
    wanted = [trace.lower() for trace in traces]
    return [
        (table, row)
        for table, row in _all_rows(url)
        if any(trace in text.lower() for trace in wanted for text in row.values())
    ]


def found_in(url: str, *traces: str) -> list[tuple[str, str, str]]:
    """The cells that hold any of `traces`, whatever the case of their letters."""
    wanted = [trace.lower() for trace in traces]
    return [cell for cell in cells(url) if any(trace in cell[2].lower() for trace in wanted)]


def bytes_of(url: str) -> bytes:
    """What the files of an SQLite database hold, its log too; b"" for PostgreSQL."""
    if not url.startswith("sqlite"):
        return b""
    path = url.removeprefix("sqlite:///")
    files = [Path(path + ending) for ending in LOG_ENDINGS]
    return b"".join(file.read_bytes() for file in files if file.exists())


def _all_rows(url: str) -> list[tuple[str, dict[str, str]]]:
    return _sqlite_rows(url) if url.startswith("sqlite") else _postgresql_rows(url)


def _sqlite_rows(url: str) -> list[tuple[str, dict[str, str]]]:
    found = []
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in names:
            cursor = connection.execute(f'SELECT * FROM "{table}"')
            columns = [column[0] for column in cursor.description]
            found += [(table, _texts(columns, row)) for row in cursor]
    return found


def _postgresql_rows(url: str) -> list[tuple[str, dict[str, str]]]:
    found = []
    with psycopg.connect(url) as connection:
        names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        for (table,) in names:
            cursor = connection.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(table)))
            columns = [column.name for column in cursor.description or ()]
            found += [(table, _texts(columns, row)) for row in cursor]
    return found


def _texts(columns: Sequence[str], row: Sequence[object]) -> dict[str, str]:
    return {name: _text(cell) for name, cell in zip(columns, row, strict=True)}


def _text(cell: object) -> str:
    return cell.decode(errors="replace") if isinstance(cell, bytes) else str(cell)
