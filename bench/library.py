"""How fast a large library is searched and listed, on both engines: `python -m bench.library`."""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.environment import environment
from bench.keeping import keep
from bench.library_bare import bare_query
from bench.library_lists import time_lists
from bench.library_loading import make_library
from bench.library_search import Compared, compare
from bench.timing import Times
from storage.database import Engine
from storage.open import open_store
from tests.databases import postgres_database

STUDIES = 100_000
ENGINES: tuple[Engine, ...] = ("sqlite", "postgresql")


@dataclass(frozen=True, slots=True)
class LibraryReport:
    """One engine's times: the searches by name beside the bare query, and the lists by name."""

    engine: Engine
    studies: int
    searches: dict[str, Compared]
    lists: dict[str, Times]

    def figures(self) -> dict[str, object]:
        """For the JSON."""
        ratios = {name: compared.ratio for name, compared in self.searches.items()}
        return asdict(self) | {"ratios_p99": ratios}


def measure_library(engine: Engine, studies: int = STUDIES) -> LibraryReport:
    """Make a library of so many case studies in a database that is thrown away, and ask everything of it."""
    with _database(engine) as url:
        words = make_library(url, studies)
        return asyncio.run(_measure(engine, url, words, studies))


def library_table(report: LibraryReport) -> str:
    """The report as lines of plain text."""
    title = f"{report.studies:,} case studies, {report.engine} (ms)"
    width = max(map(len, [title, *report.searches, *report.lists])) + len(", bare")
    lines = [f"{title:<{width}}{'median':>10}{'p99':>10}{'longest':>10}{'p99 / bare':>12}"]
    for name, compared in report.searches.items():
        lines += [
            _line(f"{name}, bare", width, compared.bare),
            f"{_line(name, width, compared.search)}{compared.ratio:>12.2f}",
        ]
    lines += [_line(name, width, times) for name, times in report.lists.items()]
    return "\n".join(lines)


def _line(name: str, width: int, times: Times) -> str:
    return f"{name:<{width}}{times.median:>10.2f}{times.p99:>10.2f}{times.longest:>10.2f}"


@contextmanager
def _database(engine: Engine) -> Iterator[str]:
    if engine == "postgresql":
        with postgres_database() as url:
            yield url
    else:
        with tempfile.TemporaryDirectory(prefix="commonground-bench-") as folder:
            yield f"sqlite:///{Path(folder) / 'library.db'}"


async def _measure(engine: Engine, url: str, words: Sequence[str], studies: int) -> LibraryReport:
    store = await open_store(url)
    try:
        with bare_query(url) as bare:
            searches = await compare(store, bare, words)
        return LibraryReport(engine, studies, searches, await time_lists(store, words))
    finally:
        await store.close()


def main(arguments: Sequence[str] | None = None) -> int:
    """Make, measure, print, keep."""
    parser = argparse.ArgumentParser(prog="python -m bench.library", description=__doc__)
    parser.add_argument("--studies", type=int, default=STUDIES, metavar="N", help="how many to make")
    parser.add_argument("--engine", choices=ENGINES, action="append", help="both unless one is named")
    options = parser.parse_args(arguments)
    where, figures = environment(), dict[str, object]()
    for engine in options.engine or ENGINES:
        report = measure_library(engine, options.studies)
        print(library_table(report), end="\n\n")
        figures[engine] = report.figures()
    print(f"Kept in {keep(where, {'library': figures})}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
