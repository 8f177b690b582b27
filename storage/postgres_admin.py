"""Care for a PostgreSQL database: its schema, a copy of it, what is wrong with it."""

import asyncio
import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from psycopg import conninfo

from storage import migrations
from storage.columns import bind
from storage.database import Committed
from storage.postgres import PostgresDatabase
from storage.postgres_connection import Connection, connected, dsn, translate
from storage.store import UnavailableError

_OLDEST = 130000
# Any number will do, as long as every process that migrates takes the same.
_LOCK = 7_105_000_001
_CREATE_TABLE = (
    "CREATE TABLE IF NOT EXISTS schema_migrations (name TEXT PRIMARY KEY, applied_at TEXT NOT NULL)"
)
_RECORD = "INSERT INTO schema_migrations (name, applied_at) VALUES (:name, :now)"


async def open_database(url: str, *, migrate: bool, committed: Committed) -> PostgresDatabase:
    """Open a pool on a database whose schema is up to date."""
    # A first connection by itself, because a pool hides why it cannot connect.
    await asyncio.to_thread(_migrate_or_refuse, url, migrate)
    database = PostgresDatabase(url, committed)
    await database.open()
    return database


def migrate(url: str) -> list[str]:
    """Bring the schema up to date and return the names of the steps that were applied."""
    with connected(url) as connection:
        return _apply(connection)


def pending(url: str) -> list[str]:
    """The steps still to be applied; :raises UnavailableError: a newer version made the database."""
    with connected(url) as connection:
        return _pending(connection)


def backup(url: str, target: Path) -> None:
    """Copy the database to a new file with pg_dump, in its custom format.

    :raises UnavailableError: `target` exists, there is no pg_dump, or it fails
    """
    program = shutil.which("pg_dump")
    if program is None:
        raise UnavailableError("A copy of PostgreSQL needs pg_dump, and it is not on the PATH. Install it.")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnavailableError(f"The folder of {target} cannot be created: {error.strerror}.") from error
    part = target.with_name(f"{target.name}.part")
    parts: dict[str, Any] = dict(conninfo.conninfo_to_dict(dsn(url)))
    # Everybody on the machine can read a command line, so the password goes another way.
    password = parts.pop("password", None)
    environment = os.environ | ({"PGPASSWORD": str(password)} if password else {})
    command = [program, "--format=custom", "--no-password", f"--file={part}"]
    try:
        done = subprocess.run(
            [*command, f"--dbname={conninfo.make_conninfo(**parts)}"],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            said = done.stderr.strip().splitlines() or ["no reason given"]
            raise UnavailableError(f"pg_dump could not copy the database: {said[0]}")
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)


def describe_faults(url: str) -> list[str]:
    """What is wrong with the server or the database, in words; changes nothing."""
    try:
        with connected(url) as connection:
            faults = _server_faults(connection)
            todo = _pending(connection)
            if todo and not _allows(
                connection, "SELECT has_schema_privilege(current_schema(), 'CREATE') AS yes"
            ):
                faults.append("The PostgreSQL user may not create tables in this database.")
            if not _allows(connection, "SELECT current_setting('transaction_read_only') = 'off' AS yes"):
                faults.append("The PostgreSQL database can be read but not written; is it a standby?")
            return faults
    except UnavailableError as error:
        return [str(error)]


def _migrate_or_refuse(url: str, migrate: bool) -> None:
    with connected(url) as connection:
        if migrate:
            _apply(connection)
        else:
            migrations.refuse_pending(_pending(connection))


def _apply(connection: Connection) -> list[str]:
    """Apply what is pending, all of it or nothing, and return the names."""
    if not _pending(connection):
        return []
    faults = _server_faults(connection)
    if faults:
        raise UnavailableError(faults[0])
    with connection.transaction():
        # Another process may be doing the same: the second waits and finds nothing left to do.
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        connection.execute(_CREATE_TABLE)
        todo = _pending(connection)
        for name in todo:
            for sql in migrations.statements(name, "postgresql"):
                connection.execute(translate(sql))
            connection.execute(translate(_RECORD), bind({"name": name, "now": datetime.now(UTC)}))
    return todo


def _pending(connection: Connection) -> list[str]:
    if not _allows(connection, "SELECT to_regclass('schema_migrations') IS NOT NULL AS yes"):
        return list(migrations.NAMES)
    applied = [row["name"] for row in connection.execute("SELECT name FROM schema_migrations ORDER BY name")]
    return migrations.pending(applied, "in DATABASE_URL")


def _server_faults(connection: Connection) -> list[str]:
    faults = []
    if connection.info.server_version < _OLDEST:
        faults.append("The PostgreSQL server is older than version 13; use a newer one.")
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        faults.append(f"The PostgreSQL database keeps text as {encoding}; create one with encoding UTF8.")
    return faults


def _allows(connection: Connection, question: str) -> bool:
    row = connection.execute(translate(question)).fetchone()
    return row is not None and bool(row["yes"])
