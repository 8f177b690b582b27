"""A new database to measure on, of either engine, which is thrown away."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.database import Engine
from tests.databases import own_postgres

ENGINES: tuple[Engine, ...] = ("sqlite", "postgresql")


@contextmanager
def new_database(engine: Engine) -> Iterator[str]:
    """Its address; what is committed is on disk, as it is where the bot runs."""
    if engine == "postgresql":
        with own_postgres() as server:
            yield server.url
    else:
        with tempfile.TemporaryDirectory(prefix="commonground-bench-") as folder:
            yield f"sqlite:///{Path(folder) / 'bench.db'}"
