"""What a feature's SQL runs on: either engine, one transaction at a time.

A transaction is a script: a generator that yields `(sql, values)`, is sent the
rows, and returns its result. So each feature is written once, and the engine
decides whether a thread or an asynchronous connection runs it. A script may be
run again from the start, and must therefore do nothing but yield SQL.

The SQL is what SQLite and PostgreSQL share, with `:name` for values. A row lock
at the end of a query (`FOR UPDATE`, `FOR SHARE`) is for PostgreSQL; SQLite has
one writer and needs none.
"""

import asyncio
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from itertools import repeat
from typing import Any, Literal, ParamSpec, Protocol, TypeAlias, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

Engine: TypeAlias = Literal["sqlite", "postgresql"]
Values: TypeAlias = Mapping[str, object]
Row: TypeAlias = Mapping[str, Any]
# A sequence of values runs the statement once for each of them.
Statement: TypeAlias = tuple[str, Values | Sequence[Values]]
Script: TypeAlias = Generator[Statement, list[Row], T]
Committed: TypeAlias = Callable[[int, float], None]
"""Told of each commit, by whichever thread made it: how many writes it held, and the seconds that it took."""


def untold(_writes: int, _seconds: float) -> None:
    """For whoever need not know of commits."""


class Database(Protocol):
    """One open database."""

    @property
    def engine(self) -> Engine: ...

    @property
    def written(self) -> asyncio.Event:
        """Set after each commit of this object; whoever waits for it clears it."""

    async def read(self, script: Callable[P, Script[T]], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a script that only reads, on one snapshot, without waiting for writers."""

    async def write(self, script: Callable[P, Script[T]], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a script and commit; what it raises undoes what it did."""

    async def write_many(
        self, writes: int, script: Callable[P, Script[T]], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """As `write`, with a script that does what so many have asked for."""

    async def scrub(self, *, everything: bool = False) -> None:
        """Let go of the traces of what was deleted, as far as the engine keeps them."""

    async def close(self) -> None: ...


_MOST_VALUES = 16_000
"""In one statement: SQLite takes twice as many, PostgreSQL four times."""


def in_list(name: str, values: Sequence[object]) -> tuple[str, dict[str, object]]:
    """Return `(":name0, :name1", {"name0": …})` for an SQL `IN (…)`."""
    numbered = {f"{name}{number}": value for number, value in enumerate(values)}
    return ", ".join(f":{key}" for key in numbered), numbered


def padded(rows: Sequence[T]) -> list[T]:
    """Repeat the last until there are a power of two, so that an engine has few statements to know."""
    return [*rows, *repeat(rows[-1], (1 << (len(rows) - 1).bit_length()) - len(rows))]


def values_list(name: str, rows: Sequence[Sequence[object]]) -> tuple[str, dict[str, object]]:
    """Return `("(:name0_0, :name0_1), (:name1_0, …", {"name0_0": …})` for an SQL `VALUES …`."""
    numbered = {f"{name}{row}_{at}": each for row, whole in enumerate(rows) for at, each in enumerate(whole)}
    texts = (
        f"({', '.join(f':{name}{row}_{at}' for at in range(len(whole)))})" for row, whole in enumerate(rows)
    )
    return ", ".join(texts), numbered


def values_lists(name: str, rows: Sequence[Sequence[object]]) -> Iterator[tuple[str, dict[str, object]]]:
    """The same for any number of rows: as many lists as an engine's limit of values asks for."""
    step = _MOST_VALUES // len(rows[0]) if rows else 1
    for start in range(0, len(rows), step):
        yield values_list(name, rows[start : start + step])
