"""What only the PostgreSQL engine does: retries, lost connections, refusals in words."""

import asyncio
import socket
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from storage.database import Script
from storage.open import describe_faults, open_store
from storage.postgres import PostgresDatabase
from storage.store import UnavailableError
from tests.databases import GUARDED, postgres_database
from tests.storage.examples import WORKSPACE, a_message, a_study


@pytest.fixture
def url() -> Iterator[str]:
    with postgres_database() as address:
        yield address


@pytest.fixture
async def database(url: str) -> AsyncIterator[PostgresDatabase]:
    opened = PostgresDatabase(url)
    await opened.open()
    yield opened
    await opened.close()


def name_of(url: str) -> str:
    return str(conninfo_to_dict(url)["dbname"])


def python(code: str) -> str:
    """What a fresh Python prints."""
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    return done.stdout


def admin(url: str, sql: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql)


def count_up(first: str, second: str) -> Script[None]:
    """Change two messages in this order, with time for another to change them in the other."""
    for message_id in (first, second):
        yield "UPDATE messages SET version = version + 1 WHERE id = :id", {"id": message_id}
        yield "SELECT pg_sleep(0.1)", {}


async def test_of_two_that_wait_for_each_other_both_are_done(url: str, database: PostgresDatabase) -> None:
    store = await open_store(url)
    for message_id in ("a", "b"):
        await store.messages.add_message(a_message(id=message_id))
    await asyncio.gather(database.write(count_up, "a", "b"), database.write(count_up, "b", "a"))
    for message_id in ("a", "b"):
        assert await store.messages.get_message(WORKSPACE, message_id) == a_message(id=message_id, version=3)
    await store.close()


async def test_a_lost_connection_is_replaced(url: str) -> None:
    store = await open_store(url)
    await store.check_writable()
    admin(
        url,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )
    await store.case_studies.create_case_study(a_study())
    assert await store.case_studies.get_case_study(WORKSPACE, "S1") == a_study()
    await store.close()


async def test_readers_may_not_write(database: PostgresDatabase) -> None:
    with pytest.raises(UnavailableError, match="can be read but not written"):
        await database.read(count_up, "a", "b")


async def test_a_database_that_only_reads_is_told(url: str) -> None:
    admin(url, f"ALTER DATABASE {name_of(url)} SET default_transaction_read_only = on")
    store = await open_store(url)
    assert await store.messages.dirty_messages() == []
    with pytest.raises(UnavailableError, match="can be read but not written"):
        await store.check_writable()
    await store.close()
    assert describe_faults(url) == ["The PostgreSQL database can be read but not written; is it a standby?"]


async def test_a_mistake_in_sql_is_not_dressed_up(database: PostgresDatabase) -> None:
    def mistake() -> Script[None]:
        yield "SELECT nothing FROM nowhere", {}

    with pytest.raises(psycopg.errors.UndefinedTable):
        await database.read(mistake)


async def test_a_closed_store_says_so(url: str) -> None:
    store = await open_store(url)
    await store.close()
    with pytest.raises(UnavailableError, match="has been closed"):
        await store.check_writable()
    with pytest.raises(UnavailableError, match="has been closed"):
        await store.messages.dirty_messages()


def as_guarded(url: str, password: str) -> str:
    return url.replace("postgres:@", f"{GUARDED}:{quote(password, safe='')}@")


def test_the_right_password_opens(url: str) -> None:
    assert describe_faults(as_guarded(url, "opensesame")) == [
        "The PostgreSQL database cannot be used: this user has not the rights the app needs."
    ]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (
            "postgresql://ben:s3cret@127.0.0.1:1/db",
            "database db on 127.0.0.1 cannot be used: nothing answers",
        ),
        ("postgresql://ben:s3cret@nowhere.invalid/db", "there is no server of that name"),
        ("postgres://ben:s3cret@127.0.0.1:port/db", "its port is not a number"),
        ("postgresql://ben:s3cret/x@127.0.0.1/db", "DATABASE_URL is not an address"),
        ("postgresql://ben:x@s3cret@127.0.0.1:1/db", "In a password, write @ as %40"),
        ("postgresql://ben:1/s3cret@127.0.0.1/db", "In a password, write @ as %40"),
        ("postgresql://ben:s3cret@127.0.0.1/db?nonsense=1", "DATABASE_URL is not an address"),
        ("postgresql://ben:s3cret%zz@127.0.0.1/db", "DATABASE_URL is not an address"),
    ],
)
async def test_a_server_that_cannot_be_used_is_told_without_the_password(address: str, words: str) -> None:
    (fault,) = describe_faults(address)
    assert words in fault
    assert "s3cret" not in fault
    with pytest.raises(UnavailableError) as raised:
        await open_store(address)
    assert str(raised.value) == fault
    assert raised.value.__cause__ is None


def test_a_wrong_password_user_or_database_is_told(url: str) -> None:
    name = name_of(url)
    (fault,) = describe_faults(as_guarded(url, "s3cret"))
    assert "the user name or the password is wrong" in fault
    assert "s3cret" not in fault
    (fault,) = describe_faults(url.replace("postgres:@", "nobody:@"))
    assert "there is no such user" in fault
    (fault,) = describe_faults(url.replace(f"/{name}", "/missing"))
    assert "The PostgreSQL database missing on" in fault
    assert "there is no such database on that server; create it first" in fault


def test_without_a_secure_connection_nothing_is_sent_where_one_is_asked_for() -> None:
    """A server that declines it, or somebody in between, gets neither the password nor the user's name."""
    got = bytearray()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def decline() -> None:
            connection, _ = server.accept()
            with connection:
                got.extend(connection.recv(8))
                connection.sendall(b"N")
                got.extend(connection.recv(1000))

        thread = threading.Thread(target=decline)
        thread.start()
        port = server.getsockname()[1]
        (fault,) = describe_faults(f"postgresql://app:hidden@127.0.0.1:{port}/app?sslmode=require")
        thread.join(timeout=10)
    assert "a secure connection could not be made; check sslmode and the certificates" in fault
    assert bytes(got) == b"\x00\x00\x00\x08\x04\xd2\x16\x2f", "the question for one, and nothing after it"


def test_a_database_in_another_encoding_is_told(url: str) -> None:
    admin(url, "CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    name = name_of(url)
    try:
        faults = describe_faults(url.replace(f"/{name}", "/latin"))
        assert faults == ["The PostgreSQL database keeps text as LATIN1; create one with encoding UTF8."]
    finally:
        admin(url, "DROP DATABASE latin")


def test_without_the_extra_it_says_what_to_install() -> None:
    said = python(
        "import sys; sys.modules['psycopg'] = None\n"
        "from storage.open import describe_faults\n"
        "print(describe_faults('postgresql://h/d'))"
    )
    assert "pip install 'commonground[postgres]'" in said


def test_sqlite_alone_imports_neither_psycopg_nor_sqlite_utils() -> None:
    said = python("import sys, storage.open; print({'psycopg', 'sqlite_utils'} & set(sys.modules))")
    assert said == "set()\n"
