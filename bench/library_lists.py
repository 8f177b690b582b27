"""How long the lists of a library take: App Home's, the library's with and without filters, old drafts."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import TypeAlias

from bench.library_data import FIRST_DAY, READER, STRATEGIES, WORKSPACE
from bench.timing import Times, seconds_of, times_of
from storage.records.published import Filters
from storage.store import Store

PAGE = 10
_ROUNDS = 40
_TWO: Filters = {"outcome": ["outcome-1"], "target_group": ["Group 7"]}
_SEVERAL: Filters = {"outcome": ["outcome-1", "outcome-2"], "agency": ["Agency 1"]}
_WIDE: Filters = {"outcome": ["outcome-0", "outcome-1", "outcome-2"], "template": ["short"]}

_Ask: TypeAlias = Callable[[], Awaitable[object]]


async def time_lists(store: Store, words: Sequence[str]) -> dict[str, Times]:
    """Each list by name; `words` as in the library, the most frequent first."""
    return {name: await _time(ask) for name, ask in _lists(store, words).items()}


def _lists(store: Store, words: Sequence[str]) -> dict[str, _Ask]:
    published, studies = store.published, store.case_studies

    async def home() -> None:
        """What App Home asks of case studies, one after the other."""
        await studies.list_own(WORKSPACE, READER, limit=11)
        await store.sections.list_asked_of(WORKSPACE, READER)
        await studies.list_to_review(WORKSPACE, READER)
        await published.list_case_studies(WORKSPACE, limit=5)
        await published.count(WORKSPACE)

    return {
        "App Home": home,
        "newest": lambda: published.list_case_studies(WORKSPACE, limit=PAGE),
        "newest, page 100": lambda: published.list_case_studies(WORKSPACE, limit=PAGE, offset=990),
        "newest, last page": lambda: published.list_case_studies(WORKSPACE, limit=PAGE, offset=99_990),
        "one filter": lambda: published.list_case_studies(
            WORKSPACE, filters={"agency": ["Agency 3"]}, limit=PAGE
        ),
        "two filters": lambda: published.list_case_studies(WORKSPACE, filters=_TWO, limit=PAGE),
        "filters of several values": lambda: published.list_case_studies(
            WORKSPACE, filters=_SEVERAL, limit=PAGE
        ),
        "wide filters, page 500": lambda: published.list_case_studies(
            WORKSPACE, filters=_WIDE, limit=PAGE, offset=4_990
        ),
        "count of two filters": lambda: published.count(WORKSPACE, filters=_TWO),
        "count of wide filters": lambda: published.count(WORKSPACE, filters=_WIDE),
        "all values with counts": lambda: published.facet_values(WORKSPACE),
        "who used 20 strategies": lambda: published.count_using(WORKSPACE, STRATEGIES[:20]),
        "case studies of a strategy": lambda: published.studies_using(WORKSPACE, STRATEGIES[3]),
        "search with two filters": lambda: published.search(WORKSPACE, words[300], filters=_TWO),
        "number found by a search": lambda: published.count(WORKSPACE, query=words[300]),
        "500 to export": lambda: published.walk(WORKSPACE, filters=_TWO),
        "500 to export that a search finds": lambda: published.walk(WORKSPACE, query=words[30]),
        "old drafts": lambda: studies.drafts_untouched_since(FIRST_DAY + timedelta(days=30), 50),
    }


async def _time(ask: _Ask) -> Times:
    took = [await seconds_of(ask()) for _ in range(_ROUNDS + 1)]
    return times_of(took[1:])
