"""Our search against the bare full-text query for the same words, each question asked of both in turn."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from bench.library_bare import Bare
from bench.library_data import SEED, WORKSPACE
from bench.timing import Times, seconds_of, times_of
from storage.store import Store

QUESTIONS = 300
PAGE = 10
_ROUNDS = 10


@dataclass(frozen=True, slots=True)
class Compared:
    """The same questions bare and through the store."""

    bare: Times
    search: Times

    @property
    def ratio(self) -> float:
        """How many times as long as the bare query the search takes at its 99th percentile."""
        return self.search.p99 / self.bare.p99


@dataclass(frozen=True, slots=True)
class _Question:
    words: str
    offset: int = 0


async def compare(store: Store, bare: Bare, words: Sequence[str]) -> dict[str, Compared]:
    """Everyday questions, then by name those that are hard on an index. `words`: the most frequent first."""
    return {
        "search": await _compare(store, bare, _everyday(words), rounds=1),
        **{name: await _compare(store, bare, [hard], rounds=_ROUNDS) for name, hard in _hard(words).items()},
    }


def _everyday(words: Sequence[str]) -> list[_Question]:
    """One to three words, from all but the rarest; a third of them found in most case studies."""
    draw = random.Random(SEED)
    frequent, known = words[:60], words[60:6_000]
    return [
        _Question(" ".join(draw.sample(frequent if number % 3 == 0 else known, draw.randint(1, 3))))
        for number in range(QUESTIONS)
    ]


def _hard(words: Sequence[str]) -> dict[str, _Question]:
    return {
        "one letter": _Question("x"),
        "the most frequent word": _Question(words[0]),
        "the ten most frequent words": _Question(" ".join(words[:10])),
        "50 words": _Question(" ".join(words[60:110])),
        "page 500": _Question(words[30], offset=499 * PAGE),
    }


async def _compare(store: Store, bare: Bare, questions: Sequence[_Question], *, rounds: int) -> Compared:
    """Each question bare and through the store, in turn first; one round before it counts."""

    async def ask_bare(asked: _Question) -> None:
        bare.find(asked.words, PAGE, asked.offset)

    async def ask_store(asked: _Question) -> None:
        await store.published.search(WORKSPACE, asked.words, limit=PAGE, offset=asked.offset)

    took: dict[bool, list[float]] = {True: [], False: []}
    for lap in range(rounds + 1):
        for number, asked in enumerate(questions):
            for is_bare in (True, False) if (number + lap) % 2 else (False, True):
                seconds = await seconds_of(ask_bare(asked) if is_bare else ask_store(asked))
                if lap:
                    took[is_bare].append(seconds)
    return Compared(times_of(took[True]), times_of(took[False]))
