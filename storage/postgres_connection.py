"""Connections to PostgreSQL, and what its refusals mean in plain words.

Nothing here shows a password: not the one in the address, nor what was taken
for a host or a database because a password held an `@` that was not encoded.
"""

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import lru_cache
from typing import Any, TypeAlias

import psycopg
from psycopg import conninfo
from psycopg.rows import DictRow, dict_row

from storage.store import UnavailableError

Connection: TypeAlias = psycopg.Connection[DictRow]

_CONNECT_SECONDS = 10
_NAMED = re.compile(r":([a-z_][a-z0-9_]*)")
_MALFORMED = (
    "DATABASE_URL is not an address PostgreSQL understands. In a password, write @ as %40, / as %2F, "
    ": as %3A, # as %23 and % as %25."
)
# What libpq says while connecting has no code, only text.
_CONNECT_FAILURES = {
    r"password authentication failed|no password supplied": "the user name or the password is wrong",
    r"role .* does not exist": "there is no such user",
    r"database .* does not exist": "there is no such database on that server; create it first",
    r"no pg_hba.conf entry": "the server does not let this user in from here",
    r"[Cc]onnection refused|No such file or directory": "nothing answers there; is the server running?",
    r"resolve|translate host name|[Nn]ame or service not known": "there is no server of that name",
    r"timeout|timed out": "the server did not answer in time",
    r"too many (clients|connections)|connection slots": "the server has no connection to spare",
    r"invalid port|invalid integer": "its port is not a number",
    r"SSL|certificate": "a secure connection could not be made; check sslmode and the certificates",
    r"starting up|shutting down": "the server is starting or stopping; try again soon",
}
_REFUSALS = {
    "25006": "it can be read but not written; is it a standby?",
    "42501": "this user has not the rights the app needs",
    "53100": "its disk is full; make room, then try again",
    "53300": "the server has no connection to spare",
    "55P03": "another program keeps what is wanted locked; stop that program, then try again",
    "57P01": "the server is stopping; try again soon",
    "57P03": "the server is starting; try again soon",
}


def dsn(url: str) -> str:
    """Return the address with our defaults; :raises UnavailableError: it cannot be understood."""
    try:
        given = conninfo.conninfo_to_dict(url)
    except psycopg.Error:
        raise UnavailableError(_MALFORMED) from None
    defaults: dict[str, Any] = {"connect_timeout": _CONNECT_SECONDS, "application_name": "commonground"}
    return conninfo.make_conninfo(**{**defaults, **given})


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    """A connection of its own, closed at the end.

    :raises UnavailableError: the server does not let us in, or refuses what is asked
    """
    target = dsn(url)
    try:
        connection = psycopg.connect(target, row_factory=dict_row, autocommit=True)
    except psycopg.Error as error:
        raise UnavailableError(f"{_where(url)} cannot be used: {_why_not(str(error))}.") from None
    with closing(connection):
        try:
            yield connection
        except psycopg.Error as error:
            refusal = refusal_in_words(error)
            if refusal is None:
                raise
            raise refusal from error


def refusal_in_words(error: psycopg.Error) -> UnavailableError | None:
    """Return what to tell people, or None when the error is a mistake in our SQL."""
    words = _REFUSALS.get(error.sqlstate or "")
    if words is None and isinstance(error, psycopg.OperationalError):
        words = _why_not(str(error)) if error.sqlstate is None else "the server could not do it now"
    return UnavailableError(f"The PostgreSQL database cannot be used: {words}.") if words else None


@lru_cache(maxsize=512)
def translate(sql: str) -> str:
    """Write `:name` as psycopg wants it."""
    return _NAMED.sub(r"%(\1)s", sql.replace("%", "%%"))


def _why_not(said: str) -> str:
    for pattern, words in _CONNECT_FAILURES.items():
        if re.search(pattern, said):
            return words
    return "the connection was lost or could not be made"


def _where(url: str) -> str:
    parts = conninfo.conninfo_to_dict(url)
    host, name = str(parts.get("host") or "localhost"), str(parts.get("dbname") or "")
    if "@" in host + name:
        return f"The PostgreSQL database in DATABASE_URL ({_MALFORMED})"
    return f"The PostgreSQL database {name} on {host}".replace("  ", " ")
