"""How fast a large library is searched and listed, on SQLite: `python -m bench.library`.

Search is compared with the bare full-text query for the same words, each question asked of both in turn.
"""

import argparse
import asyncio
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

import numpy as np

from bench.library_data import FIRST_DAY, READER, SEED, STRATEGIES, WORKSPACE, Made, make_library
from storage.open import open_store
from storage.records.published import Filters
from storage.search import query_words
from storage.store import Store

STUDIES = 100_000
QUESTIONS = 300
ROUNDS = 40
PAGE = 10
_BARE = "SELECT rowid FROM case_study_words_fts WHERE case_study_words_fts MATCH ? ORDER BY rank LIMIT ?"

Ask = Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds."""

    median: float
    p99: float
    longest: float


@dataclass(frozen=True, slots=True)
class LibraryReport:
    """`search` is ours, `bare` the full-text query alone; `others` are the lists by name."""

    studies: int
    bare: Times
    search: Times
    others: dict[str, Times]

    @property
    def ratio(self) -> float:
        """How many times as long as the bare query the search takes at its 99th percentile."""
        return self.search.p99 / self.bare.p99

    def figures(self) -> dict[str, object]:
        """For the JSON."""
        return asdict(self) | {"ratio_p99": self.ratio}


def measure_library(studies: int = STUDIES) -> LibraryReport:
    """Make a library of so many case studies in a temporary file, and ask everything of it."""
    with tempfile.TemporaryDirectory(prefix="commonground-bench-") as folder:
        path = str(Path(folder) / "library.db")
        made = make_library(path, studies)
        return asyncio.run(_measure(path, made, studies))


def library_table(report: LibraryReport) -> str:
    """The report as lines of plain text."""
    rows = {"bare full-text query": report.bare, "search": report.search, **report.others}
    width = max(map(len, rows))
    lines = [f"{f'{report.studies:,} case studies (ms)':<{width}}{'median':>10}{'p99':>10}{'longest':>10}"]
    lines += [
        f"{name:<{width}}{times.median:>10.2f}{times.p99:>10.2f}{times.longest:>10.2f}"
        for name, times in rows.items()
    ]
    lines.append(f"search against the bare query, p99: {report.ratio:.2f} times")
    return "\n".join(lines)


async def _measure(path: str, made: Made, studies: int) -> LibraryReport:
    store = await open_store(f"sqlite:///{path}")
    try:
        with closing(sqlite3.connect(path)) as connection:
            bare, search = await _compare(store, connection, _questions(made))
        others = {name: await _time(ask) for name, ask in _lists(store, made).items()}
    finally:
        await store.close()
    return LibraryReport(studies, bare, search, others)


def _questions(made: Made) -> list[str]:
    """One to three words, from all but the rarest; a third of them found in most case studies."""
    draw = random.Random(SEED)
    frequent, known = made.words[:60], made.words[60:6_000]
    return [
        " ".join(draw.sample(frequent if number % 3 == 0 else known, draw.randint(1, 3)))
        for number in range(QUESTIONS)
    ]


async def _compare(
    store: Store, connection: sqlite3.Connection, questions: Sequence[str]
) -> tuple[Times, Times]:
    """Each question bare and through the store, in turn first; one round before it counts."""
    bare: list[float] = []
    ours: list[float] = []
    for is_counted in (False, True):
        for number, question in enumerate(questions):
            took = [0.0, 0.0]
            for which in (0, 1) if number % 2 else (1, 0):
                began = time.perf_counter()
                if which:
                    await store.published.search(WORKSPACE, question, limit=PAGE)
                else:
                    _ask_bare(connection, question)
                took[which] = time.perf_counter() - began
            if is_counted:
                bare.append(took[0])
                ours.append(took[1])
    return _times(bare), _times(ours)


def _ask_bare(connection: sqlite3.Connection, question: str) -> None:
    """All words and, if nothing has all of them, any."""
    words = [f'"{word}"' for word in query_words(question)]
    if not connection.execute(_BARE, [" AND ".join(words), PAGE]).fetchall() and len(words) > 1:
        connection.execute(_BARE, [" OR ".join(words), PAGE]).fetchall()


def _lists(store: Store, made: Made) -> dict[str, Ask]:
    published, studies, word = store.published, store.case_studies, made.words[300]

    async def home() -> None:
        """What App Home asks of case studies, one after the other."""
        await studies.list_own(WORKSPACE, READER, limit=11)
        await store.sections.list_asked_of(WORKSPACE, READER)
        await studies.list_to_review(WORKSPACE, READER)
        await published.list_case_studies(WORKSPACE, limit=5)
        await published.count(WORKSPACE)

    two: Filters = {"outcome": ["outcome-1"], "target_group": ["Group 7"]}
    several: Filters = {"outcome": ["outcome-1", "outcome-2"], "agency": ["Agency 1"]}
    return {
        "App Home": home,
        "newest": lambda: published.list_case_studies(WORKSPACE, limit=PAGE),
        "newest, page 100": lambda: published.list_case_studies(WORKSPACE, limit=PAGE, offset=1_000),
        "one filter": lambda: published.list_case_studies(
            WORKSPACE, filters={"agency": ["Agency 3"]}, limit=PAGE
        ),
        "two filters": lambda: published.list_case_studies(WORKSPACE, filters=two, limit=PAGE),
        "filters of several values": lambda: published.list_case_studies(
            WORKSPACE, filters=several, limit=PAGE
        ),
        "count of two filters": lambda: published.count(WORKSPACE, filters=two),
        "all values with counts": lambda: published.facet_values(WORKSPACE),
        "who used 20 strategies": lambda: published.count_using(WORKSPACE, STRATEGIES[:20]),
        "case studies of a strategy": lambda: published.studies_using(WORKSPACE, STRATEGIES[3]),
        "search with two filters": lambda: published.search(WORKSPACE, word, filters=two),
        "old drafts": lambda: studies.drafts_untouched_since(FIRST_DAY + timedelta(days=30), 50),
    }


async def _time(ask: Ask) -> Times:
    took: list[float] = []
    for _ in range(ROUNDS + 1):
        began = time.perf_counter()
        await ask()
        took.append(time.perf_counter() - began)
    return _times(took[1:])


def _times(seconds: Sequence[float]) -> Times:
    milliseconds = np.array(seconds) * 1000
    return Times(
        float(np.median(milliseconds)), float(np.percentile(milliseconds, 99)), float(milliseconds.max())
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Make, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m bench.library", description=__doc__)
    parser.add_argument("--studies", type=int, default=STUDIES, metavar="N", help="how many to make")
    options = parser.parse_args(arguments)
    print(library_table(measure_library(options.studies)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
